use reqwest::Method;
use serde_json::{Value, json};

use crate::accounts::{ACCOUNTS, account, shown_to_others};
use crate::support::{TestApp, USERS};

fn path_of(user: &Value) -> String {
    format!("{USERS}/{}", user["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_new_user_is_found_where_location_says() {
    let app = TestApp::start().await;
    app.create_user("grace@example.org").await;

    let body = account(" Ada Lovelace ", "Ada@Example.org");
    let created = app.post(ACCOUNTS, &body).await;
    let found = app.get(&created.headers["location"]).await;

    assert_eq!(created.status, 201);
    assert_eq!(created.body["name"], "Ada Lovelace");
    assert_eq!(created.body["email"], "ada@example.org");
    assert_eq!(found.status, 200);
    assert_eq!(found.body, shown_to_others(&created.body));
}

#[tokio::test]
async fn an_email_is_taken_once_whatever_its_case() {
    let app = TestApp::start().await;
    app.create_user("ada@example.org").await;
    let grace = app.create_user("grace@example.org").await;

    let taken = json!({ "email": "ADA@example.org" });
    let created = app.post(ACCOUNTS, &account("Ada", "ADA@example.org")).await;
    let updated = app.send_json(Method::PATCH, &path_of(&grace), &taken).await;

    assert_eq!(created.status, 409);
    assert_eq!(updated.status, 409);
}

#[tokio::test]
async fn an_email_is_taken_once_whatever_its_unicode_form() {
    let app = TestApp::start().await;
    let email = "jos\u{e9}@b\u{fc}cher.example";
    let created = app.post(ACCOUNTS, &account("Jos\u{e9}", email)).await;
    assert_eq!(created.status, 201);
    assert_eq!(created.body["email"], "jos\u{e9}@xn--bcher-kva.example");

    for same in [
        "jose\u{301}@bu\u{308}cher.example",
        "JOS\u{c9}@XN--BCHER-KVA.EXAMPLE",
        "\u{ff4a}os\u{e9}\u{ff20}b\u{fc}cher.example",
    ] {
        let taken = app.post(ACCOUNTS, &account("Jos\u{e9}", same)).await;
        assert_eq!(taken.status, 409, "{same}");
    }
}

#[tokio::test]
async fn a_name_is_composed_and_visible() {
    let app = TestApp::start().await;

    let body = account("Zoe\u{308}", "zoe@example.org");
    assert_eq!(app.post(ACCOUNTS, &body).await.body["name"], "Zo\u{eb}");

    for (name, code) in [
        ("\u{200b}\u{3164}\u{fe0f}\u{2800}", "too_short"),
        ("Ada\u{202e}gpj.exe", "invalid"),
        ("Ada\u{200b}", "invalid"),
    ] {
        let refused = app.post(ACCOUNTS, &account(name, "ada@example.org")).await;
        assert_eq!(refused.status, 422, "{name:?}");
        assert_eq!(refused.body["errors"][0]["code"], code, "{name:?}");
    }
}

#[tokio::test]
async fn an_update_changes_only_what_it_names() {
    let app = TestApp::start().await;
    let user = app.create_user("ada@example.org").await;

    let renamed = app
        .send_json(Method::PATCH, &path_of(&user), &json!({ "name": "Grace" }))
        .await;
    let unchanged = app
        .send_json(Method::PATCH, &path_of(&user), &json!({}))
        .await;

    assert_eq!(renamed.status, 200);
    assert_eq!(renamed.body["name"], "Grace");
    assert_eq!(renamed.body["email"], user["email"]);
    assert_eq!(renamed.body["created_at"], user["created_at"]);
    assert_ne!(renamed.body["updated_at"], user["updated_at"]);
    assert_eq!(unchanged.status, 200);
    assert_eq!(unchanged.body, renamed.body);
}

#[tokio::test]
async fn a_deleted_user_is_gone() {
    let app = TestApp::start().await;
    let path = path_of(&app.create_user("ada@example.org").await);

    assert_eq!(app.send(Method::DELETE, &path).await.status, 204);

    app.create_user("grace@example.org").await;
    assert_eq!(app.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_list_continues_after_a_user_without_a_total() {
    let app = TestApp::start().await;
    let first = app.create_user("first@example.org").await;
    let second = app.create_user("second@example.org").await;
    let third = app.create_user("third@example.org").await;

    let after = third["id"].as_str().unwrap();
    let older = app.get(&format!("{USERS}?after={after}&per_page=1")).await;
    let oldest = app
        .get(&format!("{USERS}?after={after}&per_page=1&page=2"))
        .await;

    let page = |data: Value, page: u32| json!({ "data": data, "page": page, "per_page": 1 });
    assert_eq!(older.body, page(json!([shown_to_others(&second)]), 1));
    assert_eq!(oldest.body, page(json!([shown_to_others(&first)]), 2));
}

#[tokio::test]
async fn a_list_starts_with_the_newest() {
    let app = TestApp::start().await;
    let first = app.create_user("first@example.org").await;
    let second = app.create_user("second@example.org").await;
    let third = app.create_user("third@example.org").await;

    let newest = app.get(&format!("{USERS}?per_page=2")).await;
    let oldest = app.get(&format!("{USERS}?per_page=2&page=2")).await;
    let beyond = app.get(&format!("{USERS}?per_page=2&page=3")).await;

    let page =
        |data: Value, page: u32| json!({ "data": data, "page": page, "per_page": 2, "total": 3 });
    let [first, second] = [first, second].map(|user| shown_to_others(&user));
    assert_eq!(newest.body, page(json!([third, second]), 1));
    assert_eq!(oldest.body, page(json!([first]), 2));
    assert_eq!(beyond.body, page(json!([]), 3));
}
