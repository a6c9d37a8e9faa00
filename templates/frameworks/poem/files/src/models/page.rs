//! Pagination.

use poem_openapi::Object;
use poem_openapi::types::ParseFromJSON;
use poem_openapi::types::ToJSON;
use serde::Serialize;
use uuid::Uuid;

/// The requested part of a list.
#[derive(Clone, Copy)]
pub struct Page {
    pub page: u32,
    pub per_page: u32,
    /// The id of the row that the list follows, if it does not start with the newest.
    pub after: Option<Uuid>,
}

/// Returns the page that a list starts with.
pub fn first() -> u32 {
    1
}

/// Returns the size of a page if none is requested.
pub fn default_size() -> u32 {
    20
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
    pub fn listing<T: ParseFromJSON + ToJSON>(
        self,
        data: Vec<T>,
        total: Option<u64>,
    ) -> Listing<T> {
        Listing {
            data,
            page: self.page,
            per_page: self.per_page,
            total,
        }
    }
}

/// A page of a list, as sent to the client.
#[derive(Object, Serialize)]
pub struct Listing<T: ParseFromJSON + ToJSON> {
    #[oai(validator(max_items = 100))]
    data: Vec<T>,
    #[oai(validator(minimum(value = "1")))]
    page: u32,
    #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
    per_page: u32,
    /// Number of items on all pages. Absent if `after` is given.
    #[oai(skip_serializing_if_is_none)]
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}
