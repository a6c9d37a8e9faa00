//! Adapts the limit on open connections to the limit on open files.

use tracing::warn;

/// File descriptors reserved for other uses, such as the runtime's own.
const OTHER_FILES: u64 = 64;

/// Returns `wanted`, or less if the process may not open that many files and `others`.
pub fn lower(wanted: usize, others: u64) -> usize {
    let others = OTHER_FILES + others;
    let files = u64::try_from(wanted).unwrap_or(u64::MAX);
    let files = rlimit::increase_nofile_limit(files.saturating_add(others));
    let Ok(files) = files else {
        return wanted;
    };

    let possible = files - others.min(files / 2);
    let possible = usize::try_from(possible).unwrap_or(usize::MAX);
    if possible < wanted {
        warn!("at most {possible} connections, since the process may open only {files} files");
    }
    possible.min(wanted)
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn other_files_leave_fewer_connections() {
        assert_eq!(lower(usize::MAX, 0) - lower(usize::MAX, 10), 10);
    }
}
