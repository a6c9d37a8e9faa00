use std::time::Duration;

/// The statement that makes the database stop a query whose request was given up. MySQL limits only `SELECT`, so
/// waiting for locks is limited as well; comments hide the other product's setting from MySQL (`/*M!`) and from
/// MariaDB (`/*!50708`).
pub(super) fn limits(statement_timeout: Duration) -> String {
    let seconds = statement_timeout.as_secs();
    let milliseconds = statement_timeout.as_millis();
    format!(
        "SET innodb_lock_wait_timeout = {seconds}, lock_wait_timeout = {seconds} \
         /*M! , max_statement_time = {seconds} */ \
         /*!50708 , max_execution_time = {milliseconds} */"
    )
}
