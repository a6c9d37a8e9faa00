#[sea_orm(has_many)]
pub sessions: HasMany<super::sessions::Entity>,
