let router = router.route("/docs/", controllers::openapi::redirect());
