//! What is said of where m_crit and m_eq go for large L.

words! {
    to_bulk(beta) = "m_crit → m_β, β = {beta}";
    to_star(beta) = "m_crit → m*, β = {beta}";
    to_wall(beta) = "m_eq → the wall, β = {beta}";
    /// `how` is one of the two after the next; `reference` is m_β, m* or the wall with its value.
    limit(value, basis, reference, how) = "{basis}: {value}. {reference}, and this is {how}.";
    wall(m) = "Beside a + wall m is {m}";
    compatible(apart) = "{apart}, compatible with it";
    not_supported(apart) = "{apart}: not supported";
    inverse(sizes, quality) = "By a + b/L through {sizes} ({quality})";
    constant_from(sizes, l, quality) = "By a constant through the {sizes} from L = {l} on ({quality})";
    at_the_largest(l) = "At L = {l}, the largest size, with no limit taken";
}
