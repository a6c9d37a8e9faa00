//! Workers: they perform background jobs.
