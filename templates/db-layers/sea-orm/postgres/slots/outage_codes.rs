// Too many connections; shut down by an operator, after a crash, or not started yet.
matches!(code, Some("53300" | "57P01" | "57P02" | "57P03"))
