async fn truncate(ctx: &AppContext) -> Result<()> {
    loco_rs::db::truncate_table(&ctx.db, db::entity::users::Entity).await?;
    Ok(())
}

/// Does nothing: a new database needs no data.
async fn seed(_: &AppContext, _: &std::path::Path) -> Result<()> {
    Ok(())
}
