//! Query parameters.

use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::Arc;

use poem::FromRequest;
use poem::Request;
use poem::RequestBody;
use poem::Result;
use poem::http::Method;
use poem::web::Data;
use poem_openapi::ApiExtractor;
use poem_openapi::ApiExtractorType;
use poem_openapi::ExtractParamOptions;
use poem_openapi::param;
use poem_openapi::registry::MetaOperation;
use poem_openapi::registry::MetaParamIn;
use poem_openapi::registry::MetaSchemaRef;
use poem_openapi::registry::Registry;
use poem_openapi::types::ParseFromParameter;

use crate::error::Error;

/// A query parameter of an operation that rejects unknown and repeated ones. poem-openapi's own
/// `Query`, which ignores them, parses and describes it.
pub struct Query<T>(pub T);

impl<'a, T: ParseFromParameter> ApiExtractor<'a> for Query<T> {
    const TYPES: &'static [ApiExtractorType] = param::Query::<T>::TYPES;
    const PARAM_IS_REQUIRED: bool = param::Query::<T>::PARAM_IS_REQUIRED;

    type ParamType = T;
    type ParamRawType = T::RawValueType;

    fn register(registry: &mut Registry) {
        param::Query::<T>::register(registry);
    }

    fn param_in() -> Option<MetaParamIn> {
        param::Query::<T>::param_in()
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        param::Query::<T>::param_schema_ref()
    }

    fn param_raw_type(&self) -> Option<&T::RawValueType> {
        self.0.as_raw_value()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<T>,
    ) -> Result<Self> {
        let Data(names) = Data::<&Names>::from_request_without_body(request).await?;
        names.check(request)?;
        let param::Query(value) = param::Query::from_request(request, body, options).await?;
        Ok(Self(value))
    }
}

/// The names of the query parameters of a path's operations, by method.
#[derive(Clone)]
pub struct Names(Arc<HashMap<Method, Vec<String>>>);

impl Names {
    pub fn of(operations: Vec<MetaOperation>) -> Self {
        let names = |operation: MetaOperation| {
            let params = operation.params.into_iter();
            let params = params.filter(|param| param.in_type == MetaParamIn::Query);
            (operation.method, params.map(|param| param.name).collect())
        };
        Self(Arc::new(operations.into_iter().map(names).collect()))
    }

    /// Checks that the query has only parameters of the operation, each at most once.
    fn check(&self, request: &Request) -> Result<(), Error> {
        let method = match request.method() {
            &Method::HEAD => &Method::GET,
            method => method,
        };
        let known = self.0.get(method).map(Vec::as_slice).unwrap_or_default();
        let sent: Vec<(String, String)> = request.params().unwrap_or_default();
        let names: HashSet<_> = sent.iter().map(|(name, _)| name).collect();
        if names.len() < sent.len() || !names.iter().all(|&name| known.contains(name)) {
            let detail = "the query has an unknown or repeated parameter";
            return Err(Error::Malformed(detail.into()));
        }
        Ok(())
    }
}
