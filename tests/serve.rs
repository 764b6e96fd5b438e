//! `nasab serve` over HTTP: every route, and what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod common {
    pub mod program;
    pub mod server;
}

use common::program::{File, run};
use common::server::{PEOPLE, Server, TOKEN, registry};
use serde_json::{Value, json};

#[test]
fn every_route_of_the_description_is_served_and_every_route_is_described() {
    let file = registry("routes");
    let server = Server::start(&["--registry", file.path()]);
    let described = server.get("/v1/openapi.json").json();
    assert_eq!(described["openapi"], "3.1.0");
    let asked: &[(&str, &str, &str, Value)] = &[
        ("get", "/v1/normalize", "?name=Qais+al-Khazali", Value::Null),
        ("post", "/v1/normalize", "", json!({"names": ["قيس الخزعلي"], "to": "ala-lc"})),
        ("get", "/v1/parse", "?name=Qais+al-Khazali", Value::Null),
        ("post", "/v1/parse", "", json!({"names": ["قيس الخزعلي"]})),
        ("get", "/v1/variants", "?name=%D8%B4%D8%B1%D9%8A%D9%81&region=french&limit=3", Value::Null),
        ("post", "/v1/variants", "", json!({"names": ["شريف"], "regions": ["french"], "limit": 2})),
        ("get", "/v1/match", "?left=Qays&right=%D9%82%D9%8A%D8%B3", Value::Null),
        ("post", "/v1/match", "", json!({"pairs": [{"left": "Qays", "right": "قيس"}]})),
        ("get", "/v1/link", "?name=Qais+Khazaali", Value::Null),
        ("post", "/v1/link", "", json!({"queries": ["Qais Khazaali", {"names": ["فالح الفياض"], "born": 1956}]})),
        ("get", "/v1/schemes", "", Value::Null),
        ("post", "/v1/lint", "", json!({"text": "Qays al-Haz‘alī spoke.", "arabic": "تحدث قيس الخزعلي."})),
        ("post", "/v1/align", "", json!({"romanized": "Qays al-Haz‘alī spoke.", "arabic": "تحدث قيس الخزعلي."})),
        ("post", "/v1/cluster", "", json!({"names": ["Qays al-Khazali", "قيس الخزعلي", "Falih al-Fayyad"]})),
        ("get", "/v1/registry", "", Value::Null),
        ("get", "/v1/registry/history", "?limit=1", Value::Null),
        ("get", "/v1/registry/people/{id}", "", Value::Null),
        ("get", "/v1/registry/people/{id}/history", "", Value::Null),
        ("post", "/v1/registry/add", "", json!({"id": "p9", "names": ["Ahmad Chalabi"], "who": "layla"})),
        ("post", "/v1/registry/decide", "", json!({"decision": "different", "id": "p1", "other": "p2", "who": "layla"})),
        ("post", "/v1/registry/merge", "", json!({"from": "p9", "into": "p3", "who": "layla"})),
        ("post", "/v1/registry/split", "", json!({"id": "p9", "who": "layla"})),
        ("post", "/v1/registry/remove", "", json!({"id": "p1", "name": "قيس الخزعلي", "who": "layla"})),
        ("post", "/v1/registry/undo", "", json!({"event": 2, "who": "layla"})),
    ];
    let mut paths: Vec<(String, String)> = Vec::new();
    for (path, operations) in described["paths"].as_object().unwrap() {
        paths.extend(operations.as_object().unwrap().keys().map(|method| (method.clone(), path.clone())));
    }
    assert_eq!(paths.len(), asked.len());
    for (method, path, query, body) in asked {
        assert!(paths.contains(&((*method).to_string(), (*path).to_string())), "{method} {path} is not described");
        let address = format!("{}{query}", path.replace("{id}", "p1"));
        let answer = if *method == "get" { server.get(&address) } else { server.post(&address, body) };
        assert_eq!(answer.status, 200, "{method} {address}: {}", answer.text);
        assert!(answer.json().is_object());
        // Each needed field of a query is needed.
        for parameter in described["paths"][*path][*method]["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] == "query" && parameter["required"] == true {
                let bare = server.get(path);
                assert_eq!(bare.status, 400, "{path}");
                assert_eq!(bare.json()["status"], 400);
            }
        }
        if *method == "post" {
            assert_eq!(server.post(&address, &json!({})).status, 422, "{address} takes an empty object");
            assert_eq!(server.post(&address, &json!([1])).status, 422);
        }
    }
}

