request_id: super::request_id::of(response.request()),
