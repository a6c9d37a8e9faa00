CREATE TABLE credentials (
    user_id       uuid NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    password_hash text NOT NULL
);
