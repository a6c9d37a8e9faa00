mod signed_in;
