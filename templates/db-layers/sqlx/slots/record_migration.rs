let statement = format!(
    "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
     VALUES ({version}, 'other', TRUE, '', 0)"
);
