call.check(status, &headers, &body);
