//! The hops of lone spins, which are most of the moves of a large lattice.

use crate::lattice::UP;
use crate::patch::{Key, Patch, Shape, changed};
use crate::transition::Transition;

/// The hop of a lone spin, whose transition is known by less than its key.
#[derive(Clone, Copy, Debug)]
struct Hop {
    /// The bytes of the patch that the hop changes.
    changed: [u64; 2],
    replaced: [[i16; 2]; 3],
}

/// The hops of lone spins, by the byte of the bond's first site: it is the spin itself, or
/// tells that the other site is.
#[derive(Clone, Debug)]
pub(crate) struct Hops {
    hops: [Hop; 32],
    mask: [u64; 2],
}

impl Hops {
    /// The hops over the bond of a patch, whose rows are the key's `rows`.
    pub fn new(shape: Shape, patch: &Patch, rows: u8) -> Self {
        let mask = changed(shape);
        let never = Hop {
            changed: [u64::MAX; 2],
            replaced: [[0; 2]; 3],
        };
        let mut hops = [never; 32];
        for spin in [0, UP] {
            for key in Key::of_lone(shape, rows, spin) {
                let transition = Transition::new(key, patch);
                let hop = Hop {
                    changed: key.masked(mask),
                    replaced: transition
                        .replaced()
                        .try_into()
                        .expect("a lone spin takes three bonds along"),
                };
                hops[usize::from(key.first(shape))] = hop;
            }
        }
        Hops { hops, mask }
    }

    /// The bonds that are replaced, if a patch is that of a lone spin's hop.
    #[inline(always)]
    pub fn find(&self, key: &Key, shape: Shape) -> Option<&[[i16; 2]; 3]> {
        let hop = &self.hops[usize::from(key.first(shape)) % 32];
        (key.masked(self.mask) == hop.changed).then_some(&hop.replaced)
    }
}
