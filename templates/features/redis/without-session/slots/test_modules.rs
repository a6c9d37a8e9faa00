mod without_redis;
