.merge(openapi::routes())
