//! Asks addresses of other sites whether they still answer: `HEAD`, and `GET` where that is refused.
//!
//! A few at a time, each with a time limit. Nothing of an answer is read but its status and where it moved to. Where
//! nothing can be reached at all, that is told apart from addresses that fail.

use std::io::ErrorKind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use content::Language;
use ureq::http::Response;
use ureq::{Agent, Body, Error};

/// How many are asked at the same time.
const AT_ONCE: usize = 4;

/// After so many without a network, and none that answered, no more are asked.
const ENOUGH_WITHOUT_NETWORK: usize = 8;

/// What came of asking an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    Fine,
    /// It moved for good, to this address.
    Moved(String),
    /// It answers with this status.
    Failed(u16),
    Silent(Silence),
}

/// Why an address does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Silence {
    /// The name is not known; without a network no name is.
    UnknownHost,
    Unreachable,
    TimedOut,
    Refused,
    Certificate,
    /// One redirection leads to the next.
    GoesRound,
    Other(String),
}

/// Asks all of them; the answers are in their order. Nothing where there is no network.
pub(crate) fn ask(addresses: &[&str], limit: Duration) -> Option<Vec<Answer>> {
    let agent = agent(limit);
    let (next, offline, online) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let answers = Mutex::new(vec![None; addresses.len()]);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(addresses.len()) {
            scope.spawn(|| {
                while let Some((index, address)) = take(&next, addresses) {
                    let none_answered = online.load(Ordering::Relaxed) == 0;
                    if none_answered && offline.load(Ordering::Relaxed) >= ENOUGH_WITHOUT_NETWORK {
                        return;
                    }
                    let answer = ask_one(&agent, address);
                    let counter = if is_without_network(&answer) { &offline } else { &online };
                    counter.fetch_add(1, Ordering::Relaxed);
                    if let Ok(mut answers) = answers.lock() {
                        answers[index] = Some(answer);
                    }
                }
            });
        }
    });
    if online.into_inner() == 0 && !addresses.is_empty() {
        return None;
    }
    // One may have answered just when the others had given up: those are asked now.
    let answers = answers.into_inner().unwrap_or_default().into_iter().zip(addresses);
    Some(answers.map(|(answer, address)| answer.unwrap_or_else(|| ask_one(&agent, address))).collect())
}

fn take<'a>(next: &AtomicUsize, addresses: &[&'a str]) -> Option<(usize, &'a str)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    addresses.get(index).map(|address| (index, *address))
}

fn is_without_network(answer: &Answer) -> bool {
    matches!(answer, Answer::Silent(Silence::UnknownHost | Silence::Unreachable))
}

fn agent(limit: Duration) -> Agent {
    Agent::config_builder()
        .timeout_global(Some(limit))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("zhinan/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

/// How many temporary redirections are followed.
const REDIRECTIONS: usize = 5;

fn ask_one(agent: &Agent, address: &str) -> Answer {
    let mut current = address.to_owned();
    for _ in 0..=REDIRECTIONS {
        let response = match response(agent, &current) {
            Ok(response) => response,
            Err(error) => return Answer::Silent(silence(&error)),
        };
        let status = response.status().as_u16();
        let location = response.headers().get("location").and_then(|value| value.to_str().ok());
        match (status, location.map(|location| absolute(&current, location))) {
            (301 | 308, Some(location)) => return Answer::Moved(location),
            (302 | 303 | 307, Some(location)) => current = location,
            (200..=299, _) => return Answer::Fine,
            _ => return Answer::Failed(status),
        }
    }
    Answer::Silent(Silence::GoesRound)
}

/// Many sites refuse `HEAD` or break on it, so only a `GET` tells that a page is gone.
fn response(agent: &Agent, address: &str) -> Result<Response<Body>, Error> {
    match agent.head(address).call() {
        Ok(response) if response.status().as_u16() < 400 => Ok(response),
        Ok(_) | Err(Error::Protocol(_)) => agent.get(address).call(),
        Err(error) => Err(error),
    }
}

/// A location as a full address; it may be given without scheme or host.
fn absolute(address: &str, location: &str) -> String {
    let scheme = address.split("://").next().unwrap_or("https");
    if location.starts_with("//") {
        return format!("{scheme}:{location}");
    }
    if location.contains("://") {
        return location.to_owned();
    }
    let after = scheme.len() + "://".len();
    let host_end = address[after..].find(['/', '?', '#']).map_or(address.len(), |length| after + length);
    if location.starts_with('/') {
        return format!("{}{location}", &address[..host_end]);
    }
    let folder_end = address[host_end..].rfind('/').map_or(host_end, |slash| host_end + slash);
    format!("{}/{location}", &address[..folder_end])
}

fn silence(error: &Error) -> Silence {
    match error {
        Error::HostNotFound => Silence::UnknownHost,
        Error::Timeout(ureq::Timeout::Resolve) => Silence::UnknownHost,
        Error::Timeout(_) => Silence::TimedOut,
        Error::Tls(_) | Error::Rustls(_) => Silence::Certificate,
        Error::ConnectionFailed => Silence::Refused,
        Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => Silence::Refused,
            ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown => {
                Silence::Unreachable
            }
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Silence::TimedOut,
            _ if error.to_string().contains("lookup") => Silence::UnknownHost,
            _ => Silence::Other(error.to_string()),
        },
        other => Silence::Other(other.to_string()),
    }
}

impl Answer {
    /// Short name for programs.
    pub(crate) fn id(&self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Moved(_) => "moved",
            Self::Failed(_) => "failed",
            Self::Silent(_) => "silent",
        }
    }

    /// What came of it, a few words.
    pub(crate) fn words(&self, language: Language) -> String {
        let (chinese, english) = match self {
            Self::Fine => ("能打开".to_owned(), "answers".to_owned()),
            Self::Moved(to) => (format!("已迁到 {to}"), format!("moved to {to}")),
            Self::Failed(404 | 410) => {
                ("页面已经不在（404）".to_owned(), "the page is gone (404)".to_owned())
            }
            Self::Failed(status) => (format!("打不开（{status}）"), format!("fails ({status})")),
            Self::Silent(silence) => silence.words(),
        };
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

impl Silence {
    fn words(&self) -> (String, String) {
        let (chinese, english) = match self {
            Self::UnknownHost => ("找不到这个网站", "there is no such host"),
            Self::Unreachable => ("连不上这个网站", "the host cannot be reached"),
            Self::TimedOut => ("超时没有回应", "no answer in time"),
            Self::Refused => ("网站拒绝连接", "the host refuses the connection"),
            Self::Certificate => {
                ("安全证书有问题，或不支持现在的加密方式", "its certificate or encryption is not accepted")
            }
            Self::GoesRound => ("反复跳转，打不开", "it redirects without an end"),
            Self::Other(detail) => return (format!("没有回应（{detail}）"), format!("no answer ({detail})")),
        };
        (chinese.to_owned(), english.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn locations_become_full_addresses() {
        for (location, expected) in [
            ("https://b.cn/x", "https://b.cn/x"),
            ("//b.cn/x", "http://b.cn/x"),
            ("/x", "http://a.cn/x"),
            ("x", "http://a.cn/d/x"),
        ] {
            assert_eq!(absolute("http://a.cn/d/e?f", location), expected);
        }
        assert_eq!(absolute("http://a.cn", "x"), "http://a.cn/x");
    }
}
