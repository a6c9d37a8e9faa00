mod session_store;
