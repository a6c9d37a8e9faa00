/// Matches a decimal number with at most `precision` digits, `scale` of them after the point.
pub fn decimal(precision: usize, scale: usize) -> String {
    let digits = (precision - scale).max(1);
    let fraction = match scale {
        0 => String::new(),
        _ => format!(r"(\.[0-9]{{1,{scale}}})?"),
    };
    format!("^-?[0-9]{{1,{digits}}}{fraction}$")
}
