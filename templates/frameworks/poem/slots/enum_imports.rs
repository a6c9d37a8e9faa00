use poem_openapi::Enum;
