{% if f.rust_type is containing("DateTimeWithTimeZone") %}    #[schema(value_type = {{ f.rust_type | replace(from="DateTimeWithTimeZone", to="String") }}, format = DateTime)]
{% elif f.rust_type is containing("Time") or f.rust_type is containing("Decimal") %}    #[schema(value_type = {{ f.rust_type | replace(from="DateTime", to="String") | replace(from="Time", to="String") | replace(from="Decimal", to="String") }})]
{% endif %}
