.configure(openapi::configure)
