# Redis has to run at the address in REDIS_URL.
