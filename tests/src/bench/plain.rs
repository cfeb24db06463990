//! A plain actix server: the least that the web framework can do with the same bytes.
//!
//! It runs in a process of its own, as the service does, so that both cost the same to reach. Called by the benches'
//! own program, which starts itself once more for it.

use std::path::Path;

use actix_web::http::header::{CONTENT_ENCODING, LOCATION};
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer};

/// The argument that makes the benches' program this server; the folder with the page follows.
pub const ARGUMENT: &str = "--plain-server";
/// File with the bytes of the page, as they are sent.
pub const PAGE: &str = "page.html.gz";

/// The page, kept in memory.
struct Page(Bytes);

/// Serves until the process is ended: any GET gives the page, any POST is parsed and answered with a redirect.
pub fn serve(folder: &Path) -> std::io::Result<()> {
    let page = Data::new(Page(Bytes::from(std::fs::read(folder.join(PAGE))?)));
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    // As many threads as the service takes.
    let workers = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    actix_web::rt::System::new().block_on(async move {
        let app = move || {
            App::new()
                .app_data(page.clone())
                .route("/s/{path:.*}", web::get().to(show))
                .route("/s/{path:.*}", web::post().to(take))
        };
        let server = HttpServer::new(app).workers(workers).listen(listener)?.run();
        eprintln!("the plain server listens on http://{address}");
        server.await
    })
}

async fn show(page: Data<Page>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_ENCODING, "gzip"))
        .content_type("text/html; charset=utf-8")
        .body(page.0.clone())
}

/// Reads the fields and looks at each; then they are forgotten.
async fn take(path: web::Path<String>, body: Bytes) -> HttpResponse {
    let fields = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&body).unwrap_or_default();
    let is_code = |value: &str| value.is_empty() || value == "na" || value.parse::<u8>().is_ok();
    if fields.is_empty() || !fields.iter().all(|(_, value)| is_code(value)) {
        return HttpResponse::UnprocessableEntity().finish();
    }
    HttpResponse::SeeOther().insert_header((LOCATION, format!("/s/{path}"))).finish()
}
