//! The spins as bits, so that all spins around a site are read at once.
//!
//! Every site has a byte with the spins of eight rows of its column, from three below it to four
//! above, and bytes run row by row: eight of them in a row are the window of a site, columns and
//! rows from −3 to 4. A spin is in the bytes of eight rows, and turning it over changes them all.

/// Columns left of a site's, and rows below it, in its window.
pub(crate) const BEFORE: u32 = 3;
/// Columns and rows of a window.
pub(crate) const WIDTH: u32 = 8;
/// Columns and rows that come after the site's.
const AFTER: u32 = WIDTH - 1 - BEFORE;
/// The place of a window at which its site stands: places run column by column.
pub(crate) const CENTRE: u32 = place(0, 0);

/// The place in a window of the site `dx` columns to the right of its site and `dy` rows above,
/// from −3 to 4.
pub(crate) const fn place(dx: i32, dy: i32) -> u32 {
    (WIDTH as i32 * (dx + BEFORE as i32) + dy + BEFORE as i32) as u32
}

/// Rows whose bytes have one of two neighbouring rows.
const ROWS: usize = WIDTH as usize + 1;

/// Rows below and above its first site in which the patch of a change has a bond's left or lower
/// site.
const REACH: u32 = 2;

/// How row `y` of `ly` stands to the edge in y, over which a patch may go on; 0 if its does not.
pub(crate) fn row_zone(y: u32, ly: u32) -> u8 {
    let below = y < REACH;
    if !below && y + REACH < ly {
        return 0;
    }
    if below {
        1 + y as u8
    } else {
        (REACH + ly - y) as u8
    }
}

/// Spins as bits, 1 for σ = +1: the columns of a lattice, and one outer column on either side.
#[derive(Clone, Debug)]
pub(crate) struct Windows {
    bytes: Vec<u8>,
    /// Where each row begins, from the fourth below the lattice to the fourth above and one more,
    /// around the period.
    rows: Vec<u32>,
    columns: usize,
    zones: Vec<u8>,
}

impl Windows {
    /// All spins −1.
    pub fn new(lx: u32, ly: u32) -> Self {
        // A window reaches over the outer columns, where nothing is.
        let columns = lx + WIDTH - 1;
        let around = |row: u32| (row + ly * AFTER - AFTER) % ly * columns;
        Windows {
            bytes: vec![0; (columns * ly) as usize],
            rows: (0..ly + ROWS as u32 - 1).map(around).collect(),
            columns: columns as usize,
            zones: (0..ly).map(|y| row_zone(y, ly)).collect(),
        }
    }

    /// The spins around the site in column `x` and row `y`, both from 0: see [`place`].
    ///
    /// # Panics
    /// Panics if the lattice has no such site.
    #[inline(always)]
    pub fn read(&self, x: usize, y: usize) -> u64 {
        let bytes = &self.bytes[y * self.columns + x..];
        u64::from_le_bytes(*bytes.first_chunk().expect("the lattice has the site"))
    }

    /// How the window of a row stands to the lattice's edge in y.
    #[inline(always)]
    pub fn zone(&self, y: usize) -> usize {
        usize::from(self.zones[y])
    }

    /// Whether the spin in row `y` of a column, the outer one on the left being −1, is up.
    #[inline(always)]
    pub fn is_up(&self, x: i32, y: usize) -> bool {
        self.bytes[y * self.columns + column(x)] >> BEFORE & 1 == 1
    }

    /// The spins of a column from row `y` on, as many as a byte has bits, around the period.
    pub fn rows_from(&self, x: usize, y: usize) -> u8 {
        let rows = self.zones.len();
        self.bytes[(y + BEFORE as usize) % rows * self.columns + x + BEFORE as usize]
    }

    /// Whether the spin of a site is unlike the one above it, or the one on its right.
    #[inline(always)]
    pub fn is_unlike(&self, x: usize, y: usize, horizontal: bool) -> bool {
        let own = y * self.columns + x + BEFORE as usize;
        let [own, right] = [self.bytes[own], self.bytes[own + 1]];
        let other = if horizontal { right } else { own >> 1 };
        (own ^ other) >> BEFORE & 1 == 1
    }

