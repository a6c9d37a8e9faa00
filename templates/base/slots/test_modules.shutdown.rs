mod shutdown;
