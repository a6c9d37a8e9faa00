#[expect(clippy::disallowed_methods, reason = "not part of the API")]
let router = router.route("/docs/", controllers::openapi::redirect());
