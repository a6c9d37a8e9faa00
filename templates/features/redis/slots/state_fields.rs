pub redis: Redis,
