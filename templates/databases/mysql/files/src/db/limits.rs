use std::time::Duration;

/// The statement that makes the database stop queries whose request has already timed out. MySQL
/// limits only `SELECT`, so this limits lock waits as well. Comments hide each product's setting
/// from the other: `/*M!` hides it from MySQL and `/*!50708` from MariaDB.
pub(super) fn limits(statement_timeout: Duration) -> String {
    let seconds = statement_timeout.as_secs();
    let milliseconds = statement_timeout.as_millis();
    format!(
        "SET innodb_lock_wait_timeout = {seconds}, lock_wait_timeout = {seconds} \
         /*M! , max_statement_time = {seconds} */ \
         /*!50708 , max_execution_time = {milliseconds} */"
    )
}
