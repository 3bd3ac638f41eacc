//! The little of WebDriver that the tests need, over a plain socket. A client library would bring an async
//! runtime and over a hundred crates into every build of the workspace, for a dozen requests on loopback.

use std::io::{BufRead, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};

/// The name under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// WebKit takes a screenshot with the next frame it draws, and draws none while nothing changes. For a few
/// seconds this changes one pixel by less than can be seen.
const STIR: &str = "
    const pixel = document.documentElement.appendChild(document.createElement('div'));
    Object.assign(pixel.style, { position: 'fixed', right: 0, bottom: 0, width: '1px', height: '1px' });
    let frame = 0;
    const timer = setInterval(() => {
        pixel.style.background = `rgba(128, 128, 128, ${frame++ % 2 ? 0.001 : 0.002})`;
        if (frame === 100) pixel.remove(clearInterval(timer));
    }, 50);";

/// The longest answer is that to a new session: it comes when the window has opened.
const ANSWER: Duration = Duration::from_secs(60);

/// An open window. Errors are told in a sentence: tests only show them.
pub struct Session {
    server: SocketAddr,
    path: String,
}

impl Session {
    /// Opens the application through the server at this port.
    pub fn open(port: u16, application: &Path) -> Result<Session, String> {
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let options = json!({ "application": application });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "tauri:options": options } } });
        let session = request(server, "POST", "/session", Some(&wanted))?;
        let id = session["sessionId"].as_str().ok_or_else(|| format!("no session in {session}"))?;
        Ok(Session { server, path: format!("/session/{id}") })
    }

    /// Whether the server at this port takes requests.
    pub fn is_served(port: u16) -> Result<(), String> {
        request(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), "GET", "/status", None).map(drop)
    }

    /// Runs a function's body in the page and gives what it returns.
    pub fn execute(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// A press of the mouse in the middle of the element, and all that follows from it.
    pub fn click(&self, selector: &str) -> Result<(), String> {
        let found = self.post("/element", &json!({ "using": "css selector", "value": selector }))?;
        let id = found[ELEMENT].as_str().ok_or_else(|| format!("no element in {found}"))?;
        self.post(&format!("/element/{id}/click"), &json!({})).map(drop)
    }

    /// Real key events, in order: `true` presses a key, `false` lets it go.
    pub fn keys(&self, events: &[(bool, char)]) -> Result<(), String> {
        let kind = |down: bool| if down { "keyDown" } else { "keyUp" };
        let event = |(down, key): &(bool, char)| json!({ "type": kind(*down), "value": key });
        let events: Vec<Value> = events.iter().map(event).collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": events });
        self.post("/actions", &json!({ "actions": [keyboard] })).map(drop)
    }

    /// Moves the mouse over the window.
    pub fn point(&self, places: &[(i32, i32)]) -> Result<(), String> {
        let event = |(x, y): &(i32, i32)| json!({ "type": "pointerMove", "duration": 20, "x": x, "y": y });
        let events: Vec<Value> = places.iter().map(event).collect();
        let mouse = json!({
            "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": events,
        });
        self.post("/actions", &json!({ "actions": [mouse] })).map(drop)
    }

    /// What the window shows, as PNG.
    pub fn screenshot(&self) -> Result<Vec<u8>, String> {
        self.execute(STIR, &[])?;
        let shot = request(self.server, "GET", &format!("{}/screenshot", self.path), None)?;
        let shot = shot.as_str().ok_or("the screenshot is no text")?;
        base64::engine::general_purpose::STANDARD
            .decode(shot)
            .map_err(|error| format!("the screenshot: {error}"))
    }

    fn post(&self, command: &str, body: &Value) -> Result<Value, String> {
        request(self.server, "POST", &format!("{}{command}", self.path), Some(body))
    }
}

/// One request on a connection of its own; gives the `value` of the answer.
fn request(server: SocketAddr, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
    let told = |error: std::io::Error| format!("{method} {path}: {error}");
    let body = body.map(Value::to_string).unwrap_or_default();
    let (status, answer) = exchange(server, method, path, &body).map_err(told)?;
    let mut answer: Value = serde_json::from_slice(&answer)
        .map_err(|error| format!("{method} {path}: {error} in {}", String::from_utf8_lossy(&answer)))?;
    let value = answer["value"].take();
    if status == "200" {
        Ok(value)
    } else {
        Err(format!("{method} {path}: {}: {}", value["error"], value["message"]))
    }
}

/// Sends a request and reads the answer to its end, which is told by its head. Asking for the connection to be
/// closed would be simpler, but tauri-driver hands that on to a connection which it then uses again.
fn exchange(server: SocketAddr, method: &str, path: &str, body: &str) -> std::io::Result<(String, Vec<u8>)> {
    let mut stream = TcpStream::connect(server)?;
    stream.set_read_timeout(Some(ANSWER))?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {server}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    read(&mut BufReader::new(stream))
}

/// The status and the body of an answer.
fn read(answer: &mut impl BufRead) -> std::io::Result<(String, Vec<u8>)> {
    let status = line(answer)?.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut length, mut chunked) = (0, false);
    loop {
        let header = line(answer)?.to_ascii_lowercase();
        match header.split_once(": ") {
            Some(("content-length", value)) => length = value.parse().map_err(std::io::Error::other)?,
            Some(("transfer-encoding", "chunked")) => chunked = true,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = Vec::new();
    if chunked {
        while let size @ 1.. = usize::from_str_radix(&line(answer)?, 16).map_err(std::io::Error::other)? {
            take(answer, size, &mut body)?;
            line(answer)?;
        }
    } else {
        take(answer, length, &mut body)?;
    }
    Ok((status, body))
}

fn line(answer: &mut impl BufRead) -> std::io::Result<String> {
    let mut line = String::new();
    if answer.read_line(&mut line)? == 0 {
        return Err(std::io::Error::other("the connection was closed before the answer"));
    }
    Ok(line.trim_end().to_owned())
}

fn take(answer: &mut impl BufRead, size: usize, body: &mut Vec<u8>) -> std::io::Result<()> {
    let start = body.len();
    body.resize(start + size, 0);
    answer.read_exact(&mut body[start..])
}

#[test]
fn answers_end_where_their_head_says() {
    let read = |answer: &str| read(&mut answer.as_bytes()).map(|(_, body)| String::from_utf8(body).unwrap());
    assert_eq!(read("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}more").unwrap(), "{}");
    let chunks =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n3\r\n\":1\r\n1\r\n}\r\n0\r\n\r\n";
    assert_eq!(read(chunks).unwrap(), r#"{"a":1}"#);
    assert!(read("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}").is_err(), "cut off");
    assert!(read("").is_err());
}
