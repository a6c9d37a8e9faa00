//! Replaces the table `users` of the database at `DATABASE_URL` by one with as many rows as the
//! argument says: `user-<n>@example.com`, from 1.

use std::env;
use std::error::Error;

use store::NewUser;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let rows: u32 = env::args().nth(1).ok_or("usage: seed <rows>")?.parse()?;
    let pool = store::connect().await?;
    store::recreate(&pool).await?;
    for row in 1..=rows {
        let new = NewUser {
            name: format!("User {row}"),
            email: format!("user-{row}@example.com"),
        };
        store::insert(&pool, new).await?;
    }
    // With it, SQLite moves what it has logged into the file, where every service finds it.
    pool.close().await;
    Ok(())
}
