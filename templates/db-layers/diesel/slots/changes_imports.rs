use diesel::AsChangeset;
