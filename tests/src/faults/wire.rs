//! One connection of a browser, laid bare: it tells an answer from silence, and never tries again by itself.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::web::Answer;

/// How long a customer waits for an answer before they give up.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection that is kept for the next request, as browsers do.
pub struct Wire {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
}

impl Wire {
    /// A wire to an address; the connection is made with the first request.
    pub const fn to(address: SocketAddr) -> Self {
        Self { address, stream: None }
    }

    /// Where it leads.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// GET of a path.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.exchange(&format!("GET {path} HTTP/1.1\r\nHost: surveys.example\r\n\r\n"), || ())
    }

    /// POST of a form; an error means that no whole answer came, and nothing more.
    pub fn post(&mut self, path: &str, body: &str) -> Result<Answer> {
        self.post_noting(path, body, || ())
    }

    /// The same; `sent` is called when all of it is sent and nothing has come back yet.
    pub fn post_noting(&mut self, path: &str, body: &str, sent: impl FnOnce()) -> Result<Answer> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: surveys.example\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.exchange(&request, sent)
    }

    fn exchange(&mut self, request: &str, sent: impl FnOnce()) -> Result<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.address)?,
        };
        stream.get_mut().write_all(request.as_bytes())?;
        sent();
        let answer = read(&mut stream)?;
        if answer.header("connection") != Some("close") {
            self.stream = Some(stream);
        }
        Ok(answer)
    }
}

fn connect(address: SocketAddr) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}

fn read(stream: &mut BufReader<TcpStream>) -> Result<Answer> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.ok_or_else(|| Error::new(ErrorKind::InvalidData, first))?;
    let mut headers = Vec::new();
    loop {
        let header = line(stream)?;
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':').unwrap_or((&header, ""));
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut answer = Answer { status, headers, body: vec![] };
    answer.body = match answer.header("content-length").map(str::parse::<usize>) {
        Some(Ok(length)) => exactly(stream, length)?,
        _ if answer.header("transfer-encoding") == Some("chunked") => chunks(stream)?,
        _ => vec![],
    };
    Ok(answer)
}

fn chunks(stream: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(stream)?;
        let size =
            usize::from_str_radix(&size, 16).map_err(|error| Error::new(ErrorKind::InvalidData, error))?;
        body.extend(exactly(stream, size)?);
        line(stream)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn exactly(stream: &mut BufReader<TcpStream>, length: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn line(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let mut text = String::new();
    stream.read_line(&mut text)?;
    match text.strip_suffix("\r\n") {
        Some(text) => Ok(text.to_owned()),
        None => Err(ErrorKind::UnexpectedEof.into()),
    }
}
