// inject-above: `cargo loco generate` adds migrations here.
