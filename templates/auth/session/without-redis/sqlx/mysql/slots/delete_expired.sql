DELETE FROM sessions
WHERE created_at < ? OR last_used_at < ?
LIMIT ?
