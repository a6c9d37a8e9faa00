use std::env;

fn main() {
    // `sqlx::migrate!` embeds the migrations, but Cargo does not track these files.
    println!("cargo::rerun-if-changed=migrations");

    // Queries are checked against .sqlx/, so a build needs no database. With `SQLX_OFFLINE=false`
    // in the environment, they are checked against the database of DATABASE_URL instead.
    println!("cargo::rerun-if-env-changed=SQLX_OFFLINE");
    if env::var_os("SQLX_OFFLINE").is_none() {
        println!("cargo::rustc-env=SQLX_OFFLINE=true");
    }
}
