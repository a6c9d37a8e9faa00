//! Files of the project, sent as they are.

/// A file as it is sent.
#[derive(Clone, Copy)]
pub struct Asset {
    pub content_type: &'static str,
    pub body: &'static str,
}

/// The description of the API, for programs.
pub const DOCUMENT: Asset = Asset {
    content_type: "application/json",
    body: include_str!("../../../openapi.json"),
};

/// The page that shows the description to people.
pub const PAGE: Asset = Asset {
    content_type: "text/html; charset=utf-8",
    body: include_str!("docs.html"),
};

/// How the page looks.
pub const STYLE: Asset = Asset {
    content_type: "text/css; charset=utf-8",
    body: include_str!("docs.css"),
};

/// What fills the page.
pub const SCRIPT: Asset = Asset {
    content_type: "text/javascript; charset=utf-8",
    body: include_str!("docs.js"),
};

/// Lets the page load the files above and nothing else, least of all from another host.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; connect-src 'self'; \
    script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