#[test]
fn the_api_answers_as_the_program_does() {
    let server = Server::start(&["--registry", File::new("same.csv", PEOPLE).keep()]);
    let program = |args: &[&str]| -> Value { serde_json::from_str(run(args).out.trim()).unwrap() };
    let name = "Qaïs el-Khazaali";
    let query = "name=Qa%C3%AFs+el-Khazaali";
    assert_eq!(server.get(&format!("/v1/normalize?{query}")).json(), program(&["normalize", "--format", "jsonl", name]));
    assert_eq!(server.get(&format!("/v1/parse?{query}")).json(), program(&["parse", "--format", "jsonl", name]));
    assert_eq!(
        server.get(&format!("/v1/variants?{query}&limit=5")).json(),
        program(&["variants", "--limit", "5", "--format", "jsonl", name])
    );
    let pair = json!({"pairs": [{"left": name, "right": "قيس الخزعلي", "left_facts": {"born": [1974]}, "right_facts": {"born": [1974]}}]});
    let facts = ["--facts", "born=1974", "--facts", "born=1974"];
    let told = program(&[&["match", "--format", "json", name, "قيس الخزعلي"][..], &facts].concat());
    assert_eq!(server.post("/v1/match", &pair).json()["results"][0], told);
    let people = File::new("same2.csv", PEOPLE);
    let linked = program(&["link", "--registry", people.path(), name]);
    assert_eq!(server.get(&format!("/v1/link?{query}")).json(), linked);
    assert_eq!(server.post("/v1/link", &json!({"queries": [name]})).json()["results"][0], linked);
}

#[test]
fn without_a_registry_names_are_read_and_nobody_is_linked() {
    let server = Server::start(&[]);
    assert_eq!(server.get("/v1/normalize?name=Qays").status, 200);
    assert_eq!(server.get("/v1/link?name=Qays").status, 404);
    assert_eq!(server.get("/v1/registry").json()["kind"], "none");
    assert_eq!(server.get("/reconcile").status, 200);
    assert_eq!(server.get("/readyz").status, 200);
}

#[test]
fn one_bad_name_leaves_the_others_answered() {
    let server = Server::start(&[]);
    let results = server.post("/v1/normalize", &json!({"names": ["Qays", "123", "علي"]})).json();
    assert_eq!(results["results"].as_array().unwrap().len(), 3);
    assert_eq!(results["results"][1]["error"], "no letter in the name");
    let single = server.get("/v1/normalize?name=123");
    assert_eq!((single.status, single.header("content-type").unwrap()), (422, "application/problem+json"));
}

#[test]
fn a_person_is_decided_on_and_the_decision_undone() {
    let file = registry("decide");
    let server = Server::start(&["--registry", file.path()]);
    let add = json!({"id": "p9", "names": ["Ahmad Chalabi"], "born": [1944], "source": "press", "who": "layla"});
    assert_eq!(server.post("/v1/registry/add", &add).status, 200);
    // What was added is found at once.
    assert_eq!(server.get("/v1/link?name=%D8%A3%D8%AD%D9%85%D8%AF+%D8%A7%D9%84%D8%AC%D9%84%D8%A8%D9%8A").json()["matches"][0]["id"], "p9");
    let decided =
        server.post("/v1/registry/decide", &json!({"decision": "same", "id": "p1", "name": "Abu Hadi", "who": "layla", "why": "kunya"}));
    let event = decided.json()["event"].as_i64().unwrap();
    assert_eq!(server.get("/v1/link?name=abu+hadi").json()["matches"][0]["decided"], true);
    let person = server.get("/v1/registry/people/p9").json();
    assert_eq!((&person["born"][0], &person["sources"][0]["source"]), (&json!(1944), &json!("press")));
    let events = server.get("/v1/registry/people/p1/history").json();
    assert_eq!((&events["events"][0]["why"], &events["events"][0]["who"]), (&json!("kunya"), &json!("layla")));
    let undone = server.post("/v1/registry/undo", &json!({"event": event, "who": "omar"}));
    assert_eq!(undone.status, 200);
    assert_eq!(server.get("/v1/link?name=abu+hadi").json()["status"], "none");
    let again = server.post("/v1/registry/undo", &json!({"event": event, "who": "omar"}));
    assert_eq!(again.status, 409);
    assert!(again.json()["hint"].as_str().unwrap().contains("undo event"));
    assert_eq!(server.get("/v1/registry/people/nobody").status, 404);
}

