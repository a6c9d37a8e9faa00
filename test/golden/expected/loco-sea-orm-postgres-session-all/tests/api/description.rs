//! Checks every response received in the tests against the OpenAPI document.

use std::collections::HashMap;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

use crate::database::TestDatabase;
use crate::support::{http_client, start};

/// The document that the service publishes; the same in every test.
static DOCUMENT: OnceCell<Value> = OnceCell::const_new();

/// Reads the document, which responses are checked against from now on.
pub async fn read() {
    DOCUMENT.get_or_init(fetch).await;
}

/// Fetches the document from an instance of its own: the request must not count as one of a test.
async fn fetch() -> Value {
    let database = TestDatabase::create().await;
    let app = start(&database, &[]).await.unwrap();
    let url = format!("http://{}/openapi.json", app.address().unwrap());
    let stop = CancellationToken::new();
    let running = tokio::spawn(app.run(stop.clone().cancelled_owned()));

    let response = http_client().get(url).send().await.unwrap();
    let document = response.json().await.unwrap();

    stop.cancel();
    running.await.unwrap().unwrap();
    document
}

pub fn document() -> &'static Value {
    DOCUMENT.get().unwrap()
}

/// A request whose response must match the description.
pub struct Call {
    method: Method,
    path: String,
}

impl Call {
    pub fn of(request: &RequestBuilder) -> Self {
        let request = request.try_clone().unwrap().build().unwrap();
        Self {
            method: request.method().clone(),
            path: request.url().path().to_owned(),
        }
    }

    /// Panics if the document does not describe this response.
    pub fn check(&self, status: u16, headers: &HashMap<String, String>, body: &Value) {
        let Self { method, path } = self;
        // HEAD has no body, and OPTIONS is not part of the API.
        if [Method::HEAD, Method::OPTIONS].contains(method) {
            return;
        }
        let Some(methods) = find(path) else {
            assert_eq!(status, 404, "the document does not describe {path}");
            return;
        };
        let operation = &methods[method.as_str().to_lowercase()];
        if operation.is_null() {
            assert_eq!(status, 405, "the document has no {method} at {path}");
            return;
        }
        let response = resolve(&operation["responses"][status.to_string()]);
        assert!(
            response.is_object(),
            "the document has no {status} for {method} {path}"
        );
        check_content(&response["content"], headers, body);
    }
}

/// Returns the operations at a path, by lowercase method.
fn find(path: &str) -> Option<&'static Value> {
    let is_meant = |template: &str| {
        let (names, values) = (template.split('/'), path.split('/'));
        names.clone().count() == values.clone().count()
            && names
                .zip(values)
                .all(|(name, value)| name == value || name.starts_with('{') && !value.is_empty())
    };
    let mut paths = document()["paths"].as_object()?.iter();
    paths.find_map(|(template, methods)| is_meant(template).then_some(methods))
}

fn resolve(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str() {
        Some(reference) => {
            let pointer = reference.trim_start_matches('#');
            document().pointer(pointer).unwrap()
        }
        None => value,
    }
}

fn check_content(content: &Value, headers: &HashMap<String, String>, body: &Value) {
    let media_type = headers.get("content-type").map(String::as_str);
    let media_type = media_type.and_then(|value| value.split(';').next());
    if content.is_null() {
        assert_eq!(media_type, None, "the document has no body here");
        return;
    }
    let schema = &content[media_type.unwrap_or_default()]["schema"];
    assert!(!schema.is_null(), "the document has no {media_type:?} here");

    let can_be_read = !headers.contains_key("content-encoding");
    if can_be_read && media_type.is_some_and(|name| name.ends_with("json")) {
        let mut root = document().clone();
        close(&mut root);
        // Embedded in the document, so that references resolve.
        root["allOf"] = json!([schema]);
        let options = jsonschema::options().should_validate_formats(true);
        let validator = options.build(&root).unwrap();
        let error = validator.validate(body).err();
        let error = error.map(|error| error.to_string());
        assert_eq!(error, None, "in {body}");
    }
}

/// Makes every object reject undescribed fields, which clients may ignore but the tests must not.
/// The parts of `allOf` have some of the fields each.
fn close(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let parts = fields.iter_mut().filter(|(key, _)| *key != "allOf");
            parts.for_each(|(_, value)| close(value));
            if fields.get("properties").is_some_and(Value::is_object) {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(values) => values.iter_mut().for_each(close),
        _ => {}
    }
}
