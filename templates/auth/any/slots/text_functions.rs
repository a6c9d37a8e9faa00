/// Replaces every kind of Unicode space with an ASCII space.
pub fn unify_spaces(text: &str) -> String {
    let is_space = |c| GeneralCategory::for_char(c) == GeneralCategory::SpaceSeparator;
    text.replace(is_space, " ")
}
