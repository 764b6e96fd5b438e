//! The service as a test runs it: the real program on a free port.
#![allow(dead_code, reason = "every test program uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::program::{File, NASAB, run};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

pub const TOKEN: &str = "a-token-for-tests-alone";

pub const PEOPLE: &str = "id,name,born,gender,country
p1,Qays al-Khazali,1974,male,iq
p1,قيس الخزعلي,,,
p2,Laith al-Khazali,1975,male,iq
p3,فالح الفياض,1956,male,iq
p4,Nouri al-Maliki,1950,male,iq
p5,Noor al-Maliki,,female,
p6,Hanan al-Fatlawi,1968,female,iq
";

/// A registry of these people, in a file of its own.
pub fn registry(name: &str) -> Registry {
    let path = std::env::temp_dir().join(format!("nasab-serve-{}-{name}.nasab", std::process::id()));
    let registry = Registry(path.to_str().unwrap().to_string());
    registry.remove();
    let list = File::new(&format!("{name}.csv"), PEOPLE);
    assert_eq!(run(&["registry", "create", registry.path()]).code, 0);
    assert_eq!(run(&["registry", "import", registry.path(), list.path(), "--by", "test"]).code, 0);
    registry
}

pub struct Registry(String);

impl Registry {
    pub fn path(&self) -> &str {
        &self.0
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.0));
        }
        let _ = std::fs::remove_dir_all(format!("{}.index", self.0));
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        self.remove();
    }
}

impl File {
    /// The path of a file that stays until the system clears it.
    pub fn keep(self) -> &'static str {
        let path: &'static str = Box::leak(self.path().to_string().into_boxed_str());
        std::mem::forget(self);
        path
    }
}

pub struct Server {
    child: Child,
    pub address: SocketAddr,
    log: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
    agent: ureq::Agent,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

impl Server {
    pub fn command(args: &[&str]) -> Command {
        let mut command = Command::new(NASAB);
        command.arg("serve").args(args).env("NASAB_TOKEN", TOKEN);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    pub fn start(args: &[&str]) -> Server {
        let mut all = args.to_vec();
        if !args.contains(&"--bind") {
            all.extend(["--bind", "127.0.0.1:0"]);
        }
        let mut child = Server::command(&all).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        let address = loop {
            let mut line = String::new();
            assert!(lines.read_line(&mut line).unwrap() > 0, "the server ended: {said}");
            said.push_str(&line);
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split('/').next().unwrap().parse::<SocketAddr>().unwrap();
            }
        };
        let address = SocketAddr::from(([127, 0, 0, 1], address.port()));
        let log = Arc::new(Mutex::new(said));
        let own = log.clone();
        let reader = std::thread::spawn(move || {
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|read| read > 0) {
                own.lock().unwrap().push_str(&std::mem::take(&mut line));
            }
        });
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent = config.timeout_global(Some(Duration::from_secs(60))).build().into();
        Server { child, address, log, reader: Some(reader), agent }
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_as(path, Some(TOKEN), &[])
    }

    pub fn get_as(&self, path: &str, token: Option<&str>, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        told(request.call().unwrap())
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_as(path, body, Some(TOKEN), &[])
    }

    pub fn post_as(&self, path: &str, body: &Value, token: Option<&str>, headers: &[(&str, &str)]) -> Answer {
        let mut all = headers.to_vec();
        let bearer = token.map(|token| format!("Bearer {token}"));
        if let Some(bearer) = &bearer {
            all.push(("Authorization", bearer));
        }
        if !headers.iter().any(|(name, _)| *name == "Content-Type") {
            all.push(("Content-Type", "application/json"));
        }
        self.send(path, body.to_string().as_bytes(), &all)
    }

    pub fn form(&self, path: &str, name: &str, value: &Value) -> Answer {
        let escaped: String = value.to_string().bytes().map(|b| format!("%{b:02X}")).collect();
        self.send(path, format!("{name}={escaped}").as_bytes(), &[("Content-Type", "application/x-www-form-urlencoded")])
    }

    pub fn send(&self, path: &str, body: &[u8], headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.post(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        told(request.send(body).unwrap())
    }

    /// Bytes as they are, and the answer as it comes.
    pub fn raw(&self, bytes: &[u8]) -> String {
        use std::io::Write;
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        // A server that refuses early reads no more.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Ends it as a system does, and gives what it said.
    pub fn stop(mut self) -> String {
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        self.reader.take().unwrap().join().unwrap();
        self.log.lock().unwrap().clone()
    }
}

fn told(mut answer: ureq::http::Response<ureq::Body>) -> Answer {
    let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_string())).collect();
    Answer { status: answer.status().as_u16(), headers, text: answer.body_mut().read_to_string().unwrap() }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
