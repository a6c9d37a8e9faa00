use reqwest::Method;

use crate::support::{TestApp, USERS};

#[tokio::test]
async fn a_user_that_other_rows_refer_to_is_not_deleted() {
    let app = TestApp::start().await;
    let user = app.create_user("ada@example.org").await;
    for statement in [
        "CREATE TABLE test_references (user_id BLOB, FOREIGN KEY (user_id) REFERENCES users (id))",
        "INSERT INTO test_references SELECT id FROM users",
    ] {
        app.database.execute(statement).await;
    }

    let path = format!("{USERS}/{}", user["id"].as_str().unwrap());
    let refused = app.send(Method::DELETE, &path).await;
    app.database.execute("DELETE FROM test_references").await;
    let deleted = app.send(Method::DELETE, &path).await;

    assert_eq!(refused.status, 409);
    assert_eq!(refused.body["errors"][0]["field"], "id");
    assert_eq!(refused.body["errors"][0]["code"], "referenced");
    assert_eq!(deleted.status, 204);
}
