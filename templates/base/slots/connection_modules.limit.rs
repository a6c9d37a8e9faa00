mod limit;
