mod rate_limit;
