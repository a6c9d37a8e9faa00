// OpenAPI 3.0 has `nullable` where JSON Schema has the type `null`.
if fields.remove("nullable") == Some(json!(true)) {
    let schema = Value::Object(std::mem::take(fields));
    *value = json!({ "anyOf": [schema, { "type": "null" }] });
}
