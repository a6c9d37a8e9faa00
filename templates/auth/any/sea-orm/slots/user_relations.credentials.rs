#[sea_orm(has_one)]
pub credentials: HasOne<super::credentials::Entity>,
