package peers.users;

import java.util.List;

/** A page of users. */
record Page(List<User> data, int page, int perPage, long total) {}