#[test]
fn people_are_merged_split_and_lose_names() {
    let file = registry("merge");
    let server = Server::start(&["--registry", file.path()]);
    let change = |what: &str, mut body: Value| {
        body["who"] = json!("layla");
        let answer = server.post(&format!("/v1/registry/{what}"), &body);
        assert_eq!(answer.status, 200, "{what}: {}", answer.text);
        answer.json()["event"].as_i64().unwrap()
    };
    let person = |id: &str| server.get(&format!("/v1/registry/people/{id}")).json();
    change("merge", json!({"from": "p2", "into": "p1"}));
    assert_eq!((&person("p2")["id"], &person("p1")["merged"]), (&json!("p1"), &json!(["p2"])));
    assert_eq!(server.get("/v1/link?name=Laith+al-Khazali").json()["matches"][0]["id"], "p1");
    change("split", json!({"id": "p2"}));
    assert_eq!(person("p2")["names"], json!(["Laith al-Khazali"]));
    // A name goes to a person who was not known.
    change("split", json!({"id": "p1", "names": ["قيس الخزعلي"], "new": "p8"}));
    assert_eq!((&person("p1")["names"], &person("p8")["names"]), (&json!(["Qays al-Khazali"]), &json!(["قيس الخزعلي"])));
    server.post("/v1/registry/add", &json!({"id": "p8", "names": ["Qais Khazaali"], "who": "layla"}));
    let removed = change("remove", json!({"id": "p8", "name": "قيس الخزعلي"}));
    assert_eq!(person("p8")["names"], json!(["Qais Khazaali"]));
    change("undo", json!({"event": removed}));
    assert_eq!(person("p8")["names"].as_array().unwrap().len(), 2);
    for (what, body) in [
        ("merge", json!({"from": "p1", "into": "p1", "who": "layla"})),
        ("split", json!({"id": "p1", "who": "layla"})),
        ("remove", json!({"id": "p1", "name": "Nobody", "who": "layla"})),
        ("merge", json!({"from": "p1", "into": "gone", "who": "layla"})),
    ] {
        assert_eq!(server.post(&format!("/v1/registry/{what}"), &body).status, 409, "{what}");
        assert_eq!(server.post_as(&format!("/v1/registry/{what}"), &body, None, &[]).status, 401, "{what}");
    }
}

#[test]
fn an_imported_list_is_taken_back_and_comes_again() {
    let file = registry("import");
    let server = Server::start(&["--registry", file.path()]);
    let import = server.get("/v1/registry/history").json()["events"][0]["seq"].clone();
    let undo = |event: &Value| server.post("/v1/registry/undo", &json!({"event": event, "who": "layla"}));
    let undone = undo(&import);
    assert_eq!(undone.status, 200, "{}", undone.text);
    assert_eq!(server.get("/v1/link?name=Faleh+Fayad").json()["status"], "none");
    assert_eq!(undo(&undone.json()["event"]).status, 200);
    assert_eq!(server.get("/v1/link?name=Faleh+Fayad").json()["matches"][0]["id"], "p3");
}

#[test]
fn a_long_list_is_told_as_it_goes_on() {
    let server = Server::start(&[]);
    let names: Vec<String> =
        (0u8..200).map(|n| format!("Qays al-Khazali {}{}", (b'a' + n / 26) as char, (b'a' + n % 26) as char)).collect();
    let plain = server.post("/v1/cluster", &json!({"names": names})).json();
    let told = server.post("/v1/cluster", &json!({"names": names, "progress": true}));
    assert_eq!((told.status, told.header("content-type")), (200, Some("application/x-ndjson")));
    let mut lines: Vec<Value> = told.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.pop().unwrap(), plain);
    let steps: Vec<f64> = lines.iter().map(|line| line["done"].as_f64().unwrap()).collect();
    assert!(!steps.is_empty() && steps.is_sorted() && steps.iter().all(|done| (0.0..=1.0).contains(done)), "{steps:?}");
    // What is refused is refused at once, under its own status.
    assert_eq!(server.post("/v1/cluster", &json!({"names": names, "threshold": 2, "progress": true})).status, 400);
}

