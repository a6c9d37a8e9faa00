mod description;
