//! Static files.

/// A static file.
#[derive(Clone, Copy)]
pub struct Asset {
    pub content_type: &'static str,
    pub body: &'static str,
}

/// The OpenAPI description of the API.
pub const DOCUMENT: Asset = Asset {
    content_type: "application/json",
    body: include_str!("../../../openapi.json"),
};

/// The page that renders the description.
pub const PAGE: Asset = Asset {
    content_type: "text/html; charset=utf-8",
    body: include_str!("docs.html"),
};

/// The style sheet of the page.
pub const STYLE: Asset = Asset {
    content_type: "text/css; charset=utf-8",
    body: include_str!("docs.css"),
};

/// The script that renders the description.
pub const SCRIPT: Asset = Asset {
    content_type: "text/javascript; charset=utf-8",
    body: include_str!("docs.js"),
};

/// The content security policy of the page: it may load only the files above.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; connect-src 'self'; \
    script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
