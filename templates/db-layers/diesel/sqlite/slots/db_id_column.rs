#[diesel(deserialize_as = Id, serialize_as = Id)]
