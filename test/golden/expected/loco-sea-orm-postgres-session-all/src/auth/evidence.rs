/// The parts of a request that identify its caller and origin.
pub struct Evidence<'a> {
    pub cookies: Option<&'a str>,
    pub origin: Option<&'a str>,
    is_safe: bool,
    fetch_site: Option<&'a str>,
    host: Option<&'a str>,
}

impl<'a> Evidence<'a> {
    /// Reads headers through `header`; `is_safe` means that the method changes nothing.
    pub fn new(is_safe: bool, header: impl Fn(&str) -> Option<&'a str>) -> Self {
        Self {
            cookies: header("cookie"),
            origin: header("origin"),
            is_safe,
            fetch_site: header("sec-fetch-site"),
            host: header("host"),
        }
    }

    /// Returns whether the request is not cross-site, to prevent CSRF. Browsers send the origin
    /// with every request that may change something.
    pub fn is_own(&self) -> bool {
        let from_host = |origin: &str| {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == self.host
        };
        match self.fetch_site {
            _ if self.is_safe => true,
            Some(site) => ["same-origin", "none"].contains(&site),
            None => self.origin.is_none_or(from_host),
        }
    }
}
