use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::GzDecoder;
use reqwest::Method;
use reqwest::Response;
use serde_json::Value;

use crate::description::document;
use crate::support::TestApp;

/// Requests a route that is not part of the description.
async fn get(app: &TestApp, path: &str) -> Response {
    let response = app.request(Method::GET, path).send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response
}

#[tokio::test]
async fn the_description_has_the_version_of_the_crate() {
    let app = TestApp::start().await;

    let response = get(&app, "/openapi.json").await;

    assert_eq!(response.headers()["content-type"], "application/json");
    let document: Value = response.json().await.unwrap();
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
}

#[tokio::test]
async fn every_path_has_the_described_methods() {
    let app = TestApp::start().await;
    let id = "00000000-0000-7000-8000-000000000000";

    for (path, methods) in document()["paths"].as_object().unwrap() {
        let known = ["GET", "POST", "PUT", "PATCH", "DELETE"];
        let is_described = |name: &&str| methods.get(name.to_lowercase()).is_some();
        let mut described: BTreeSet<_> = known.into_iter().filter(is_described).collect();
        if described.contains("GET") {
            described.insert("HEAD");
        }

        let refusal = app.send(Method::TRACE, &path.replace("{id}", id)).await;

        assert_eq!(refusal.status, 405, "{path}");
        let allowed = refusal.headers["allow"].split(',').map(str::trim);
        assert_eq!(allowed.collect::<BTreeSet<_>>(), described, "{path}");
    }
}

#[tokio::test]
async fn a_trailing_slash_redirects_to_the_page() {
    let app = TestApp::start().await;

    // The client follows redirects.
    let response = get(&app, "/docs/").await;

    assert_eq!(response.url().path(), "/docs");
}

#[tokio::test]
async fn the_page_loads_its_files_from_here() {
    let app = TestApp::start().await;

    let response = get(&app, "/docs").await;

    let policy = &response.headers()["content-security-policy"];
    assert!(policy.to_str().unwrap().starts_with("default-src 'none';"));
    let page = response.text().await.unwrap();
    let addresses = page.split('"').filter(|text| text.starts_with("docs/"));
    assert!(addresses.clone().count() > 0);
    for address in addresses {
        get(&app, &format!("/{address}")).await;
    }
}

#[tokio::test]
async fn files_are_compressed_only_for_clients_that_accept_gzip() {
    let app = TestApp::start().await;
    let path = "/docs/swagger-ui.css";
    let plain = get(&app, path).await;
    assert!(!plain.headers().contains_key("content-encoding"));
    let plain = plain.text().await.unwrap();

    for (accepted, is_compressed) in [("br, gzip", true), ("gzip;q=0", false)] {
        let request = app.request(Method::GET, path);
        let response = request.header("accept-encoding", accepted).send().await;

        let response = response.unwrap();
        let mut vary = response.headers().get_all("vary").iter();
        assert!(vary.any(|value| value.to_str().unwrap().contains("accept-encoding")));
        let has_encoding = response.headers().contains_key("content-encoding");
        assert_eq!(has_encoding, is_compressed, "{accepted}");
        let mut text = String::new();
        let body = response.bytes().await.unwrap();
        if is_compressed {
            GzDecoder::new(&*body).read_to_string(&mut text).unwrap();
        } else {
            text.push_str(str::from_utf8(&body).unwrap());
        }
        assert_eq!(text, plain, "{accepted}");
    }
}

#[tokio::test]
async fn the_page_shows_the_description() {
    let app = TestApp::start().await;

    let script = get(&app, "/docs/swagger-initializer.js").await;

    let script = script.text().await.unwrap();
    assert!(script.contains(r#""url": "openapi.json""#), "{script}");
}
