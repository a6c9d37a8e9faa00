/// Stores a new user.
pub async fn insert(db: &Db, new: NewUser) -> Result<User, Error> {
    let user = User::from(new);
    let row = user.clone();

    with_connection(db, async |connection| {
        diesel::insert_into(users::table)
            .values(row)
            .execute(connection)
            .await
    })
    .await?;

    Ok(user)
}
