mod timeout;
