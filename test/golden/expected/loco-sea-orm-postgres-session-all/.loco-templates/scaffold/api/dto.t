to: src/dtos/{{ snake_plural }}.rs
skip_exists: true
message: "The bodies of `{{ pascal_singular }}` were added."
injections:
- into: src/dtos/mod.rs
  append: true
  content: "pub mod {{ snake_plural }};"
---
use sea_orm::Set;
{% if prelude_use %}{{ prelude_use }}
{% endif %}use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::models::_entities::{{ snake_plural }}::{ActiveModel, Model};
{% for e in enums %}
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum {{ e.enum_type }} {
{% for v in e.variants %}    {{ v.variant }},
{% endfor %}}

impl From<String> for {{ e.enum_type }} {
    fn from(text: String) -> Self {
        match text.as_str() {
{% for v in e.match_arms %}            "{{ v.value }}" => Self::{{ v.variant }},
{% endfor %}            _ => Self::{{ e.fallback_variant }},
        }
    }
}

impl {{ e.enum_type }} {
    pub const fn as_str(&self) -> &'static str {
        match self {
{% for v in e.variants %}            Self::{{ v.variant }} => "{{ v.value }}",
{% endfor %}        }
    }
}
{% endfor %}
/// A row of `{{ snake_plural }}`, as sent to clients.
#[derive(Serialize, ToSchema)]
pub struct {{ pascal_singular }} {
    pub id: i64,
{% for f in fields %}{% if f.rust_type is containing("DateTimeWithTimeZone") %}    #[schema(value_type = {{ f.rust_type | replace(from="DateTimeWithTimeZone", to="String") }}, format = DateTime)]
{% elif f.rust_type is containing("Time") or f.rust_type is containing("Decimal") %}    #[schema(value_type = {{ f.rust_type | replace(from="DateTime", to="String") | replace(from="Time", to="String") | replace(from="Decimal", to="String") }})]
{% endif %}    pub {{ f.field_name }}: {{ f.rust_type }},
{% endfor %}{% if with_tz %}    #[serde(serialize_with = "super::time")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTimeWithTimeZone,
    #[serde(serialize_with = "super::time")]
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: DateTimeWithTimeZone,
{% endif %}}

impl From<Model> for {{ pascal_singular }} {
    fn from(m: Model) -> Self {
        Self {
            id: m.id,
{% for f in fields %}            {{ f.field_name }}: {{ f.from_expr }},
{% endfor %}{% if with_tz %}            created_at: m.created_at,
            updated_at: m.updated_at,
{% endif %}        }
    }
}

/// The fields that clients set.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct {{ pascal_singular }}Fields {
{% for f in fields %}{% if f.rust_type is containing("DateTimeWithTimeZone") %}    #[schema(value_type = {{ f.rust_type | replace(from="DateTimeWithTimeZone", to="String") }}, format = DateTime)]
{% elif f.rust_type is containing("Time") or f.rust_type is containing("Decimal") %}    #[schema(value_type = {{ f.rust_type | replace(from="DateTime", to="String") | replace(from="Time", to="String") | replace(from="Decimal", to="String") }})]
{% endif %}    pub {{ f.field_name }}: {{ f.rust_type }},
{% endfor %}}

impl {{ pascal_singular }}Fields {
    /// Writes the fields to a row.
    pub fn write(self, row: &mut ActiveModel) {
        let params = self;
{% for f in fields %}        row.{{ f.field_name }} = Set({{ f.set_expr }});
{% endfor %}    }
}
