mod failure;
