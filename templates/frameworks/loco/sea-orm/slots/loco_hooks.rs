async fn truncate(context: &AppContext) -> Result<()> {
    loco_rs::db::truncate_table(&context.db, db::entity::users::Entity).await?;
    Ok(())
}

/// There is nothing that a new database has to hold.
async fn seed(_: &AppContext, _: &std::path::Path) -> Result<()> {
    Ok(())
}
