/** How services on a Rust framework alone differ from ours besides their framework, for each section that has both. */
export const BARE = `Services on a Rust framework alone are written as
  its documentation and SQLx's show: SQLx tests a connection each time before it is used, TCP_NODELAY is not set, and
  text is stored as it was sent. Ours test a connection only after a second without use, and never on SQLite, set
  TCP_NODELAY, and trim and normalize text.`;
