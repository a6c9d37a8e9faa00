statuses.push(429);
