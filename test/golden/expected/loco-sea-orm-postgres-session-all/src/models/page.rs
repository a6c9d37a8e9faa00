//! Pagination.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

/// The requested part of a list.
#[derive(Clone, Copy, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub struct Page {
    /// Page number, starting at 1.
    #[validate(range(min = 1))]
    #[param(minimum = 1, maximum = 4_294_967_295_u32, default = 1)]
    pub page: u32,
    /// Maximum number of items per page.
    #[validate(range(min = 1, max = 100))]
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub per_page: u32,
    /// Lists only the rows that follow the one with this id, which are older. Pages are counted
    /// from there, and `total` is omitted.
    pub after: Option<Uuid>,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            page: 1,
            per_page: 20,
            after: None,
        }
    }
}

impl Page {
    /// Returns the maximum number of rows on a page.
    pub fn limit(self) -> i64 {
        self.per_page.into()
    }

    /// Returns the number of rows to skip. Cannot overflow, since a page has at most 100 rows.
    pub fn offset(self) -> i64 {
        (i64::from(self.page) - 1) * i64::from(self.per_page)
    }

    /// Returns the id that all listed ids are less than: the highest UUID unless `after` is given.
    pub fn below(self) -> Uuid {
        self.after.unwrap_or(Uuid::max())
    }

    /// Returns whether to count all rows, which takes longer the more there are.
    pub fn needs_total(self) -> bool {
        self.after.is_none()
    }

    /// Builds the response from the rows of this page and, if they were counted, the number of all.
    pub fn listing<T>(self, data: Vec<T>, total: Option<u64>) -> Listing<T> {
        Listing {
            data,
            page: self.page,
            per_page: self.per_page,
            total,
        }
    }
}

/// A page of a list, as sent to the client.
#[derive(Serialize, ToSchema)]
pub struct Listing<T> {
    #[schema(max_items = 100)]
    data: Vec<T>,
    #[schema(minimum = 1)]
    page: u32,
    #[schema(minimum = 1, maximum = 100)]
    per_page: u32,
    /// Number of items on all pages. Absent if `after` is given.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}
