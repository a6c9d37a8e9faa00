#!/bin/sh
set -eu
# Variables set by the container override this file.
[ -e .env ] || cp .env.example .env
rustup component add clippy rust-analyzer rust-src rustfmt
cargo fetch --locked
cargo install sea-orm-cli --version 2.0.4 --locked --no-default-features --features codegen,runtime-tokio-rustls,sqlx-postgres
