mod security_headers;
