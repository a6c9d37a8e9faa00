pub mod body_limit;
