use sea_orm::DeriveIntoActiveModel;
