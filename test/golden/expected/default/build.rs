use std::env;

fn main() {
    // `sqlx::migrate!` compiles the migrations in, but Cargo does not see that it reads them.
    println!("cargo::rerun-if-changed=migrations");

    // Queries are checked against .sqlx/, so that a build needs no database; with `SQLX_OFFLINE=false` in the environment,
    // against the database of DATABASE_URL.
    println!("cargo::rerun-if-env-changed=SQLX_OFFLINE");
    if env::var_os("SQLX_OFFLINE").is_none() {
        println!("cargo::rustc-env=SQLX_OFFLINE=true");
    }
}
