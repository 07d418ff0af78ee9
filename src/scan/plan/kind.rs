//! The kinds of experiment: the figures of the paper, and two comparisons.

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
    /// Both dynamics beside the exact solution of the 4×4 lattice.
    Exact,
}

impl Kind {
    /// All of them, in the order of the paper.
    pub const ALL: [Kind; 5] = [
        Kind::Current,
        Kind::States,
        Kind::Equilibrium,
        Kind::Relation,
        Kind::Exact,
    ];

    /// Their names in a link.
    pub const KEYS: [&str; 5] = [
        Kind::Current.key(),
        Kind::States.key(),
        Kind::Equilibrium.key(),
        Kind::Relation.key(),
        Kind::Exact.key(),
    ];

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Kind::Current => "current",
            Kind::States => "states",
            Kind::Equilibrium => "equilibrium",
            Kind::Relation => "relation",
            Kind::Exact => "exact",
        }
    }

    /// Whether a key of the link has a meaning for it.
    pub fn has(self, key: &str) -> bool {
        match key {
            "L" | "Lx" | "Ly" => matches!(self, Kind::Current | Kind::States),
            "Ls" => matches!(self, Kind::Equilibrium | Kind::Relation),
            "beta" => matches!(self, Kind::Current | Kind::States | Kind::Equilibrium),
            "betas" => matches!(self, Kind::Relation | Kind::Exact),
            "ms" => matches!(self, Kind::Current | Kind::States | Kind::Exact),
            "from" => matches!(self, Kind::Current | Kind::States),
            "err" => self != Kind::Equilibrium,
            "errc" => self == Kind::Current,
            "errm" => matches!(self, Kind::Equilibrium | Kind::Relation),
            "dyn" => self != Kind::Exact,
            _ => true,
        }
    }
}
