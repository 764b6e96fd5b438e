//! Reconciliation as OpenRefine speaks it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod common {
    pub mod program;
    pub mod server;
}

use common::program::{File, run};
use common::server::{PEOPLE, Server};
use serde_json::{Value, json};

fn server(name: &str) -> Server {
    Server::start(&["--registry", File::new(&format!("{name}.csv"), PEOPLE).keep()])
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["result"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[test]
fn the_manifest_leads_to_routes_that_are_served() {
    let server = server("manifest");
    let answer = server.get("/reconcile");
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let manifest = answer.json();
    assert_eq!(manifest["versions"], json!(["0.2"]));
    let base = server.url("");
    for what in ["entity", "type", "property"] {
        let suggest = &manifest["suggest"][what];
        assert_eq!(suggest["service_url"], base.as_str());
        assert_eq!(server.get(&format!("{}?prefix=p", suggest["service_path"].as_str().unwrap())).status, 200);
        let id = match what {
            "entity" => "p1",
            "type" => "person",
            _ => "birth",
        };
        let flyout = server.get(&suggest["flyout_service_path"].as_str().unwrap().replace("${id}", id)).json();
        assert_eq!(flyout["id"], id);
        assert!(flyout["html"].as_str().unwrap().starts_with('<'));
    }
    let preview = manifest["preview"]["url"].as_str().unwrap().replace("{{id}}", "p1");
    let preview = server.get(preview.strip_prefix(&base).unwrap());
    assert!(preview.text.contains("قيس الخزعلي"));
    assert!(preview.header("content-security-policy").unwrap().contains("frame-ancestors http://127.0.0.1:*"));
    let proposed =
        server.get(&format!("{}?type=person&limit=2", manifest["extend"]["propose_properties"]["service_path"].as_str().unwrap()));
    assert_eq!(proposed.json()["properties"].as_array().unwrap().len(), 2);
}

#[test]
fn queries_are_judged_as_the_program_links() {
    let server = server("judged");
    let names = ["قيس الخزعلي", "Faleh Fayad", "Qais Khazaali", "N. al-Maliki", "Leith Al Khazali", "Ahmad Chalabi"];
    let queries: Value =
        names.iter().enumerate().map(|(n, name)| (format!("q{n}"), json!({"query": name}))).collect::<serde_json::Map<_, _>>().into();
    let answer = server.form("/reconcile", "queries", &queries);
    assert_eq!(answer.status, 200, "{}", answer.text);
    let answer = answer.json();
    let people = File::new("judged2.csv", PEOPLE);
    for (n, name) in names.iter().enumerate() {
        let linked: Value = serde_json::from_str(run(&["link", "--registry", people.path(), name]).out.trim()).unwrap();
        let result = &answer[format!("q{n}")];
        let expected: Vec<&str> = linked["matches"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids(result), expected, "{name}");
        let (first, second) = (&linked["matches"][0]["probability"], &linked["matches"][1]["probability"]);
        let odds = |p: &Value| p.as_f64().map_or(0.0, |p| p / (1.0 - p));
        let leads = linked["status"] == "linked" && odds(first) >= 3.0 * odds(second);
        assert_eq!(result["result"][0]["match"].as_bool().unwrap_or(false), leads, "{name}");
        if let Some(score) = result["result"][0]["score"].as_f64() {
            assert!((score / 100.0 - first.as_f64().unwrap()).abs() < 1e-3);
        }
    }
    assert_eq!(answer["q0"]["result"][0]["match"], true);
    assert_eq!(answer["q5"]["result"], json!([]));
}

#[test]
fn properties_are_facts_and_each_candidate_says_what_it_rests_on() {
    let server = server("facts");
    let ask = |properties: Value| {
        let queries = json!({"q": {"query": "Khazali", "type": "person", "limit": 5, "properties": properties}});
        server.form("/reconcile", "queries", &queries).json()["q"].clone()
    };
    let score = |answer: &Value, id: &str| {
        answer["result"].as_array().unwrap().iter().find(|one| one["id"] == id).map(|one| one["score"].as_f64().unwrap()).unwrap()
    };
    let (plain, known) = (ask(json!([])), ask(json!([{"pid": "birth", "v": "1974"}, {"pid": "country", "v": {"id": "iq", "name": "iq"}}])));
    assert!(score(&known, "p1") > score(&plain, "p1"));
    // What is no fact, or of no use, says nothing.
    assert_eq!(ask(json!([{"pid": "shoe", "v": 44}, {"pid": "birth", "v": "soon"}])), plain);
    let features = known["result"][0]["features"].as_array().unwrap();
    let value = |id: &str| features.iter().find(|one| one["id"] == id).unwrap()["value"].clone();
    assert!(value("facts").as_f64().unwrap() > 0.0);
    assert!((0.0..=1.0).contains(&value("name_probability").as_f64().unwrap()));
    assert!((0.0..=1.0).contains(&value("weakest_word").as_f64().unwrap()));
    let other = json!({"q": {"query": "Qays al-Khazali", "type": "place"}});
    assert_eq!(server.form("/reconcile", "queries", &other).json()["q"]["result"], json!([]));
}

#[test]
fn two_that_are_nearly_as_likely_are_left_to_people() {
    let list = "id,name\na,Qays al-Khazali\nb,Qais al-Khazali\n";
    let server = Server::start(&["--registry", File::new("tie.csv", list).keep()]);
    let result = server.form("/reconcile", "queries", &json!({"q": {"query": "قيس الخزعلي"}})).json();
    assert_eq!(result["q"]["result"].as_array().unwrap().len(), 2);
    assert!(result["q"]["result"].as_array().unwrap().iter().all(|one| one["match"] == false));
    // One asked for is still seen beside the other.
    let result = server.form("/reconcile", "queries", &json!({"q": {"query": "قيس الخزعلي", "limit": 1}})).json();
    assert_eq!((result["q"]["result"].as_array().unwrap().len(), &result["q"]["result"][0]["match"]), (1, &json!(false)));
}

#[test]
fn a_table_is_extended() {
    let server = server("extend");
    let asked = json!({"ids": ["p1", "p6", "gone"], "properties": [{"id": "name", "settings": {"limit": "1"}}, {"id": "birth"}, {"id": "gender"}, {"id": "shoe"}]});
    let told = server.form("/reconcile", "extend", &asked).json();
    assert_eq!(
        told["meta"],
        json!([{"id": "name", "name": "other names"}, {"id": "birth", "name": "year of birth"}, {"id": "gender", "name": "gender"}])
    );
    assert_eq!(told["rows"]["p1"], json!({"name": [{"str": "Qays al-Khazali"}], "birth": [{"int": 1974}], "gender": [{"str": "male"}]}));
    assert_eq!(told["rows"]["p6"]["gender"], json!([{"str": "female"}]));
    assert_eq!(told["rows"]["gone"], json!({"name": [], "birth": [], "gender": []}));
}

#[test]
fn jsonp_calls_a_name_and_nothing_else() {
    let server = server("jsonp");
    let answer = server.get("/reconcile?callback=jQuery1.cb_2");
    assert_eq!(answer.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert!(answer.text.starts_with("/**/jQuery1.cb_2({") && answer.text.ends_with("});"));
    for bad in ["alert(1)", "a;b", "1a", "a..b", "", "%3Cscript%3E", &"a".repeat(200)] {
        assert_eq!(server.get(&format!("/reconcile?callback={bad}")).status, 400, "{bad}");
    }
    let queries = "%7B%22q%22%3A%7B%22query%22%3A%22Qays%20al-Khazali%22%7D%7D";
    assert_eq!(server.get(&format!("/reconcile?queries={queries}")).json()["q"]["result"][0]["id"], "p1");
}

#[test]
fn names_are_text_wherever_they_are_shown() {
    let list = "id,name\n\"<b id=x>\",\"<img src=x onerror=alert(1)> Qays 'al' \"\"Khazali\"\"\"\n";
    let server = Server::start(&["--registry", File::new("markup.csv", list).keep()]);
    for path in ["/reconcile/preview?id=%3Cb%20id%3Dx%3E", "/reconcile/flyout/entity?id=%3Cb%20id%3Dx%3E"] {
        let answer = server.get(path);
        let text = if path.contains("flyout") { answer.json()["html"].as_str().unwrap().to_string() } else { answer.text };
        assert!(text.contains("&lt;img src=x onerror=alert(1)&gt;") && !text.contains("<img") && !text.contains("<b id"), "{text}");
    }
}

#[test]
fn somebody_is_suggested_by_a_name_or_an_id() {
    let server = server("suggest");
    let suggest = |prefix: &str| server.get(&format!("/reconcile/suggest/entity?prefix={prefix}")).json();
    assert_eq!(ids(&suggest("p4")), ["p4"]);
    assert_eq!(ids(&suggest("%D9%82%D9%8A%D8%B3%20%D8%A7%D9%84%D8%AE%D8%B2%D8%B9%D9%84%D9%8A"))[0], "p1");
    assert_eq!(ids(&suggest("")), Vec::<&str>::new());
    // Beginnings, in both scripts and of either: Qa, قي, Khaz, al-Fat, Nouri al-M, فال.
    for (typed, found) in
        [("Qa", "p1"), ("%D9%82%D9%8A", "p1"), ("Khaz", "p2"), ("al-Fat", "p6"), ("Nouri+al-M", "p4"), ("%D9%81%D8%A7%D9%84", "p3")]
    {
        assert!(ids(&suggest(typed)).contains(&found), "{typed}: {}", suggest(typed));
    }
    assert_eq!(ids(&suggest("Nouri+al-M"))[0], "p4");
    assert!(!ids(&suggest("Khaz")).contains(&"p4"));
}
