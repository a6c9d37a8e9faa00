use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("sessions")
                    .col(binary_len("id", 32).primary_key())
                    .col(uuid("user_id"))
                    .col(custom("created_at", "DATETIME(6)"))
                    .col(custom("last_used_at", "DATETIME(6)"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("sessions", "user_id")
                            .to("users", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .character_set("utf8mb4")
                    .to_owned(),
            )
            .await?;

        for column in ["user_id", "created_at", "last_used_at"] {
            manager
                .create_index(
                    Index::create()
                        .name(format!("sessions_{column}"))
                        .table("sessions")
                        .col(column)
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("sessions").to_owned())
            .await
    }
}
