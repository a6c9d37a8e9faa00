CREATE TABLE users (
    id         BINARY(16) NOT NULL PRIMARY KEY,
    name       VARCHAR(100) NOT NULL,
    email      VARCHAR(254) COLLATE utf8mb4_bin NOT NULL UNIQUE,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4;
