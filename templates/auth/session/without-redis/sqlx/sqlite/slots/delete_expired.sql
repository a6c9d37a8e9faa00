DELETE FROM sessions
WHERE id IN (
    SELECT id FROM sessions
    WHERE created_at < ? OR last_used_at < ?
    LIMIT ?
)
