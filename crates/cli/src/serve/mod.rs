//! The development server: the last good portal, nothing of it on the disk, on the loopback address alone.
//!
//! Requests that name a foreign host or come from a foreign page are refused, so that no other site can read the portal
//! through the visitor's browser (DNS rebinding).

mod editor;
mod overlay;
mod preview;
mod range;

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use crate::failure::Failure;
pub(crate) use crate::serve::overlay::Overlay;
pub(crate) use crate::serve::preview::{IndexBefore, Preview};
use crate::serve::range::{Wanted, wanted};

/// Where the script that reloads the page is served.
const RELOAD_SCRIPT: &str = "/__zhinan/reload.js";

#[derive(Clone)]
struct Snapshot {
    portal: Arc<Preview>,
    version: u64,
    problem: Option<Arc<Overlay>>,
}

/// The portal as it is served now.
#[derive(Clone)]
pub(crate) struct LiveSite(watch::Sender<Snapshot>);

impl LiveSite {
    pub(crate) fn new(portal: Arc<Preview>) -> Self {
        Self(watch::Sender::new(Snapshot { portal, version: 1, problem: None }))
    }

    /// Serves another portal and has open pages reload; the one that was served before, which is much to free.
    #[must_use]
    pub(crate) fn replace(&self, portal: Arc<Preview>) -> Arc<Preview> {
        let version = self.0.borrow().version + 1;
        self.0.send_replace(Snapshot { portal, version, problem: None }).portal
    }

    /// Whether this is the portal that is served now.
    pub(crate) fn is_current(&self, portal: &Arc<Preview>) -> bool {
        Arc::ptr_eq(&self.0.borrow().portal, portal)
    }

    /// Shows over open pages why there is no newer portal.
    pub(crate) fn show_problem(&self, overlay: Overlay) {
        self.0.send_modify(|snapshot| snapshot.problem = Some(Arc::new(overlay)));
    }
}

/// Serves in the background and says where.
pub(crate) fn listen(port: u16, site: LiveSite) -> Result<SocketAddr, Failure> {
    let fail = |source| Failure::Serve { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(fail)?;
    listener.set_nonblocking(true).map_err(fail)?;
    let address = listener.local_addr().map_err(fail)?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(fail)?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            // It serves until the process ends.
            let _ = axum::serve(listener, router(site)).await;
        });
    });
    Ok(address)
}

fn router(site: LiveSite) -> Router {
    Router::new()
        .route(
            RELOAD_SCRIPT,
            get(|| async {
                ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("reload.js"))
            }),
        )
        .route("/__zhinan/events", get(events))
        .route("/__zhinan/open/{number}", post(open))
        .fallback(file)
        .layer(middleware::from_fn(refuse_strangers))
        .with_state(site)
}

