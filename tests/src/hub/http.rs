//! As much of HTTP/1.1 as a test's server needs, one answer a connection.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;

pub(super) struct Request {
    pub method: String,
    pub path: String,
    headers: Vec<(String, String)>,
}

impl Request {
    pub fn read(stream: &mut TcpStream) -> Option<Self> {
        let mut lines = BufReader::new(stream).lines();
        let first = lines.next()?.ok()?;
        let mut words = first.split(' ').map(str::to_owned);
        let (method, path) = (words.next()?, words.next()?);
        let mut headers = Vec::new();
        for line in lines {
            let line = line.ok()?;
            let Some((name, value)) = line.split_once(':') else { break };
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
        Some(Self { method, path, headers })
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path.split_once('?')?;
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
        Some(value.replace('+', " ").replace("%20", " "))
    }

    /// First byte of the range that is asked for.
    pub fn from(&self) -> Option<usize> {
        self.range()?.0.parse().ok()
    }

    /// The byte after its last.
    pub fn until(&self) -> Option<usize> {
        self.range()?.1.parse::<usize>().ok().map(|last| last + 1)
    }

    fn range(&self) -> Option<(&str, &str)> {
        self.header("range")?.strip_prefix("bytes=")?.split_once('-')
    }
}

/// The first lines of an answer.
pub(super) fn begin(stream: &mut TcpStream, status: u16, headers: &[(&str, &str)]) -> io::Result<()> {
    let mut text = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    stream.write_all((text + "\r\n").as_bytes())
}

/// A whole answer.
pub(super) fn answer(
    stream: &mut TcpStream,
    status: u16,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<()> {
    let length = body.len().to_string();
    let mut all = headers.to_vec();
    if !headers.iter().any(|(name, _)| *name == "content-length") {
        all.push(("content-length", &length));
    }
    begin(stream, status, &all)?;
    stream.write_all(body)
}
