//! `sqlx::migrate!` puts the migrations into the program, but Cargo does not see that it reads them.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