#[test]
fn what_another_program_adds_is_found() {
    let file = registry("other");
    let server = Server::start(&["--registry", file.path()]);
    assert_eq!(server.get("/v1/link?name=Ahmad+Chalabi").json()["status"], "none");
    assert_eq!(run(&["registry", "add", file.path(), "p9", "Ahmad Chalabi", "--by", "layla"]).code, 0);
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(server.get("/v1/link?name=Ahmad+Chalabi").json()["matches"][0]["id"], "p9");
}

#[test]
fn writes_need_the_token() {
    let file = registry("token");
    let server = Server::start(&["--registry", file.path()]);
    let body = json!({"event": 1, "who": "layla"});
    for (token, status) in [(None, 401), (Some("wrong"), 401), (Some(&TOKEN[1..]), 401), (Some(TOKEN), 200)] {
        let answer = server.post_as("/v1/registry/undo", &body, token, &[]);
        assert_eq!(answer.status, status, "{}", answer.text);
        assert_eq!(answer.header("www-authenticate").is_some(), status == 401);
    }
    let list = File::new("list.csv", PEOPLE);
    let server = Server::start(&["--registry", list.path()]);
    assert_eq!(server.post("/v1/registry/undo", &body).status, 409);
}

#[test]
fn other_addresses_need_the_token_for_everything_but_the_page() {
    let refused = Server::command(&["--bind", "0.0.0.0:0"]).env_remove("NASAB_TOKEN").output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    let server = Server::start(&["--bind", "0.0.0.0:0"]);
    assert_eq!(server.get_as("/v1/normalize?name=Qays", None, &[]).status, 401);
    assert_eq!(server.get_as("/v1/normalize?name=Qays", Some(TOKEN), &[]).status, 200);
    assert_eq!(server.get_as("/", None, &[]).status, 200);
    assert_eq!(server.get_as("/healthz", None, &[]).status, 200);
    assert_eq!(server.get_as("/metrics", None, &[]).status, 401);
}

#[test]
fn figures_and_logs_have_no_names() {
    let server = Server::start(&["--log", "json"]);
    server.get("/v1/normalize?name=Khazali");
    server.get("/v1/registry/people/Khazali");
    let figures = server.get("/metrics").text;
    assert!(figures.contains("nasab_requests_total{route=\"/v1/normalize\",status=\"200\"} 1"), "{figures}");
    assert!(figures.contains("nasab_names_total 1") && !figures.contains("Khazali"));
    let log = server.stop();
    let last: Value = serde_json::from_str(log.lines().rfind(|line| line.starts_with('{')).unwrap()).unwrap();
    assert_eq!((&last["route"], &last["status"]), (&json!("/metrics"), &json!(200)));
    assert!(!log.contains("Khazali"), "{log}");
}

#[test]
fn a_signal_ends_it_well() {
    let server = Server::start(&[]);
    assert_eq!(server.get("/healthz").text, "ok\n");
    let log = server.stop();
    assert!(log.trim_end().ends_with("stopped"), "{log}");
}

#[test]
fn the_page_is_whole_and_asks_nobody_else() {
    let server = Server::start(&[]);
    let page = server.get("/");
    assert_eq!(page.header("content-type").unwrap(), "text/html; charset=utf-8");
    assert!(page.header("content-security-policy").unwrap().contains("default-src 'none'"));
    assert_eq!(page.header("x-content-type-options").unwrap(), "nosniff");
    let mut files = vec![page.text.clone()];
    let mut seen = Vec::new();
    while let Some(text) = files.pop() {
        for piece in text.split(['"', '\'', '(', ')']) {
            let outside = piece.starts_with("http") || (piece.starts_with("//") && !piece.starts_with("// "));
            assert!(!outside || piece.starts_with("http://www.w3.org/"), "{piece}");
            let file = piece.strip_prefix("./").map_or_else(|| piece.to_string(), |name| format!("/static/{name}"));
            if file.starts_with("/static/") && file.contains('.') && !seen.contains(&file) {
                let answer = server.get(&file);
                assert_eq!(answer.status, 200, "{file}");
                seen.push(file);
                files.push(answer.text);
            }
        }
    }
    assert!(seen.len() >= 10, "{seen:?}");
}
