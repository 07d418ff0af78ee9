//! Lists of numbers in a link: `0.998,0.999` or `0.9975:1:0.0001`, or both.

use crate::notation::numeral::real;
use crate::notation::ten_to;
use crate::order;
use std::fmt;

/// Values that a list may have.
pub const MOST_VALUES: usize = 200;
/// Decimals that a range is counted in.
const MOST_DECIMALS: usize = 12;

/// A list as it was written, and the values that it stands for, ascending and distinct.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    text: String,
    values: Vec<f64>,
}

impl Values {
    /// Reads a list of single values and ranges `first:last:step`, separated by commas;
    /// none if it is not written so, or gives no value or more than 200.
    ///
    /// Ranges are counted in decimals, so that 0.9975:1:0.0001 holds 0.9991 and not a
    /// number beside it; `last` belongs to the range if a step ends there.
    ///
    /// # Example
    /// ```
    /// use uphill::scan::plan::values::Values;
    /// let sizes = Values::read("10:40:10,12").unwrap();
    /// assert_eq!(sizes.values(), [10.0, 12.0, 20.0, 30.0, 40.0]);
    /// assert_eq!(sizes.to_string(), "10:40:10,12");
    /// ```
    pub fn read(text: &str) -> Option<Values> {
        let mut values: Vec<f64> = Vec::new();
        let mut parts = Vec::new();
        for part in text.split(',') {
            let ends: Vec<f64> = part.split(':').map(real).collect::<Option<_>>()?;
            match ends[..] {
                [value] => values.push(value),
                [first, last, step] => values.extend(range(first, last, step)?),
                _ => return None,
            }
            parts.push(
                ends.iter()
                    .map(f64::to_string)
                    .collect::<Vec<_>>()
                    .join(":"),
            );
            if values.len() > MOST_VALUES {
                return None;
            }
        }
        let ascending = order::ascending(&values).into_iter();
        let mut values: Vec<f64> = ascending.map(|place| values[place]).collect();
        values.dedup();
        Some(Values {
            text: parts.join(","),
            values,
        })
    }

    /// The values, ascending.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

impl fmt::Display for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Below it every whole number is one of its own.
const COUNTED: f64 = (1u64 << 53) as f64;

/// The values of a range, each the decimal number nearest to it.
fn range(first: f64, last: f64, step: f64) -> Option<Vec<f64>> {
    let decimals = [first, step].into_iter().map(decimals_of).max()?;
    if decimals > MOST_DECIMALS {
        return None;
    }
    let scale = ten_to(decimals as i32);
    let counted = |x: f64| Some((x * scale).round()).filter(|n| n.abs() < COUNTED);
    let (from, by) = (counted(first)? as i64, counted(step)? as i64);
    let to = (last * scale + 1e-6).floor();
    if by <= 0 || !(to >= from as f64 && to < COUNTED) {
        return None;
    }
    let steps = (to as i64 - from) / by;
    if steps >= MOST_VALUES as i64 {
        return None;
    }
    (0..=steps)
        .map(|i| format!("{}e-{decimals}", from + i * by).parse().ok())
        .collect()
}

fn decimals_of(x: f64) -> usize {
    x.to_string().split_once('.').map_or(0, |(_, d)| d.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_the_decimal_numbers() {
        let m = Values::read("0.9975:1:1e-4").unwrap();
        assert_eq!(m.values().len(), 26);
        assert!(m.values().contains(&0.9991) && m.values().contains(&1.0));
        assert_eq!(m.to_string(), "0.9975:1:0.0001");
        let short = Values::read("0:1:0.3").unwrap();
        assert_eq!(short.values(), [0.0, 0.3, 0.6, 0.9]);
        assert_eq!(
            Values::read("-0.2:-0.1:0.1").unwrap().values(),
            [-0.2, -0.1]
        );
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in [
            "",
            ",",
            "1,",
            "a",
            "1:2",
            "1:2:0",
            "1:2:-1",
            "2:1:1",
            "1:2:3:4",
            "0:1:1e-9",
            "nan",
            "1:inf:1",
            "0:1e300:1e299",
            "1e300:1e300:1",
            "0:1:1e-300",
        ] {
            assert_eq!(Values::read(text), None, "{text}");
        }
    }
}
