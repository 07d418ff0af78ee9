//! Rectangles of pixels: what a label takes up, and what it keeps off.

/// A rectangle of pixels; y grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Its smallest x.
    pub left: f64,
    /// Its smallest y.
    pub top: f64,
    /// Its largest x.
    pub right: f64,
    /// Its largest y.
    pub bottom: f64,
}

impl Rect {
    /// Whether both have a point in common that is on no edge.
    pub fn meets(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether no part is outside of the other.
    pub fn is_inside(&self, other: &Rect) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }

    /// The rectangle with so much more on each side.
    pub fn grown(&self, by: f64) -> Rect {
        Rect {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// Whether a straight line passes through, by Liang and Barsky.
    pub fn is_crossed(&self, from: (f64, f64), to: (f64, f64)) -> bool {
        let (mut first, mut last) = (0.0_f64, 1.0_f64);
        for (start, step, low, high) in [
            (from.0, to.0 - from.0, self.left, self.right),
            (from.1, to.1 - from.1, self.top, self.bottom),
        ] {
            if step == 0.0 {
                if start <= low || start >= high {
                    return false;
                }
                continue;
            }
            let (enters, leaves) = ((low - start) / step, (high - start) / step);
            first = first.max(enters.min(leaves));
            last = last.min(enters.max(leaves));
        }
        first < last
    }
}
