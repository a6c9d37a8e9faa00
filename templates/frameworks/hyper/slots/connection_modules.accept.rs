mod accept;
