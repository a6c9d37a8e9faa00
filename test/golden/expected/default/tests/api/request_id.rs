use reqwest::Method;

use crate::support::{TestApp, answer};

#[tokio::test]
async fn a_valid_request_id_is_kept_and_any_other_replaced() {
    let app = TestApp::start().await;
    let send = |id: &str| {
        answer(
            app.request(Method::GET, "/nowhere")
                .header("x-request-id", id),
        )
    };

    let kept = send("trace-1.A_b").await;
    assert_eq!(kept.headers["x-request-id"], "trace-1.A_b");
    assert_eq!(kept.body["request_id"], "trace-1.A_b");

    for id in ["", "a b", "<script>", &"x".repeat(129)] {
        let replaced = send(id).await;
        assert_ne!(replaced.headers["x-request-id"], id);
        assert_eq!(
            replaced.body["request_id"],
            replaced.headers["x-request-id"]
        );
    }
}
