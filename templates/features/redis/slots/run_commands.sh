# Redis must be running at the address in REDIS_URL.
