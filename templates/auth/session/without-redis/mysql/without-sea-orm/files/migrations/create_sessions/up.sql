CREATE TABLE sessions (
    id           BINARY(32) NOT NULL PRIMARY KEY,
    user_id      BINARY(16) NOT NULL,
    created_at   DATETIME(6) NOT NULL,
    last_used_at DATETIME(6) NOT NULL,
    INDEX sessions_user_id (user_id),
    INDEX sessions_created_at (created_at),
    INDEX sessions_last_used_at (last_used_at),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4;
