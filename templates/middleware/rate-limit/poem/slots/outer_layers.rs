.around({
    let state = state.clone();
    move |next, request| middleware::rate_limit::count(state.clone(), next, request)
})
