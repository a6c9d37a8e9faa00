/// Gives dates the format `date`, which poem-openapi calls `naive-date`.
fn name_dates(schemas: &mut Value) {
    let schemas = schemas.as_object_mut().into_iter();
    let properties = schemas
        .flat_map(Map::values_mut)
        .filter_map(|schema| schema.get_mut("properties"));
    let fields = properties
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut);
    for field in fields {
        if field["format"] == "naive-date" {
            field["format"] = json!("date");
        }
    }
}
