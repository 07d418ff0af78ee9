//! The kinds of experiment: the figures of the paper, two comparisons, and what goes beyond it.

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Fig. 2: J against m₊, and J_t.
    Current,
    /// Fig. 3: final spins and profiles at several m₊.
    States,
    /// Fig. 4: m_eq against L, reservoirs off.
    Equilibrium,
    /// m_crit beside m_eq, for lists of L and β.
    Relation,
    /// m* of one phase alone, for a list of β.
    Match,
    /// (Lx + 1)·J against L, for a list of m₊.
    Sizes,
    /// The sign of J and the state over m₊ and β.
    Map,
    /// The states that runs far below m_crit go through.
    Regimes,
    /// Both dynamics beside the exact solution of the 4×4 lattice.
    Exact,
}

impl Kind {
    /// All of them, in the order of the paper.
    pub const ALL: [Kind; 9] = [
        Kind::Current,
        Kind::States,
        Kind::Equilibrium,
        Kind::Relation,
        Kind::Match,
        Kind::Sizes,
        Kind::Map,
        Kind::Regimes,
        Kind::Exact,
    ];

    /// Their names in a link.
    pub const KEYS: [&str; 9] = [
        Kind::Current.key(),
        Kind::States.key(),
        Kind::Equilibrium.key(),
        Kind::Relation.key(),
        Kind::Match.key(),
        Kind::Sizes.key(),
        Kind::Map.key(),
        Kind::Regimes.key(),
        Kind::Exact.key(),
    ];

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Kind::Current => "current",
            Kind::States => "states",
            Kind::Equilibrium => "equilibrium",
            Kind::Relation => "relation",
            Kind::Match => "match",
            Kind::Sizes => "sizes",
            Kind::Map => "map",
            Kind::Regimes => "regimes",
            Kind::Exact => "exact",
        }
    }

    /// Whether a key of the link has a meaning for it.
    pub fn has(self, key: &str) -> bool {
        match key {
            "L" | "Lx" | "Ly" => matches!(
                self,
                Kind::Current | Kind::States | Kind::Match | Kind::Map | Kind::Regimes
            ),
            "Ls" => matches!(self, Kind::Equilibrium | Kind::Relation | Kind::Sizes),
            "beta" => !self.has("betas"),
            "betas" => matches!(self, Kind::Relation | Kind::Match | Kind::Map | Kind::Exact),
            // The outer spins are of the phase that is alone.
            "bc" | "shift" => self != Kind::Match,
            "ms" => matches!(
                self,
                Kind::Current
                    | Kind::States
                    | Kind::Sizes
                    | Kind::Map
                    | Kind::Regimes
                    | Kind::Exact
            ),
            // The others are of the letter's reservoirs, or of none.
            "res" => matches!(
                self,
                Kind::Current | Kind::States | Kind::Sizes | Kind::Exact
            ),
            "from" => matches!(self, Kind::Current | Kind::States),
            "err" => !matches!(self, Kind::Equilibrium | Kind::Match | Kind::Map),
            "errc" => self == Kind::Current,
            "errm" => matches!(self, Kind::Equilibrium | Kind::Relation | Kind::Match),
            // A cell is bounded by its moves, of which a unit of time has very many or very few.
            "cap" => self != Kind::Map,
            "moves" | "split" => self == Kind::Map,
            "dyn" => self != Kind::Exact,
            _ => true,
        }
    }
}
