//! The order of numbers: one sort for all of them, of which the page loads one copy.

/// The places of some values, the smallest value first, and of equal ones the first.
pub(crate) fn ascending(values: &[f64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    places.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    places
}

/// The places of some values, the largest value first, and of equal ones the first.
pub(crate) fn descending(values: &[f64]) -> Vec<usize> {
    let below: Vec<f64> = values.iter().map(|value| -value).collect();
    ascending(&below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_keep_their_order() {
        let values = [0.5, -1.0, 0.5, f64::INFINITY, -1.0];
        assert_eq!(ascending(&values), [1, 4, 0, 2, 3]);
        assert_eq!(descending(&values), [3, 0, 2, 1, 4]);
        assert!(ascending(&[]).is_empty());
    }
}
