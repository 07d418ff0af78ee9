//! An experiment: all that its link says, and the points that it has of itself.

use super::added::Added;
use super::kind::Kind;
use super::point::{Goal, Point};
use super::values::Values;
use crate::params::{Boundary, Dynamics, Initial, Params, Reservoirs};
use crate::theory::{beta_c, m_beta, m_lone};
#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    /// How often this thread has made the points of an experiment.
    pub(crate) static POINTS_MADE: Cell<u32> = const { Cell::new(0) };
}

/// What the replicas of a point start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The paper's step.
    Step,
    /// The final spins at the next smaller m₊; the smallest starts from the step.
    Up,
    /// The final spins at the next larger m₊; the largest starts from the step.
    Down,
}

impl Start {
    /// All of them, the usual one first.
    pub const ALL: [Start; 3] = [Start::Step, Start::Up, Start::Down];

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Start::Step => "step",
            Start::Up => "up",
            Start::Down => "down",
        }
    }
}

/// All that determines an experiment.
///
/// # Example
/// ```
/// use uphill::scan::plan::{Experiment, Kind};
/// let scan = Experiment::new(Kind::Current);
/// assert_eq!(scan.point_count(), 26);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// What is computed.
    pub kind: Kind,
    /// Size, β, boundary, dynamics and seed, where they are not listed.
    pub base: Params,
    /// m₊ of the points; m₋ = −m₊.
    pub ms: Values,
    /// Sizes.
    pub ls: Values,
    /// Inverse temperatures.
    pub betas: Values,
    /// What the replicas start from.
    pub start: Start,
    /// One standard deviation of J at which a point is done; where sizes are compared, of
    /// (Lx + 1)·J.
    pub error: f64,
    /// One standard deviation of m_eq at which a point is done, or of m* at which its β is.
    pub error_m: f64,
    /// The error of m_crit until which points are added; none are if none is asked for.
    pub error_c: Option<f64>,
    /// Time that is not measured, at the start and after a change of state; if none, 50·Lx², or what
    /// [`relaxation_of`](Self::relaxation_of) says.
    pub relaxation: Option<f64>,
    /// Time after the first relaxation at which a replica ends all the same.
    pub cap: f64,
    /// Moves from which on the sign of J is not asked for any longer, if it is.
    pub moves: f64,
    /// How often cells of a map are split in four where the sign changes.
    pub split: u32,
    /// Replicas of each point.
    pub replicas: u32,
}

/// Relaxation in units of Lx², where none is given: a lone spin diffuses at 1, so what it
/// carries is gone within Lx²/π² many times over. At L = 40, β = 1 the mean of J over the
/// 8·10⁴ time units after it is that of long runs within 10⁻⁷ for m₊ = 0.9993…0.9998, and
/// within 4·10⁻⁷ at m₊ = 1, where J follows the interface, which wanders over 10⁶.
pub(crate) const RELAXATION: f64 = 50.0;
/// Relaxation of a cell of a map, in units of Lx²/π² over the diffusion of the magnetization: of the
/// slowest mode e⁻⁵ is left. What is a hundredth of the start by then is less than an error of J whose
/// sign is being called, and a mean that still drifts has none.
const MAP_RELAXATION: f64 = 5.0;
/// Exponent of the susceptibility above the critical temperature, by which diffusion slows down.
const GAMMA: f64 = 1.75;
/// By how much it does at most on a lattice as small as these, and in phases beside each other: then
/// a cell relaxes for some 5·Lx². Of 42 cells at β = 0.4 … 0.95 those whose sign was called after it, with
/// three seeds, had the sign of runs that relaxed ten times as long and made four times as many moves: 80
/// times of 80 where both had one.
const SLOWEST: f64 = 10.0;
/// L of a map where the link does not say it.
const MAP_SIZE: u32 = 24;
/// Moves of its cells where the link does not say them: half a second in a browser.
const MAP_MOVES: f64 = 4e6;
/// Points of the grid of m₊ for the relation, in units of 1 − m_β above m_β: from below
/// m_β, where J > 0, to m₊ = 1.
const RELATION_GRID: std::ops::RangeInclusive<i32> = -1..=8;
/// Parts of 1 − m_β that the grid is made of.
const RELATION_PARTS: f64 = 8.0;