    /// Turns over the spin in row `y` of a column, the outer one on the left being −1.
    pub fn turn(&mut self, x: i32, y: usize) {
        for (row, &from) in self.rows[y..][..WIDTH as usize].iter().enumerate() {
            self.bytes[from as usize + column(x)] ^= 0x80 >> row;
        }
    }

    /// Turns over the spin of a site and the one above it, or the one on its right.
    ///
    /// # Panics
    /// Panics if the lattice has no such site.
    #[inline(always)]
    #[expect(unsafe_code, reason = "the event loop")]
    pub fn turn_two(&mut self, x: usize, y: usize, horizontal: bool) {
        let place = x + BEFORE as usize;
        let rows: &[u32; ROWS] = self.rows[y..]
            .first_chunk()
            .expect("the lattice has the row");
        assert!(place + 1 < self.columns);
        for (row, &from) in rows.iter().enumerate() {
            let at = from as usize + place;
            // The lowest row has the first spin at the top of its byte, and not the one above.
            let [own, above] = [0x80_u32 >> row, 0x100 >> row].map(|bit| bit as u8);
            // SAFETY: `new` has made room for as many columns in each row.
            let bytes = unsafe { self.bytes.get_unchecked_mut(at..at + 2) };
            if horizontal {
                let spins = u16::from_le_bytes([bytes[0], bytes[1]]) ^ (u16::from(own) * 0x101);
                bytes.copy_from_slice(&spins.to_le_bytes());
            } else {
                bytes[0] ^= own | above;
            }
        }
    }
}

/// The place of a column's byte in its row.
#[inline(always)]
fn column(x: i32) -> usize {
    (x + BEFORE as i32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    #[test]
    fn windows_are_what_the_spins_are() {
        let mut stream = Stream::new(5, 0);
        let sizes = [
            (2, 3),
            (4, 4),
            (5, 7),
            (6, 8),
            (7, 57),
            (7, 58),
            (4, 114),
            (4, 115),
            (4, 512),
        ];
        // Miri takes a thousand times as long.
        let tried = if cfg!(miri) { 2 } else { sizes.len() };
        for (lx, ly) in sizes.into_iter().take(tried) {
            let mut windows = Windows::new(lx, ly);
            let mut up = vec![vec![false; ly as usize]; lx as usize + 2];
            for _ in 0..3 * lx * ly {
                let (column, y) = (stream.below(lx + 2), stream.below(ly));
                let (x, y) = (column as i32 - 1, y as usize);
                let column = &mut up[column as usize];
                column[y] ^= true;
                let next = (x + 1) as usize;
                match stream.below(3) {
                    0 => windows.turn(x, y),
                    1 if (0..lx as i32 - 1).contains(&x) => {
                        up[next + 1][y] ^= true;
                        windows.turn_two(next - 1, y, true);
                    }
                    _ if (0..lx as i32).contains(&x) => {
                        column[(y + 1) % ly as usize] ^= true;
                        windows.turn_two(next - 1, y, false);
                    }
                    _ => windows.turn(x, y),
                }
            }
            for (x, y) in (0..lx as i32).flat_map(|x| (0..ly as i32).map(move |y| (x, y))) {
                let window = windows.read(x as usize, y as usize);
                for (dx, dy) in (-3..5).flat_map(|dx| (-3..5).map(move |dy| (dx, dy))) {
                    let there = up.get((x + dx + 1) as usize);
                    let expected =
                        there.is_some_and(|column| column[(y + dy).rem_euclid(ly as i32) as usize]);
                    assert_eq!(
                        window >> place(dx, dy) & 1 == 1,
                        expected,
                        "{lx}×{ly}: {x} {y} {dx} {dy}"
                    );
                }
                assert_eq!(windows.is_up(x, y as usize), up[x as usize + 1][y as usize]);
                let above = (0..8).map(|row| up[x as usize + 1][((y + row) % ly as i32) as usize]);
                let above = above.rev().fold(0, |bits, up| bits << 1 | u8::from(up));
                assert_eq!(windows.rows_from(x as usize, y as usize), above);
            }
        }
    }
}
