#!/bin/sh
set -eu
rustup component add clippy rust-analyzer rust-src rustfmt
cargo fetch --locked
cargo install sea-orm-cli --version 2.0.4 --locked
