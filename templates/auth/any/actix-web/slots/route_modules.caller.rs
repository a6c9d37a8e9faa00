mod caller;
