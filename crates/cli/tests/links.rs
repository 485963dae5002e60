//! `zhinan lint --links` against a server on this machine: what answers, what moved, what is gone, what is silent.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command against a real server"
)]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Output;
use std::thread;

use support::{copy, workspace, zhinan};

/// Serves one request per connection for as long as the test runs; gives the port.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming().filter_map(Result::ok) {
            thread::spawn(move || answer(stream));
        }
    });
    port
}

fn answer(mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().expect("a copy")).lines().map_while(Result::ok);
    let request = lines.next().unwrap_or_default();
    while lines.next().is_some_and(|line| !line.is_empty()) {}
    let mut words = request.split(' ');
    let head = match (words.next().unwrap_or_default(), words.next().unwrap_or_default()) {
        (_, "/fine") | ("GET", "/get-only") => "200 OK",
        ("HEAD", "/get-only") => "405 Method Not Allowed",
        (_, "/moved") => "301 Moved Permanently\r\nLocation: /fine",
        (_, "/for-now") => "302 Found\r\nLocation: /fine",
        (_, "/round") => "302 Found\r\nLocation: /round",
        (_, "/hangs") => {
            thread::park();
            return;
        }
        _ => "404 Not Found",
    };
    let _ = write!(stream, "HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

/// The small portal of the diagnostics corpus with an answer that has these addresses.
fn lint(addresses: &[String], more: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&workspace().join("tests/diagnostics/base"), &folder.path().join("content"));
    let entry = folder.path().join("content/faq/when.md");
    let mut text = fs::read_to_string(&entry).expect("it is there");
    for address in addresses {
        text.push_str(&format!("\n见 <{address}>。\n"));
    }
    fs::write(&entry, text).expect("written");
    let mut command = zhinan(folder.path());
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name);
    }
    command.args(["lint", "--links", "--wait", "2"]).args(more);
    command.output().expect("the command starts")
}

#[test]
fn addresses_are_asked() {
    let port = serve();
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address").port()
    };
    let at = |path: &str| format!("http://127.0.0.1:{port}{path}");
    let mut addresses: Vec<String> =
        ["/fine", "/get-only", "/for-now", "/moved", "/gone", "/hangs", "/round"].map(at).to_vec();
    addresses.push(format!("http://127.0.0.1:{closed}/"));
    let output = lint(&addresses, &[]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}");
    let found: Vec<&str> = text.lines().filter(|line| line.contains("http://")).collect();
    let fine = at("/fine");
    let expected = [
        (13, at("/moved"), format!("已迁到 {fine}")),
        (15, at("/gone"), "页面已经不在（404）".to_owned()),
        (17, at("/hangs"), "超时没有回应".to_owned()),
        (19, at("/round"), "反复跳转，打不开".to_owned()),
        (21, format!("http://127.0.0.1:{closed}/"), "网站拒绝连接".to_owned()),
    ];
    let expected: Vec<String> = expected
        .into_iter()
        .map(|(line, address, words)| format!("content/faq/when.md:{line}:4: {address} {words}"))
        .collect();
    assert_eq!(found, expected);
    assert!(text.ends_with("3/8 个外部网址能打开\n"), "{text}");

    let output = lint(&[at("/gone")], &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["links"][0]["answer"], "failed");
}

#[test]
fn no_network_is_no_failure() {
    // No name below `.invalid` is ever known.
    let output = lint(&["https://portal.invalid/".to_owned()], &[]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.ends_with("没有网络，网址没有核对\n"), "{text}");
}
