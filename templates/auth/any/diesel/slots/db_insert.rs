/// Stores a new user, in a transaction of the caller.
pub async fn insert(connection: &mut super::Connection, new: NewUser) -> QueryResult<User> {
    let user = User::from(new);

    diesel::insert_into(users::table)
        .values(Row::from(user.clone()))
        .execute(connection)
        .await?;

    Ok(user)
}
