package peers.users;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table users. */
@Repository
class UserRepository {
    private static final String COLUMNS = "id, name, email, created_at, updated_at";

    private final JdbcClient database;
    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

    UserRepository(JdbcClient database) {
        this.database = database;
    }

    Optional<User> find(UUID id) {
        return database.sql("SELECT " + COLUMNS + " FROM users WHERE id = ?")
                .param(id)
                .query(UserRepository::read)
                .optional();
    }

    List<User> list(int page, int perPage) {
        return database.sql("SELECT " + COLUMNS + " FROM users ORDER BY id DESC LIMIT ? OFFSET ?")
                .param(perPage)
                .param((page - 1) * perPage)
                .query(UserRepository::read)
                .list();
    }

    long count() {
        return database.sql("SELECT COUNT(*) FROM users").query(Long.class).single();
    }

    User insert(NewUser user) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        OffsetDateTime stored = now.atOffset(ZoneOffset.UTC);
        User created = new User(ids.generate(), user.name(), user.email(), now, now);
        database.sql("INSERT INTO users (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?)")
                .param(created.id())
                .param(created.name())
                .param(created.email())
                .param(stored)
                .param(stored)
                .update();
        return created;
    }

    private static User read(ResultSet row, int number) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
