# REDIS_URL in it names a Redis server that has to run.
