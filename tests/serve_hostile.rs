//! What is refused, with which status, and that the service goes on answering.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod common {
    pub mod program;
    pub mod server;
}

use common::server::{Server, TOKEN, registry};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const JSON: [(&str, &str); 1] = [("Content-Type", "application/json")];

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}

/// A problem under this status, and a server that is well.
fn refused(server: &Server, answer: &common::server::Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{}", answer.text);
    let told = answer.json();
    assert_eq!(told["status"], status);
    assert!(!told["detail"].as_str().unwrap().is_empty());
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn bodies_that_are_too_long_deep_or_wrong() {
    let server = Server::start(&["--max-body", "64", "--max-batch", "20", "--max-name", "50"]);
    let send = |body: &[u8]| server.send("/v1/normalize", body, &JSON);
    refused(&server, &send(format!("{{\"names\":[\"{}\"]}}", "a".repeat(70_000)).as_bytes()), 413);
    refused(&server, &send(b"{\"names\":[\"\xff\xfe\"]}"), 400);
    refused(&server, &send(b"{\"names\":[\"\\ud800\"]}"), 400);
    // Nesting is given up where it begins to be of another shape, or too deep.
    refused(&server, &send(format!("{}{}", "[".repeat(20_000), "]".repeat(20_000)).as_bytes()), 422);
    refused(&server, &server.send("/v1/link", format!("{{\"queries\":[{{\"a\":{}", "[".repeat(20_000)).as_bytes(), &JSON), 400);
    refused(&server, &send(format!("{{\"names\":{}", "[".repeat(20_000)).as_bytes()), 422);
    refused(&server, &send(b"{\"names\":[\"Qays\"]"), 400);
    refused(&server, &send(b"{\"names\":\"Qays\"}"), 422);
    refused(&server, &send(b"{\"names\":[\"Qays\"],\"shoe\":1}"), 422);
    refused(&server, &send(b""), 400);
    refused(&server, &server.post("/v1/normalize", &json!({"names": vec!["Qays"; 21]})), 413);
    refused(&server, &server.post("/v1/normalize", &json!({"names": ["Q".repeat(51)]})), 422);
    refused(&server, &server.get(&format!("/v1/normalize?name={}", "Q".repeat(51))), 422);
    refused(&server, &server.post("/v1/normalize", &json!({"names": ["Qays"], "to": "klingon"})), 422);
    refused(&server, &server.get("/v1/normalize?name=%FF"), 400);
    refused(&server, &server.get("/v1/normalize?name=Qays&readings=many"), 400);
    refused(&server, &server.send("/v1/normalize", b"names=Qays", &[("Content-Type", "text/plain")]), 415);
    refused(&server, &server.send("/reconcile", b"queries={}", &JSON), 415);
    for queries in ["[]", "{\"q\":1}", "{\"q\":{}}", "{"] {
        let form = [("Content-Type", "application/x-www-form-urlencoded")];
        let answer = server.send("/reconcile", format!("queries={queries}").as_bytes(), &form);
        assert!(matches!(answer.status, 400 | 404), "{queries} {}", answer.status);
    }
    refused(&server, &server.get("/v1/lint"), 405);
}

#[test]
fn ways_out_of_the_page() {
    let server = Server::start(&[]);
    for path in [
        "/../Cargo.toml",
        "/static/../../Cargo.toml",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/static/\\..\\",
        "/v1/registry/people/%2e%2e%2fx",
    ] {
        let answer = server.raw(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes());
        assert!(matches!(status(&answer), 400 | 404), "{path}: {answer}");
    }
}

#[test]
fn names_of_other_servers_and_pages_of_other_sites() {
    let file = registry("sites");
    let server = Server::start(&["--registry", file.path(), "--allow-origin", "https://friend.example"]);
    for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "[::2]", "0.0.0.0"] {
        refused(&server, &server.get_as("/v1/registry", None, &[("Host", host)]), 421);
    }
    for host in ["localhost", "127.0.0.1:1", "[::1]:99"] {
        assert_eq!(server.get_as("/v1/registry", None, &[("Host", host)]).status, 200, "{host}");
    }
    let undo = json!({"event": 1, "who": "eve"});
    for origin in ["https://evil.example", "null", "http://127.0.0.1:3333", "https://friend.example"] {
        refused(&server, &server.post_as("/v1/registry/undo", &undo, Some(TOKEN), &[("Origin", origin)]), 403);
    }
    refused(&server, &server.post_as("/v1/registry/undo", &undo, Some(TOKEN), &[("Sec-Fetch-Site", "cross-site")]), 403);
    refused(&server, &server.get_as("/reconcile", None, &[("Origin", "https://evil.example")]), 403);
    refused(
        &server,
        &server.get_as("/reconcile?callback=cb", None, &[("Sec-Fetch-Site", "cross-site"), ("Referer", "https://evil.example/")]),
        403,
    );
    for origin in ["http://127.0.0.1:3333", "http://localhost:3333", "https://friend.example"] {
        let answer = server.get_as("/reconcile", None, &[("Origin", origin)]);
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, Some(origin)));
    }
    let own = server.url("");
    assert_eq!(server.post_as("/v1/registry/undo", &undo, Some(TOKEN), &[("Origin", &own)]).status, 200);
    // A form of another site cannot send JSON's type without asking first.
    refused(&server, &server.post_as("/v1/registry/undo", &undo, Some(TOKEN), &[("Content-Type", "text/plain")]), 415);
}

