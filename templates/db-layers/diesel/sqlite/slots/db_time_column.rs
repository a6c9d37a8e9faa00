#[diesel(deserialize_as = Time, serialize_as = Time)]
