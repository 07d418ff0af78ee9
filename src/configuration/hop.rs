//! The hops of lone spins, which are most of the moves of a large lattice.

use super::key::{Key, Shape};
use super::patch::{Patch, Patches};
use super::transition::Transition;
use crate::lattice::window::{CENTRE, WIDTH, place};

/// What the hop of a lone spin replaces: each bond before the one that takes its place.
type Replaced = [[u8; 2]; 3];

/// The hops of lone spins, whose transitions are known by less than their keys: by shape, then
/// by whether the lone spin is the first or the second of the two.
#[derive(Clone, Debug)]
pub(crate) struct Hops([[Replaced; 2]; 2]);

impl Hops {
    /// The hops on a lattice of `ly` rows with the given patches; none where rows are so few that
    /// a site has several places in a window.
    pub fn new(patches: &Patches, ly: u32) -> Option<Self> {
        let hop = |shape, at| Hops::hop(shape, patches.of(shape), at);
        (ly >= WIDTH).then(|| {
            Hops([
                [CENTRE, place(0, 1)].map(|at| hop(Shape::Vertical, at)),
                [CENTRE, place(1, 0)].map(|at| hop(Shape::Horizontal, at)),
            ])
        })
    }

    fn hop(shape: Shape, patch: &Patch, at: u32) -> Replaced {
        let transition = Transition::new(Key::new(shape, Key::FAR_COLUMN, 1 << at), patch);
        let replaced = transition.replaced().first_chunk();
        *replaced.expect("a lone spin takes three bonds along")
    }

    /// What is replaced, if all spins that matter are equal but one of the two that are exchanged.
    #[inline(always)]
    pub fn find(&self, key: Key, window: u64, shape: Shape) -> Option<&Replaced> {
        let rare = Key::rare_spins(window, shape);
        // As the two are unlike, a single one is one of them.
        let alone = rare & rare.wrapping_sub(1) == 0;
        let second = usize::from(rare != 1 << CENTRE);
        (alone && key.is_far()).then(|| &self.0[shape as usize % 2][second])
    }
}
