//! `embed_migrations!` embeds the migrations in the binary, but Cargo does not track these files.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
