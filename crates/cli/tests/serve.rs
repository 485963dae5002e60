//! `zhinan serve` under attack and under an author's worst edits: whom it answers, what it gives, that it stays.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command and talk to its server"
)]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use support::{PATIENCE, Project, Running, zhinan};

/// The served portal.
struct Served {
    // Before the folder it works in goes.
    running: Running,
    project: Project,
    port: u16,
}

/// Serves the small portal and waits for its address.
fn serve() -> Served {
    let project = Project::small();
    let mut command = zhinan(&project.path(""));
    command.args(["serve", "--port", "0", "--lang", "en"]);
    let running = Running::start(command);
    let address = running.wait_for("http://127.0.0.1:");
    let port =
        address.split_once("http://127.0.0.1:").and_then(|(_, rest)| rest.split('/').next()?.parse().ok());
    Served { running, project, port: port.expect("the address is printed") }
}

impl Served {
    /// Sends these very bytes; gives the status and the whole answer. An answer that does not end is cut.
    fn ask_raw(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("set");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        let _ = stream.take(1 << 20).read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        (status, answer)
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> (u16, String) {
        self.ask_raw(&format!(
            "{method} {path} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: 0\r\n\r\n"
        ))
    }

    fn own(&self) -> String {
        format!("Host: 127.0.0.1:{}\r\n", self.port)
    }

    /// Asks for the first page until it says this.
    fn wait_for(&mut self, words: &str) {
        let started = Instant::now();
        loop {
            assert!(!self.running.has_ended(), "it has ended");
            let (status, page) = self.ask("GET", "/", &self.own());
            assert_eq!(status, 200);
            if page.contains(words) {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "the page never says {words}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits until an open page would be told of a problem with these words.
    fn wait_for_problem(&self, words: &str) {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
            stream.set_read_timeout(Some(Duration::from_secs(1))).expect("set");
            let request = format!("GET /__zhinan/events HTTP/1.1\r\n{}\r\n", self.own());
            stream.write_all(request.as_bytes()).expect("sent");
            let mut told = String::new();
            let mut reader = BufReader::new(stream);
            while reader.read_line(&mut told).is_ok_and(|read| read > 0) && !told.contains("data:") {}
            if told.contains("event: problem") && told.contains(words) {
                return;
            }
        }
        panic!("no problem with {words}");
    }
}

#[test]
fn s06_only_the_loopback_by_its_name_is_answered() {
    let served = serve();
    let port = served.port;
    for good in [served.own(), format!("Host: localhost:{port}\r\n"), format!("HOST: LOCALHOST:{port}\r\n")] {
        assert_eq!(served.ask("GET", "/", &good).0, 200, "{good}");
    }
    // DNS rebinding: the name of another site leads here.
    for bad in [
        "Host: evil.example\r\n".to_owned(),
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: 127.0.0.1.evil.example:{port}\r\n"),
        format!("Host: localhost.evil.example:{port}\r\n"),
        format!("Host: evil.example@127.0.0.1:{port}\r\n"),
        format!("Host: 127.0.0.1:{port}@evil.example\r\n"),
        format!("Host: 127.0.0.1:{port}:{port}\r\n"),
        format!("Host: 192.168.1.2:{port}\r\n"),
        format!("Host: 0.0.0.0:{port}\r\n"),
        format!("Host: [::1]:{port}\r\n"),
        "Host: \r\n".to_owned(),
        format!("X-Forwarded-Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n"),
    ] {
        for (method, path) in [("GET", "/"), ("GET", "/__zhinan/events"), ("POST", "/__zhinan/open/0")] {
            let (status, answer) = served.ask(method, path, &bad);
            assert!(matches!(status, 400 | 403), "{bad} {method} {path}: {answer}");
            assert!(!answer.contains("<html"), "{bad}");
        }
    }
    let twice = format!("{}Host: evil.example\r\n", served.own());
    assert!(matches!(served.ask("GET", "/", &twice).0, 400 | 403), "two hosts");
    let (status, _) = served.ask("GET", &format!("http://evil.example:{port}/"), &served.own());
    assert!(matches!(status, 400 | 403), "the request line names another site: {status}");
    let (status, _) = served.ask_raw("GET / HTTP/1.0\r\n\r\n");
    assert!(matches!(status, 400 | 403), "no host: {status}");
}

#[test]
fn s06_pages_of_other_origins_get_nothing_and_open_nothing() {
    let served = serve();
    let (own, port) = (served.own(), served.port);
    let good = format!("{own}Origin: http://127.0.0.1:{port}\r\n");
    assert_eq!(served.ask("GET", "/faq/", &good).0, 200);
    assert_eq!(served.ask("POST", "/__zhinan/open/0", &good).0, 404, "there is no problem to open");
    for origin in [
        "https://evil.example".to_owned(),
        "http://evil.example".to_owned(),
        format!("http://127.0.0.1.evil.example:{port}"),
        format!("https://127.0.0.1:{port}"),
        // Another server of this machine is another site.
        "http://127.0.0.1:1".to_owned(),
        format!("http://localhost:{port}"),
        "null".to_owned(),
        "file://".to_owned(),
        String::new(),
    ] {
        let headers = format!("{own}Origin: {origin}\r\n");
        for (method, path) in [
            ("GET", "/"),
            ("GET", "/__zhinan/events"),
            ("POST", "/__zhinan/events"),
            ("POST", "/__zhinan/open/0"),
            ("OPTIONS", "/__zhinan/open/0"),
        ] {
            let (status, answer) = served.ask(method, path, &headers);
            assert_eq!(status, 403, "{origin} {method} {path}");
            assert!(!answer.to_lowercase().contains("access-control-allow"), "{answer}");
        }
    }
}

#[test]
fn s06_no_spelling_of_a_path_leads_out_of_the_portal() {
    let served = serve();
    served.project.write("secret.txt", b"secret of the disk");
    // Nothing of the folder that is published to is served, and nothing that leads out of it.
    std::fs::create_dir_all(served.project.path("site/faq")).expect("made");
    #[cfg(unix)]
    for name in ["site/leak.txt", "site/faq/leak.html"] {
        std::os::unix::fs::symlink(served.project.path("secret.txt"), served.project.path(name))
            .expect("made");
    }
    for up in [
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..\\",
        "..%5c",
        "%252e%252e%252f",
        "..%c0%af",
        "%c0%ae%c0%ae/",
        "....//",
        "..;/",
        "%00../",
        "%u002e%u002e/",
        "./../",
    ] {
        for path in [
            format!("/{up}secret.txt"),
            format!("/faq/{up}{up}secret.txt"),
            format!("/{up}content/portal.yaml"),
            format!("/{}etc/passwd", up.repeat(12)),
            format!("//{}etc/passwd", up.repeat(12)),
        ] {
            let (status, answer) = served.ask("GET", &path, &served.own());
            assert!(matches!(status, 400 | 404), "{path}: {status}");
            for leaked in ["secret of the disk", "check_disclaimer:", "root:x:"] {
                assert!(!answer.contains(leaked), "{path}");
            }
        }
    }
    for path in [
        "/leak.txt",
        "/faq/leak.html",
        "//etc/passwd",
        "/etc/passwd",
        "/C:/Windows/win.ini",
        "/file:///etc/passwd",
    ] {
        let (status, answer) = served.ask("GET", path, &served.own());
        assert_eq!(status, 404, "{path}");
        assert!(!answer.contains("secret of the disk"), "{path}");
    }
    // A path that begins with two slashes never leads to another site.
    let (_, answer) = served.ask("GET", "//faq", &served.own());
    let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
    assert!(location.is_none_or(|to| to == "/faq/"), "{location:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn s06_it_listens_on_one_address_of_this_machine_alone() {
    let served = serve();
    // Anything bound to all addresses answers here as well.
    assert!(TcpStream::connect(("127.0.0.2", served.port)).is_err());
    let mut found = Vec::new();
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        let Ok(text) = fs::read_to_string(table) else { continue };
        let addresses = text.lines().filter_map(|line| line.split_whitespace().nth(1));
        let port = format!(":{:04X}", served.port);
        found.extend(addresses.filter(|local| local.ends_with(&port)).map(str::to_owned));
    }
    found.dedup();
    assert!(!found.is_empty() && found.iter().all(|local| local.starts_with("0100007F:")), "{found:?}");
}

#[test]
fn r19_no_edit_makes_it_exit_or_lose_the_last_good_page() {
    let mut served = serve();
    let settings = served.project.read("content/portal.yaml");
    served.wait_for("申报指南");
    for (bad, words) in [
        (&b"title: [\n"[..], "yaml-syntax"),
        (b"title: x\n", "missing-field"),
        (b"title: \xd6\xb8\xc4\xcf\n", "not-utf8"),
        (b"\0\0\0\0", "forbidden-character"),
        (b"title: \"<img src=x onerror=alert(1)>\"\nnope: 1\n", "unknown-field"),
    ] {
        served.project.write("content/portal.yaml", bad);
        served.wait_for_problem(words);
        served.wait_for("申报指南");
    }
    fs::remove_file(served.project.path("content/portal.yaml")).expect("removed");
    served.wait_for_problem("missing-file");
    served.wait_for("申报指南");
    let content = served.project.path("content");
    let aside = served.project.path("aside");
    fs::rename(&content, &aside).expect("moved");
    std::thread::sleep(Duration::from_millis(300));
    served.wait_for("申报指南");
    fs::rename(&aside, &content).expect("moved back");
    served
        .project
        .write("content/portal.yaml", settings.replace("title: 申报指南", "title: 改好的指南").as_bytes());
    served.wait_for("改好的指南");
}
