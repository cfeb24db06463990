//! The least HTTP/1.1 that a load needs: one connection that is kept, one request at a time, whole replies.
//!
//! Not for tests of behaviour: those use `web`. Called by the load generator.

use std::io::{self, ErrorKind};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Room for a piece of a reply.
const PIECE: usize = 16 * 1024;

/// A connection to a server on this machine.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP's number.
    pub status: u16,
    /// The lines between status and body.
    pub head: String,
    /// The body as it was sent, chunks joined.
    pub body: Vec<u8>,
}

impl Reply {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl Connection {
    /// Connects to an address such as `127.0.0.1:8080`.
    pub async fn to(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(PIECE) })
    }

    /// Sends a whole request and waits for the whole reply.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<Reply> {
        self.stream.write_all(request).await?;
        self.received.clear();
        let end = loop {
            if let Some(end) = find(&self.received, b"\r\n\r\n") {
                break end;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(&self.received[..end]).into_owned();
        let status = head.get(9..12).and_then(|number| number.parse().ok()).ok_or_else(|| broken(&head))?;
        let mut reply = Reply { status, head, body: Vec::new() };
        reply.body = match reply.header("content-length").map(str::parse::<usize>) {
            Some(length) => self.counted(end + 4, length.map_err(|_| broken("length"))?).await?,
            None if reply.header("transfer-encoding") == Some("chunked") => self.chunked(end + 4).await?,
            None => Vec::new(),
        };
        Ok(reply)
    }

    async fn more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.received).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    async fn counted(&mut self, begin: usize, length: usize) -> io::Result<Vec<u8>> {
        while self.received.len() < begin + length {
            self.more().await?;
        }
        Ok(self.received[begin..begin + length].to_vec())
    }

    async fn chunked(&mut self, begin: usize) -> io::Result<Vec<u8>> {
        let (mut body, mut at) = (Vec::new(), begin);
        loop {
            let line = loop {
                if let Some(length) = find(&self.received[at..], b"\r\n") {
                    break String::from_utf8_lossy(&self.received[at..at + length]).into_owned();
                }
                self.more().await?;
            };
            let size = usize::from_str_radix(&line, 16).map_err(|_| broken(&line))?;
            let data = at + line.len() + 2;
            body.extend(self.counted(data, size).await?);
            // Each chunk, also the empty last one, ends with a line end.
            self.counted(data + size, 2).await?;
            at = data + size + 2;
            if size == 0 {
                return Ok(body);
            }
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn broken(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, format!("a reply cannot be read: {what}"))
}

/// A GET as a browser sends it, as far as a server looks at it.
pub fn get(path: &str, accept_encoding: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nhost: bench\r\naccept: text/html\r\naccept-language: en\r\n\
         accept-encoding: {accept_encoding}\r\n\r\n"
    )
    .into_bytes()
}

/// A POST of a form as a browser sends it, as far as a server looks at it.
pub fn post(path: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\naccept: text/html\r\naccept-encoding: gzip\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A request of a program with its key, with a body of JSON where there is one.
pub fn call(method: &str, path: &str, key: &str, body: Option<&str>) -> Vec<u8> {
    let head = format!("{method} {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {key}\r\n");
    match body {
        None => format!("{head}\r\n"),
        Some(body) => {
            let length = body.len();
            format!("{head}content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        }
    }
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    fn reply_to(bytes: &'static [u8]) -> io::Result<Reply> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4];
            stream.read_exact(&mut request).unwrap();
            // In pieces, so that no reply comes at once by luck.
            for piece in bytes.chunks(3) {
                stream.write_all(piece).unwrap();
                stream.flush().unwrap();
            }
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let reply = runtime.block_on(async { Connection::to(&address).await?.send(b"GET ").await });
        server.join().unwrap();
        reply
    }

    #[test]
    fn a_counted_reply_is_read_whole() {
        let reply = reply_to(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nx-a: b\r\n\r\nhello").unwrap();
        assert_eq!(
            (reply.status, reply.body.as_slice(), reply.header("x-a")),
            (200, &b"hello"[..], Some("b"))
        );
    }

    #[test]
    fn chunks_are_joined() {
        let reply = reply_to(
            b"HTTP/1.1 303 See Other\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhell\r\n1\r\no\r\n0\r\n\r\n",
        );
        assert_eq!(reply.map(|reply| (reply.status, reply.body)).unwrap(), (303, b"hello".to_vec()));
    }

    #[test]
    fn a_reply_that_is_cut_off_is_an_error() {
        assert!(reply_to(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhello").is_err());
        assert!(reply_to(b"").is_err());
    }
}