#[test]
fn what_is_no_http() {
    let server = Server::start(&[]);
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"POST /v1/link HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    ] {
        let answer = server.raw(bytes);
        assert!(matches!(status(&answer), 0 | 400 | 505), "{answer}");
    }
    let no_host = server.raw(b"GET /v1/schemes HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&no_host), 400);
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(200_000));
    assert!(matches!(status(&server.raw(long.as_bytes())), 0 | 431));
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn a_body_that_comes_too_slowly() {
    let server = Server::start(&["--timeout", "2"]);
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream
        .write_all(b"POST /v1/normalize HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
        .unwrap();
    let start = Instant::now();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer[9..], b"503");
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn work_that_takes_too_long_is_given_up_and_keeps_no_thread() {
    let server = Server::start(&["--timeout", "1", "--max-jobs", "1", "--max-batch", "1000000", "--max-body", "65536"]);
    let names: Vec<String> =
        (0..200_000).map(|n| format!("Qays Abd al-Rahman ibn Muhammad {}", n % 977)).map(|n| n.replace(char::is_numeric, "x")).collect();
    let pairs: Vec<Value> = names.iter().map(|name| json!({"left": name, "right": "عبد الرحمن بن محمد قيس الخزعلي"})).collect();
    refused(&server, &server.post("/v1/match", &json!({"pairs": pairs})), 503);
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(server.get("/v1/normalize?name=Qays").status, 200);
}

/// Figures of the service under a name.
fn figure(server: &Server, name: &str) -> u64 {
    let told = server.get("/metrics").text;
    told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap().parse().unwrap()
}

/// The memory of a process, in KiB.
#[cfg(target_os = "linux")]
fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn connections_that_ask_nothing_keep_nobody_out() {
    let server = Server::start(&["--max-connections", "100"]);
    let mut held = Vec::new();
    for _ in 0..600 {
        let mut stream = TcpStream::connect(server.address).unwrap();
        let _ = stream.write_all(b"GET / HT");
        held.push(stream);
    }
    for _ in 0..20 {
        assert_eq!(server.get("/v1/normalize?name=Qays").status, 200);
    }
    let open = figure(&server, "nasab_connections");
    assert!(open <= 101, "{open} open");
}

#[test]
fn heads_that_never_end_are_let_go_in_their_time() {
    let server = Server::start(&["--timeout", "2"]);
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n").unwrap();
    // A sign now and then does not keep it open: the head as a whole has its time.
    let (mut letters, mut answer) = (0, Vec::new());
    let ended = loop {
        let mut some = [0; 512];
        match stream.read(&mut some) {
            Ok(0) => break true,
            Ok(read) => answer.extend_from_slice(&some[..read]),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(_) => break true,
        }
        letters += 1;
        if letters > 60 {
            break false;
        }
        let _ = stream.write_all(b"X");
    };
    assert!(ended, "still open: {}", String::from_utf8_lossy(&answer));
    assert!(matches!(status(&String::from_utf8_lossy(&answer)), 0 | 408));
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn one_who_finds_all_at_work_is_told_so() {
    let server = Server::start(&["--max-connections", "3"]);
    let head = b"POST /v1/normalize HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
    let mut held: Vec<TcpStream> = (0..3).map(|_| TcpStream::connect(server.address).unwrap()).collect();
    held.iter_mut().for_each(|stream| stream.write_all(head).unwrap());
    // Each is at work once its head was read.
    let refused = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        let answer = server.raw(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        if status(&answer) == 200 {
            // It took the place of one whose head had not been read.
            let mut stream = TcpStream::connect(server.address).unwrap();
            stream.write_all(head).unwrap();
            held.push(stream);
            return None;
        }
        Some(answer)
    });
    let refused = refused.unwrap();
    assert_eq!(status(&refused), 503, "{refused}");
    assert!(refused.contains("application/problem+json") && refused.contains("Retry-After: 1"), "{refused}");
    drop(held);
    let again = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        status(&server.raw(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) == 200
    });
    assert!(again, "those who have gone make room");
}

/// Ten thousand, or as many as this machine lets a program open.
#[cfg(target_os = "linux")]
#[test]
fn ten_thousand_open_connections_are_held_and_the_next_ones_answered() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    const WANTED: u64 = 10_000;
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.unwrap_or(u64::MAX).min(WANTED + 500);
    setrlimit(Resource::Nofile, Rlimit { current: Some(most), ..limit }).unwrap();
    let count = WANTED.min(most.saturating_sub(500));
    let server = Server::start(&["--max-connections", &WANTED.to_string()]);
    let before = memory(server.process());
    let mut held: Vec<TcpStream> = Vec::new();
    for _ in 0..count - 10 {
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.write_all(b"GET / HT").unwrap();
        held.push(stream);
    }
    for _ in 0..20 {
        assert_eq!(server.get("/v1/normalize?name=Qays").status, 200);
    }
    // Nobody had to go for another.
    assert_eq!((figure(&server, "nasab_connections_closed_total"), figure(&server, "nasab_connections_refused_total")), (0, 0));
    let grown = memory(server.process()).saturating_sub(before);
    assert!(grown < count * 32, "{grown} KiB for {count} connections");
    // Beyond the limit those that have waited longest make room.
    for _ in 0..200 {
        held.push(TcpStream::connect(server.address).unwrap());
    }
    assert_eq!(server.get("/v1/normalize?name=Qays").status, 200);
    // Those that are let go are counted until they are gone.
    let gone = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        figure(&server, "nasab_connections") <= WANTED
    });
    assert!(gone, "{} are open", figure(&server, "nasab_connections"));
}
