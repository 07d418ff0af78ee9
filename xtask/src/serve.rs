//! A static server for loopback, for looking at the site on the machine that built it.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::address::{Resource, mime_type, resolve};

/// How many ports after the wanted one are tried before the system chooses one.
const PORTS_TRIED: u16 = 20;

/// A browser opens up to six connections to one host; one that idles must not hold up the others.
const THREADS: usize = 6;

/// Serves the folder `site` until the process is ended.
pub fn serve(site: &Path, port: u16) -> Result<()> {
    let site = site
        .canonicalize()
        .with_context(|| format!("{} cannot be read", site.display()))?;
    let listener = listen(port)?;
    let chosen = listener.local_addr().context("The port is unknown")?.port();
    let server = Server::from_listener(listener, None)
        .map_err(|error| anyhow!("The server did not start: {error}"))?;
    if chosen != port {
        println!("Port {port} is taken.");
    }
    println!("Uphill is at http://127.0.0.1:{chosen}/ (Ctrl-C ends it)");

    let server = Arc::new(server);
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (server, site) = (Arc::clone(&server), site.clone());
            thread::spawn(move || {
                for request in server.incoming_requests() {
                    // A browser that hangs up early is no error of ours.
                    let _ = answer(&site, request);
                }
            })
        })
        .collect();
    for thread in threads {
        thread
            .join()
            .map_err(|_| anyhow!("The server ended unexpectedly"))?;
    }
    Ok(())
}

/// Listens on loopback at the wanted port, one of the next, or one that the system chooses.
fn listen(port: u16) -> Result<TcpListener> {
    let wanted = (port..=port.saturating_add(PORTS_TRIED)).chain([0]);
    let mut last = None;
    for port in wanted {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(error),
        }
    }
    Err(last.map_or_else(|| anyhow!("no port was tried"), Into::into))
        .context("No port of 127.0.0.1 can be opened")
}

fn answer(site: &Path, request: Request) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        let response = message(405, "Only GET and HEAD are answered here.\n");
        return request.respond(response.with_header(header("Allow", "GET, HEAD")));
    }
    match resolve(site, request.url()) {
        Resource::File(file) => match File::open(&file) {
            Ok(open) => request.respond(
                Response::from_file(open)
                    .with_header(header("Content-Type", mime_type(&file)))
                    .with_header(header("Cache-Control", "no-store"))
                    // As static hosts do: a frame in a sandbox is of no origin.
                    .with_header(header("Access-Control-Allow-Origin", "*"))
                    .with_header(header("X-Content-Type-Options", "nosniff")),
            ),
            Err(_) => request.respond(message(500, "This file cannot be read.\n")),
        },
        Resource::FolderWithoutSlash => {
            let (path, query) = request
                .url()
                .split_at(request.url().find('?').unwrap_or(request.url().len()));
            // One slash in front: two would name another host.
            let place = format!("/{}/{query}", path.trim_start_matches('/'));
            let response = message(302, "This folder's address ends with a slash.\n");
            request.respond(response.with_header(header("Location", &place)))
        }
        Resource::Nothing => request.respond(message(404, "There is nothing at this address.\n")),
    }
}

fn message(status: u16, text: &str) -> Response<io::Cursor<Vec<u8>>> {
    Response::from_string(text)
        .with_status_code(status)
        .with_header(header("Cache-Control", "no-store"))
}

/// A response header. Values are ours or come from a request line that tiny_http has accepted as
/// ASCII.
fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("header names and values are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    /// One exchange with the server over a real connection.
    fn exchange(request: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().canonicalize().unwrap();
        std::fs::create_dir(site.join("js")).unwrap();
        std::fs::write(site.join("index.html"), "the page").unwrap();
        let listener = listen(0).unwrap();
        let place = listener.local_addr().unwrap();
        let server = Server::from_listener(listener, None).unwrap();
        let mut client = TcpStream::connect(place).unwrap();
        client.write_all(request.as_bytes()).unwrap();
        answer(&site, server.recv().unwrap()).unwrap();
        let mut reply = String::new();
        client.read_to_string(&mut reply).unwrap();
        reply
    }

    fn get(address: &str) -> String {
        exchange(&format!(
            "GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        ))
    }

    #[test]
    fn the_page_is_served_and_not_cached() {
        let reply = get("/?m=1");
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        assert!(reply.contains("Content-Type: text/html"), "{reply}");
        assert!(reply.contains("Cache-Control: no-store"), "{reply}");
        assert!(reply.ends_with("the page"), "{reply}");
    }

    #[test]
    fn a_missing_file_is_said_to_be_missing() {
        assert!(get("/../index.html").starts_with("HTTP/1.1 404"));
    }

    #[test]
    fn a_folder_is_sent_to_its_slash_on_this_host() {
        let reply = get("//js?m=1");
        assert!(reply.starts_with("HTTP/1.1 302"), "{reply}");
        assert!(reply.contains("Location: /js/?m=1\r\n"), "{reply}");
    }

    #[test]
    fn other_methods_are_refused() {
        let request = "DELETE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        assert!(exchange(request).starts_with("HTTP/1.1 405"));
    }

    #[test]
    fn a_taken_port_gives_way_to_another() {
        let first = listen(0).unwrap();
        let taken = first.local_addr().unwrap().port();
        let second = listen(taken).unwrap().local_addr().unwrap();
        assert_ne!(second.port(), taken);
        assert!(second.ip().is_loopback());
    }
}