async fn events(State(site): State<LiveSite>) -> impl IntoResponse {
    let first = site.0.borrow().version;
    let stream = WatchStream::new(site.0.subscribe()).filter_map(move |snapshot| match snapshot {
        Snapshot { problem: Some(overlay), .. } => {
            Some(Ok::<_, Infallible>(Event::default().event("problem").data(overlay.to_json())))
        }
        Snapshot { version, .. } if version != first => {
            Some(Ok(Event::default().event("reload").data(version.to_string())))
        }
        _ => None,
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// Opens the line of a problem that is shown now; nothing else of the disk can be named.
async fn open(State(site): State<LiveSite>, Path(number): Path<usize>) -> StatusCode {
    let overlay = site.0.borrow().problem.clone();
    match overlay.as_ref().and_then(|overlay| overlay.line(number)) {
        Some(line) if editor::open(line) => StatusCode::NO_CONTENT,
        Some(_) => StatusCode::NOT_IMPLEMENTED,
        None => StatusCode::NOT_FOUND,
    }
}

async fn file(State(site): State<LiveSite>, request: Request) -> Response {
    let portal = Arc::clone(&site.0.borrow().portal);
    let headers = request.headers().clone();
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let answered = tokio::task::spawn_blocking(move || respond(&portal, &path, &headers)).await;
    answered.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// A page or file, the way to the page of a folder, or the page that says that there is none.
fn respond(portal: &Preview, path: &str, headers: &HeaderMap) -> Response {
    let name =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let found = match portal.file(&name) {
        Ok(Some(bytes)) => return whole_or_part(&name, &bytes, headers),
        Ok(None) if matches!(portal.file(&format!("{name}/index.html")), Ok(Some(_))) => {
            return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, format!("/{path}/"))])
                .into_response();
        }
        // Every page is made when it is asked for.
        Ok(None) if name.ends_with(".html") => Ok(None),
        Ok(None) => portal.later_file(&name),
        Err(problem) => Err(problem),
    };
    match found {
        Ok(Some(bytes)) => whole_or_part(&name, bytes, headers),
        Ok(None) => match portal.file("404.html") {
            Ok(Some(bytes)) => answer(StatusCode::NOT_FOUND, "404.html", &bytes),
            _ => StatusCode::NOT_FOUND.into_response(),
        },
        Err(problem) => (StatusCode::INTERNAL_SERVER_ERROR, problem).into_response(),
    }
}

fn whole_or_part(name: &str, bytes: &[u8], headers: &HeaderMap) -> Response {
    match wanted(headers, bytes.len()) {
        Wanted::Whole => answer(StatusCode::OK, name, bytes),
        Wanted::Part(part) => {
            let place = format!("bytes {}-{}/{}", part.start, part.end - 1, bytes.len());
            let bytes = bytes.get(part).unwrap_or_default();
            ([(header::CONTENT_RANGE, place)], answer(StatusCode::PARTIAL_CONTENT, name, bytes))
                .into_response()
        }
        Wanted::Nothing => {
            let length = format!("bytes */{}", bytes.len());
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, length)]).into_response()
        }
    }
}

fn answer(status: StatusCode, name: &str, bytes: &[u8]) -> Response {
    let mut bytes = bytes.to_vec();
    if name.ends_with(".html") {
        add_reload_script(&mut bytes);
    }
    let headers = [(header::CONTENT_TYPE, media_type(name)), (header::CACHE_CONTROL, "no-store")];
    (status, headers, Body::from(bytes)).into_response()
}

fn add_reload_script(page: &mut Vec<u8>) {
    let end = b"</body>";
    if let Some(position) = page.windows(end.len()).rposition(|window| window == end) {
        let script = format!("<script src=\"{RELOAD_SCRIPT}\" defer></script>\n");
        page.splice(position..position, script.into_bytes());
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "xml" => "application/xml",
        "ics" => "text/calendar; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

async fn refuse_strangers(request: Request, next: Next) -> Response {
    let is_named_so = request.uri().authority().is_none_or(|authority| is_loopback(authority.as_str()));
    if is_named_so && is_local(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

/// There must be one Host, which names the loopback, and Origin, where the browser sends one, must be that very host: what
/// another server of this machine shows is another site.
fn is_local(headers: &HeaderMap) -> bool {
    let text = |value: &HeaderValue| value.to_str().unwrap_or("?").to_ascii_lowercase();
    let mut hosts = headers.get_all(header::HOST).iter().map(text);
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let mut origins = headers.get_all(header::ORIGIN).iter().map(text);
    is_loopback(&host) && origins.all(|origin| origin.strip_prefix("http://") == Some(&host))
}

fn is_loopback(authority: &str) -> bool {
    let (name, port) = authority.rsplit_once(':').unwrap_or((authority, "80"));
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    is_number && matches!(name, "127.0.0.1" | "localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_loopback_is_served() {
        for good in ["127.0.0.1:4000", "localhost:4000", "localhost"] {
            assert!(is_loopback(good), "{good}");
        }
        for bad in ["example.cn:4000", "127.0.0.1.example.cn", "localhost:x", "", "[::1]:4000", "?"] {
            assert!(!is_loopback(bad), "{bad}");
        }
    }

    #[test]
    fn the_reload_script_stands_before_the_end_of_the_body() {
        let mut page = b"<body>x</body></html>".to_vec();
        add_reload_script(&mut page);
        let page = String::from_utf8(page).expect("text");
        assert_eq!(page, "<body>x<script src=\"/__zhinan/reload.js\" defer></script>\n</body></html>");
    }
}
