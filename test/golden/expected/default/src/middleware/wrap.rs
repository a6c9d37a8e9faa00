//! Layers made of two functions: one for requests, one for their responses.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use pin_project_lite::pin_project;
use tower::{Layer, Service};
use tracing::instrument::Instrumented;
use tracing::{Instrument, Span};

/// What a layer does to a request and to its response, without waiting for anything.
pub trait Middleware: Clone {
    /// What [`Middleware::after`] has to know about the request. If the client disconnects, it is
    /// dropped without a response.
    type State;

    /// Lets the request pass, or responds to it.
    fn before(&self, request: &mut Request) -> ControlFlow<Response, Self::State>;

    /// Changes the response to a request that has passed.
    fn after(_: Self::State, _: &mut Response) {}

    /// Returns the span in which a request that has passed is handled.
    fn span(_: &Self::State) -> Span {
        Span::none()
    }
}

/// The layer of a middleware. Unlike [`axum::middleware::from_fn`], it neither boxes the future nor
/// clones the service inside for each request.
#[derive(Clone)]
pub struct Wrap<M>(pub M);

impl<M: Clone, S> Layer<S> for Wrap<M> {
    type Service = Wrapped<M, S>;

    fn layer(&self, inner: S) -> Wrapped<M, S> {
        let Self(middleware) = self.clone();
        Wrapped { middleware, inner }
    }
}

/// A service inside the layer of a middleware.
#[derive(Clone)]
pub struct Wrapped<M, S> {
    middleware: M,
    inner: S,
}

impl<M, S> Service<Request> for Wrapped<M, S>
where
    M: Middleware,
    S: Service<Request, Error = Infallible>,
    S::Response: IntoResponse,
{
    type Response = Response;
    type Error = Infallible;
    type Future = ResponseFuture<M, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        match self.middleware.before(&mut request) {
            ControlFlow::Continue(state) => {
                let span = M::span(&state);
                let inner = span.in_scope(|| self.inner.call(request));
                ResponseFuture::Passed {
                    inner: inner.instrument(span),
                    state: Some(state),
                }
            }
            ControlFlow::Break(response) => ResponseFuture::Stopped {
                response: ready(response),
            },
        }
    }
}

pin_project! {
    /// The response to a request, once there is one.
    #[project = ResponseFutureProjection]
    pub enum ResponseFuture<M: Middleware, F> {
        Passed {
            #[pin]
            inner: Instrumented<F>,
            state: Option<M::State>,
        },
        Stopped {
            #[pin]
            response: Ready<Response>,
        },
    }
}

impl<M, F, R> Future for ResponseFuture<M, F>
where
    M: Middleware,
    F: Future<Output = Result<R, Infallible>>,
    R: IntoResponse,
{
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project() {
            ResponseFutureProjection::Passed { inner, state } => {
                let Ok(response) = ready!(inner.poll(context));
                let mut response = response.into_response();
                if let Some(state) = state.take() {
                    M::after(state, &mut response);
                }
                Poll::Ready(Ok(response))
            }
            ResponseFutureProjection::Stopped { response } => response.poll(context).map(Ok),
        }
    }
}
