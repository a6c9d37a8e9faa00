/// Stores a new user in the caller's transaction.
pub async fn insert(connection: &mut super::Connection, new: NewUser) -> QueryResult<User> {
    let user = User::from(new);

    diesel::insert_into(users::table)
        .values(user.clone())
        .execute(connection)
        .await?;

    Ok(user)
}