/// Decimals of a place at most.
const MOST_DECIMALS: usize = 15;
/// 1 − m of the first points of a matching magnetization, in units of 2e^{−8β}, its lowest order:
/// all of a phase that is stable.
const MATCH_FIRST: [f64; 3] = [0.6, 0.8, 1.0];
/// Error of their bulk, in units of 1 − m_β.
pub(crate) const MATCH_COARSE: f64 = 0.03;
/// L of the phase where the link does not say it.
const MATCH_SIZE: u32 = 24;
/// Smallest Lx at which columns can be left out at both ends, and states be told.
pub(super) const LEAST_COLUMNS: u32 = 8;
/// β up to which 1 − m has digits enough.
pub(super) const MATCH_BETA: f64 = 3.0;

/// Whether there are two phases at β, and a matching magnetization that can be told from 1.
pub(crate) fn has_match(beta: f64) -> bool {
    beta > beta_c() && beta <= MATCH_BETA
}

impl Experiment {
    /// The experiment of a link without further keys, with seed 0.
    pub fn new(kind: Kind) -> Self {
        let list = |text: &str| Values::read(text).expect("the defaults are lists");
        let (ms, ls, betas, error, error_m, cap) = match kind {
            Kind::Current => ("0.9975:1:0.0001", "40", "1", 1e-7, 1e-6, 1e8),
            Kind::States => ("0.998,0.999,0.9995", "40", "1", 5e-8, 1e-6, 5e7),
            Kind::Equilibrium => ("0.999", "10:40:2", "1", 1e-7, 2e-6, 1e8),
            Kind::Relation => ("0.999", "10:40:10", "1", 2e-7, 2e-6, 5e7),
            Kind::Match => ("0.999", "24", "0.8:1.2:0.1", 1e-7, 5e-6, 1e8),
            Kind::Sizes => ("0.998,0.9992", "16:64:16", "1", 2e-5, 1e-6, 2e7),
            Kind::Map => ("0.05:1:0.05", "24", "0.3:0.95:0.05", 1e-7, 1e-6, 1e15),
            Kind::Regimes => ("0.5:0.95:0.05,0.92", "40", "1", 1e-7, 1e-6, 1e6),
            Kind::Exact => ("0.3,0.6,0.9", "4", "0.2,0.44,1", 2e-5, 1e-6, 1e7),
        };
        let mut base = Params::default();
        if kind == Kind::Exact {
            (base.lx, base.ly) = (4, 4);
        }
        if kind == Kind::Map {
            (base.lx, base.ly) = (MAP_SIZE, MAP_SIZE);
        }
        if kind == Kind::Match {
            (base.lx, base.ly) = (MATCH_SIZE, MATCH_SIZE);
            base.boundary = Boundary::Shifted(Params::default_shift(MATCH_SIZE));
        }
        Experiment {
            kind,
            base,
            ms: list(ms),
            ls: list(ls),
            betas: list(betas),
            start: Start::Step,
            error,
            error_m,
            error_c: None,
            relaxation: None,
            cap,
            moves: MAP_MOVES,
            split: 1,
            replicas: if kind == Kind::Map { 1 } else { 2 },
        }
    }

    /// The points, in the order in which they are shown; a [`Plan`](super::Plan) has them.
    pub(crate) fn points(&self) -> Vec<Point> {
        #[cfg(test)]
        POINTS_MADE.set(POINTS_MADE.get() + 1);
        match self.kind {
            Kind::Current | Kind::States => self.over_reservoirs(Goal::Current),
            Kind::Regimes => self.over_reservoirs(Goal::Regimes),
            Kind::Equilibrium => {
                let beta = self.base.beta;
                let closed = |&l: &f64| self.closed(l as u32, beta);
                self.ls.values().iter().map(closed).collect()
            }
            Kind::Relation => self
                .pairs()
                .into_iter()
                .flat_map(|(l, beta)| self.relation(l, beta))
                .collect(),
            Kind::Match => {
                let betas = self.betas.values().iter();
                let added = betas.flat_map(|&beta| self.first_matches(beta));
                added.map(|added| self.added(&added)).collect()
            }
            Kind::Sizes => self.over_sizes(),
            Kind::Map => self.map(),
            Kind::Exact => self.exact(),
        }
    }

