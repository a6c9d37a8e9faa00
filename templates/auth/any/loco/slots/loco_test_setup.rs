// Also signs in.
app.create_user("ada@example.org").await;
