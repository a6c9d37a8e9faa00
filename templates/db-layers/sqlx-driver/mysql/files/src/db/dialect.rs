//! How MySQL and MariaDB report errors:
//! <https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html> and
//! <https://mariadb.com/kb/en/mariadb-error-code-reference/>.

use sqlx::error::DatabaseError;
use sqlx::error::ErrorKind;
use sqlx::mysql::MySqlDatabaseError;

/// Returns the column of the violated key.
pub(super) fn column(error: &dyn DatabaseError) -> Option<&str> {
    match error.kind() {
        // "… for key 'users.email'", on MariaDB "… for key 'email'". An unnamed key takes the name
        // of its column.
        ErrorKind::UniqueViolation => {
            let key = error.message().rsplit('\'').nth(1)?;
            key.rsplit('.').next().filter(|&column| column != "PRIMARY")
        }
        // "… CONSTRAINT `orders_ibfk_1` FOREIGN KEY (`user_id`) REFERENCES …"
        ErrorKind::ForeignKeyViolation => {
            let (_, key) = error.message().rsplit_once("FOREIGN KEY (`")?;
            key.split('`').next()
        }
        _ => None,
    }
}

/// Always returns false: MySQL reports `ON DELETE RESTRICT` like any violated foreign key.
pub(super) fn is_restricted(_: &dyn DatabaseError) -> bool {
    false
}

const TRANSIENT: [u16; 10] = [
    1040, // too many connections
    1053, // server shutdown
    1203, // too many connections of this user
    1205, // lock wait timeout
    1213, // deadlock
    1317, // query interrupted
    1927, // connection killed (MariaDB)
    1969, // statement timeout (MariaDB)
    3024, // statement timeout (MySQL)
    3572, // lock not available
];

pub(super) fn is_transient(error: &dyn DatabaseError) -> bool {
    error
        .try_downcast_ref::<MySqlDatabaseError>()
        .is_some_and(|error| TRANSIENT.contains(&error.number()))
}
