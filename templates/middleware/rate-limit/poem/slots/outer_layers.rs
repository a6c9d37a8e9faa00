.around({
    let limit = state.rate_limit.clone();
    move |next, request| middleware::rate_limit::count(limit.clone(), next, request)
})