    /// The β that have a matching magnetization.
    pub(crate) fn matched_betas(&self) -> Vec<f64> {
        let betas = self.betas.values().iter().copied();
        match self.kind {
            Kind::Match | Kind::Relation => betas.filter(|&beta| has_match(beta)).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether points are added by what has been found, without which it is not done.
    pub fn adds_points(&self) -> bool {
        self.error_c.is_some()
            || self.kind == Kind::Match
            || (self.kind == Kind::Map && self.split > 0)
    }

    /// The first points for the matching magnetization at β.
    pub(crate) fn first_matches(&self, beta: f64) -> [Added; 3] {
        MATCH_FIRST.map(|part| {
            let scale = 1.0 - m_beta(beta);
            Added {
                m: rounded_near(1.0 - part * (1.0 - m_lone(beta)), scale / 2000.0),
                err: MATCH_COARSE * scale,
                beta: Some(beta),
            }
        })
    }

    /// One phase alone between reservoirs that ask for the same.
    pub(super) fn matching(&self, beta: f64, m: f64, error: f64) -> Point {
        let sized = match self.kind {
            Kind::Match => self.base.clone(),
            _ => self.sized(MATCH_SIZE, beta),
        };
        Point {
            params: Params {
                beta,
                m_right: m,
                m_left: m,
                boundary: Boundary::Shifted(Params::default_shift(sized.ly)),
                initial: Initial::Plus,
                ..sized
            },
            goal: Goal::Bulk,
            after: None,
            exact: false,
            error: Some(error),
        }
    }

    /// How many points there are.
    pub fn point_count(&self) -> usize {
        let [ms, ls, betas] = [&self.ms, &self.ls, &self.betas].map(|list| list.values().len());
        match self.kind {
            Kind::Current | Kind::States | Kind::Regimes => ms,
            Kind::Equilibrium => ls,
            Kind::Relation => ls * betas * Self::points_of_a_pair(),
            Kind::Match => betas * MATCH_FIRST.len(),
            Kind::Sizes => ms * ls,
            Kind::Map => betas * ms,
            Kind::Exact => 2 * betas * ms,
        }
    }

    /// Points of each pair (L, β) of the relation: m_eq, and J against m₊.
    pub(crate) fn points_of_a_pair() -> usize {
        1 + RELATION_GRID.count()
    }

    /// How many tasks there are, without making them.
    pub fn task_count(&self) -> usize {
        self.point_count() * self.replicas as usize
    }

    /// The pairs (L, β) of the relation.
    pub fn pairs(&self) -> Vec<(u32, f64)> {
        let betas = self.betas.values();
        let sizes = self.ls.values().iter();
        sizes
            .flat_map(|&l| betas.iter().map(move |&beta| (l as u32, beta)))
            .collect()
    }

    fn over_reservoirs(&self, goal: Goal) -> Vec<Point> {
        let ms = self.ms.values();
        let last = ms.len() - 1;
        ms.iter()
            .enumerate()
            .map(|(i, &m)| Point {
                params: with_reservoirs(&self.base, m),
                goal,
                exact: false,
                error: None,
                after: match self.start {
                    Start::Step => None,
                    Start::Up => i.checked_sub(1),
                    Start::Down => (i < last).then_some(i + 1),
                },
            })
            .collect()
    }

    /// For every m₊ all sizes.
    fn over_sizes(&self) -> Vec<Point> {
        let sizes = self.ls.values();
        let points = self.ms.values().iter().flat_map(|&m| {
            sizes.iter().map(move |&l| Point {
                params: with_reservoirs(&self.sized(l as u32, self.base.beta), m),
                goal: Goal::Current,
                after: None,
                exact: false,
                error: Some(self.error / (l + 1.0)),
            })
        });
        points.collect()
    }

    fn sized(&self, l: u32, beta: f64) -> Params {
        let boundary = match self.base.boundary {
            Boundary::Fixed => Boundary::Fixed,
            Boundary::Shifted(_) => Boundary::Shifted(Params::default_shift(l)),
        };
        Params {
            lx: l,
            ly: l,
            beta,
            boundary,
            ..self.base.clone()
        }
    }

    fn closed(&self, l: u32, beta: f64) -> Point {
        Point {
            params: Params {
                reservoirs: Reservoirs::Off,
                ..self.sized(l, beta)
            },
            goal: Goal::Equilibrium,
            after: None,
            exact: false,
            error: None,
        }
    }

    /// Equilibrium, then a grid of m₊ around the place where J may vanish.
    fn relation(&self, l: u32, beta: f64) -> Vec<Point> {
        let spontaneous = m_beta(beta);
        let open = RELATION_GRID.map(|part| {
            let m = spontaneous + (1.0 - spontaneous) * f64::from(part) / RELATION_PARTS;
            // Rounded for short links, finer than any error here.
            let m = (m * 1e7).round() / 1e7;
            Point {
                params: with_reservoirs(&self.sized(l, beta), m),
                goal: Goal::Current,
                after: None,
                exact: false,
                error: None,
            }
        });
        std::iter::once(self.closed(l, beta)).chain(open).collect()
    }

    /// A cell of a map.
    pub(super) fn cell(&self, m: f64, beta: f64) -> Point {
        let params = Params {
            beta,
            ..self.base.clone()
        };
        Point {
            params: with_reservoirs(&params, m),
            goal: Goal::Sign,
            after: None,
            exact: false,
            error: None,
        }
    }

    fn map(&self) -> Vec<Point> {
        let mut points = Vec::new();
        for &beta in self.betas.values() {
            for &m in self.ms.values() {
                points.push(self.cell(m, beta));
            }
        }
        points
    }

    fn exact(&self) -> Vec<Point> {
        let mut points = Vec::new();
        for &beta in self.betas.values() {
            for &m in self.ms.values() {
                for dynamics in [Dynamics::Kinetic, Dynamics::Metropolis] {
                    let params = Params {
                        beta,
                        dynamics,
                        ..self.base.clone()
                    };
                    points.push(Point {
                        params: with_reservoirs(&params, m),
                        goal: Goal::Current,
                        after: None,
                        exact: true,
                        error: None,
                    });
                }
            }
        }
        points
    }

    /// Time that a replica of a point relaxes: what the link says, or 50·Lx²; for the sign of J, on
    /// lattices that are mostly warmer, 5·Lx²/π² times the slowness of diffusion, which is that of the
    /// susceptibility, (1 − β/β_c)^(−7/4), and at most 10.
    ///
    /// # Example
    /// ```
    /// use uphill::scan::plan::{Plan, link};
    /// let map = Plan::new(link::read("exp=map&ms=0.5&betas=0,0.3,1&seed=1").experiment);
    /// let relaxations: Vec<f64> = map.points().iter().map(|point| map.experiment().relaxation_of(point).round()).collect();
    /// assert_eq!(relaxations, [292.0, 2152.0, 2918.0]);
    /// ```
    pub fn relaxation_of(&self, point: &Point) -> f64 {
        let lx = f64::from(point.params.lx);
        let usual = match point.goal {
            Goal::Sign => {
                let distance = (1.0 - point.params.beta / beta_c()).max(0.0);
                let slowness = libm::pow(distance, -GAMMA).min(SLOWEST);
                let pi = std::f64::consts::PI;
                MAP_RELAXATION * slowness / (pi * pi)
            }
            _ => RELAXATION,
        };
        self.relaxation.unwrap_or(usual * lx * lx)
    }

    /// The error at which one replica of a point is done, so that all together reach the
    /// point's; where the sign is asked for, one over the moves that this may take.
    pub fn target_of(&self, point: &Point) -> f64 {
        let error = match point.goal {
            Goal::Current | Goal::Regimes => point.error.unwrap_or(self.error),
            Goal::Equilibrium => self.error_m,
            Goal::Bulk => point.error.unwrap_or(self.error_m),
            Goal::Sign => return 1.0 / self.moves,
        };
        error * f64::from(self.replicas).sqrt()
    }
}

/// The decimal number nearest to `m` with no more decimals than tell places apart by `step`.
pub(crate) fn rounded_near(m: f64, step: f64) -> f64 {
    let mut decimals = 0;
    let mut unit = 1.0;
    while unit > step && decimals < MOST_DECIMALS {
        unit /= 10.0;
        decimals += 1;
    }
    let text = format!("{m:.decimals$}");
    text.parse().expect("a number that was written is one")
}

pub(super) fn with_reservoirs(params: &Params, m: f64) -> Params {
    Params {
        m_right: m,
        m_left: 0.0 - m,
        ..params.clone()
    }
}
