//! Pagination.

use serde::Serialize;

use crate::error::Error;

/// The requested part of a list.
#[derive(Clone, Copy)]
pub struct Page {
    number: u32,
    size: u32,
}

impl Page {
    /// Reads `page` (from 1, by default 1) and `per_page` (1 to 100, by default 20) from a query
    /// string.
    pub fn from_query(query: &str) -> Result<Self, Error> {
        let mut number = None;
        let mut size = None;

        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let (slot, largest) = match &*name {
                "page" => (&mut number, u32::MAX),
                "per_page" => (&mut size, 100),
                _ => {
                    return Err(Error::Malformed(
                        "the query may only contain page and per_page".into(),
                    ));
                }
            };
            let value = value
                .parse()
                .ok()
                .filter(|value| (1..=largest).contains(value));
            if value.is_none() || slot.is_some() {
                let reason =
                    format!("{name} must be a whole number from 1 to {largest}, given once");
                return Err(Error::Malformed(reason));
            }
            *slot = value;
        }

        Ok(Self {
            number: number.unwrap_or(1),
            size: size.unwrap_or(20),
        })
    }

    /// Returns the maximum number of rows on a page.
    pub fn limit(self) -> i64 {
        self.size.into()
    }

    /// Returns the number of rows before the page. Cannot overflow, since a page has at most 100
    /// rows.
    pub fn offset(self) -> i64 {
        (i64::from(self.number) - 1) * i64::from(self.size)
    }

    /// Builds the response from the rows of this page and the number of all rows.
    pub fn listing<T>(self, data: Vec<T>, total: u64) -> Listing<T> {
        Listing {
            data,
            page: self.number,
            per_page: self.size,
            total,
        }
    }
}

/// A page of a list, as sent to the client.
#[derive(Serialize)]
pub struct Listing<T> {
    data: Vec<T>,
    page: u32,
    per_page: u32,
    total: u64,
}
