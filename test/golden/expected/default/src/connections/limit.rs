//! Adapts the limit on open connections to the limit on open files.

use tracing::warn;

/// File descriptors reserved for other uses, such as database connections.
const OTHER_FILES: u64 = 64;

/// Returns `wanted`, or less if the process may not open that many files.
pub fn lower(wanted: usize) -> usize {
    let files = u64::try_from(wanted).unwrap_or(u64::MAX);
    let files = rlimit::increase_nofile_limit(files.saturating_add(OTHER_FILES));
    let Ok(files) = files else {
        return wanted;
    };

    let possible = files - OTHER_FILES.min(files / 2);
    let possible = usize::try_from(possible).unwrap_or(usize::MAX);
    if possible < wanted {
        warn!("at most {possible} connections, since the process may open only {files} files");
    }
    possible.min(wanted)
}
