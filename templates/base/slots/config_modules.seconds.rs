mod seconds;
