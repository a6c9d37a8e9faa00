use poem_openapi::Object;
