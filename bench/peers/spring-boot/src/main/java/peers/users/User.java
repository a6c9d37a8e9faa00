package peers.users;

import java.time.Instant;
import java.util.UUID;

/** A user, as stored and as sent to clients. */
record User(UUID id, String name, String email, Instant createdAt, Instant updatedAt) {}
