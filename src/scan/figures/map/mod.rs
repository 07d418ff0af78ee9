//! The sign of J and the state over (m₊, β), cell by cell; where the sign changes, beside m* and m_β.

pub(super) mod picture;

use super::bracketing::Next;
use super::findings::{Finding, Row, Table};
use super::measured_m_star;
use super::phrases::{list, short, time};
use crate::measure::sign::{CALLED, FALSE_ALARMS};
use crate::measure::state::State;
use crate::notation::{NOTHING, plain, with_error};
use crate::order;
use crate::run::report::Direction;
use crate::scan::plan::added::Added;
use crate::scan::plan::cells::{Cell, Cells, PARTS};
use crate::scan::plan::link::MOST_POINTS;
use crate::scan::results::{Group, Results};
use crate::scan::task::outcome::Status;
use crate::theory::{beta_c, m_beta};
use crate::words::{self, map};

/// What is known of the direction of a cell's current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Its sign is called.
    Called(Direction),
    /// It has ended without.
    NotSignificant,
    /// Both reservoirs ask for the same.
    Level,
    /// It has not ended yet.
    UnderWay,
    /// It has not begun.
    NotBegun,
}

impl Sign {
    /// All of them.
    pub const ALL: [Sign; 6] = [
        Sign::Called(Direction::Uphill),
        Sign::Called(Direction::Downhill),
        Sign::NotSignificant,
        Sign::Level,
        Sign::UnderWay,
        Sign::NotBegun,
    ];

    /// In words.
    pub fn words(self) -> String {
        match self {
            Sign::Called(direction) => direction.name().to_owned(),
            Sign::NotSignificant => map::NOT_SIGNIFICANT.to_owned(),
            Sign::Level => words::plots::NO_HILL.to_owned(),
            Sign::UnderWay => words::tables::UNDER_WAY.to_owned(),
            Sign::NotBegun => words::phrases::NOT_BEGUN.to_owned(),
        }
    }

    /// Its name in files; none while it is not known.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Sign::Called(direction) => Some(direction.key()),
            Sign::NotSignificant => Some("not-significant"),
            Sign::Level => Some("no-gradient"),
            Sign::UnderWay | Sign::NotBegun => None,
        }
    }

    /// The direction, if it is called.
    pub fn direction(self) -> Option<Direction> {
        match self {
            Sign::Called(direction) => Some(direction),
            _ => None,
        }
    }
}

/// A cell, and what is known of it.
#[derive(Clone, Debug)]
pub struct Tile {
    /// The number of its point.
    pub point: usize,
    /// Where it is.
    pub cell: Cell,
    /// m₊ at which it was measured.
    pub m: f64,
    /// β at which it was measured.
    pub beta: f64,
    /// The direction of its current.
    pub sign: Sign,
    /// What its replicas have measured, in the state that was measured longest; none before they
    /// have begun.
    pub group: Option<Group>,
    /// The direction that its J has up to now, sure or not.
    pub leaning: Option<Direction>,
    /// How many σ of a normal variable J is from 0.
    pub significance: Option<f64>,
}

impl Tile {
    fn of(results: &Results, point: usize, cell: Cell) -> Self {
        let params = &results.points()[point].params;
        let outcomes: Vec<_> = results.of_point(point).collect();
        let all = results.experiment().replicas as usize;
        let ended = outcomes.len() == all && outcomes.iter().all(|one| one.status.is_final());
        let group = results.groups(point).into_iter().next();
        let current = group.as_ref().map(|group| &group.current);
        let significance = current.and_then(|current| current.significance());
        let direction = current
            .and_then(|current| current.mean)
            .and_then(|mean| Direction::of(mean, params.gradient()));
        let is_called = significance.is_some_and(|sigmas| sigmas >= CALLED);
        let sign = if params.gradient() == 0.0 {
            Sign::Level
        } else if outcomes.is_empty() {
            Sign::NotBegun
        } else if !ended {
            Sign::UnderWay
        } else {
            match direction.filter(|_| is_called) {
                Some(direction) => Sign::Called(direction),
                None => Sign::NotSignificant,
            }
        };
        Tile {
            point,
            cell,
            m: params.m_right,
            beta: params.beta,
            sign,
            leaning: direction,
            group,
            significance,
        }
    }

    /// Its state, as far as it was measured; none where there are no phases, or no states to be told.
    pub fn state(&self) -> Option<State> {
        let group = self.group.as_ref()?;
        let so_far = || (!group.profile.is_empty()).then(|| State::of(&group.profile));
        let has_states = self.beta > beta_c() && group.profile.len() >= 8;
        let state = group.state.or_else(so_far)?;
        has_states.then_some(state)
    }

    /// Its state in words.
    fn state_words(&self) -> String {
        match self.state() {
            Some(state) => state.name().to_owned(),
            None if self.beta <= beta_c() => map::NO_PHASES.to_owned(),
            None => NOTHING.to_owned(),
        }
    }

    /// How it ended, and after how much.
    fn status(&self, results: &Results) -> String {
        let Some(group) = &self.group else {
            return match self.sign {
                Sign::Level => words::tables::ENDED.to_owned(),
                _ => words::phrases::NOT_BEGUN.to_owned(),
            };
        };
        let mut parts = vec![match self.sign {
            Sign::Called(_) => words::tables::ENDED.to_owned(),
            Sign::NotSignificant => {
                let unended = |status| matches!(status, Status::Frozen | Status::Unresolved);
                let mut outcomes = results.of_point(self.point);
                match outcomes.find(|one| unended(one.status)) {
                    Some(outcome) => outcome.status.words().to_owned(),
                    None => map::ALL_MOVES.to_owned(),
                }
            }
            other => other.words(),
        }];
        match group.changes {
            0 => {}
            1 => parts.push(words::tables::CHANGED_ONCE.to_owned()),
            n => parts.push(words::tables::changed(n)),
        }
        if let (None, Some(why)) = (group.current.error, &group.current.reason) {
            parts.push(words::again(why.clone()));
        }
        parts.join("; ")
    }

    /// All of it in a sentence.
    fn text(&self) -> String {
        let place = map::place(self.m, self.beta).replace('-', "−");
        let Some(group) = &self.group else {
            return map::without_value(place, self.sign.words());
        };
        if group.current.mean.is_none() {
            return map::without_value(place, self.sign.words());
        }
        let j = group.current.text();
        let sigmas = match self.significance {
            Some(z) => map::by_sigmas(self.sign.words(), sigmas(z)),
            None => map::without_error(self.sign.words()),
        };
        map::cell(place, j, sigmas, self.state_words(), time(group.span))
    }
}

/// Where the sign changes between two cells of one β, next to each other among those whose sign is
/// called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// β.
    pub beta: f64,
    /// m₊ on either side.
    pub between: (f64, f64),
    /// The direction on the side of the smaller |m₊|.
    pub inner: Direction,
}

/// A map as far as it is known.
#[derive(Clone, Debug)]
pub struct Map {
    tiles: Vec<Tile>,
}

impl Map {
    /// Of the results of its experiment.
    pub fn of(results: &Results) -> Self {
        let plan = results.plan();
        let cells = Cells::of(plan.experiment(), plan.added());
        let cells = cells.as_ref().map_or(&[][..], Cells::all);
        let tile = |(point, cell): (usize, &Cell)| Tile::of(results, point, *cell);
        Map {
            tiles: cells.iter().enumerate().map(tile).collect(),
        }
    }

    /// Its cells, by the number of the point, those that were split as well.
    pub fn tiles(&self) -> &[Tile] {
        &self.tiles
    }

    /// Its cells by β and m₊.
    fn in_order(&self) -> Vec<&Tile> {
        let by_m = order::ascending(&self.tiles.iter().map(|tile| tile.m).collect::<Vec<_>>());
        let betas: Vec<f64> = by_m.iter().map(|&place| self.tiles[place].beta).collect();
        let by_both = order::ascending(&betas).into_iter();
        by_both.map(|place| &self.tiles[by_m[place]]).collect()
    }

    /// Where the sign changes, by β.
    pub fn changes(&self) -> Vec<Change> {
        let called: Vec<&Tile> = self
            .in_order()
            .into_iter()
            .filter(|tile| tile.sign.direction().is_some())
            .collect();
        let change = |pair: &[&Tile]| {
            let [a, b] = [pair[0], pair[1]];
            let [first, second] = [a.sign.direction()?, b.sign.direction()?];
            // What lies across m₊ = 0 belongs to another gradient.
            let one_side = (a.m > 0.0) == (b.m > 0.0);
            (a.beta == b.beta && one_side && first != second).then_some(Change {
                beta: a.beta,
                between: (a.m, b.m),
                inner: if a.m > 0.0 { first } else { second },
            })
        };
        called.windows(2).filter_map(change).collect()
    }

    /// The table.
    pub fn table(&self, results: &Results) -> Table {
        let row = |tile: &&Tile| {
            let known = tile.group.as_ref();
            let current = known.map_or(NOTHING.to_owned(), |group| group.current.text());
            Row {
                point: tile.point,
                cells: vec![
                    tile.beta.to_string(),
                    tile.m.to_string().replace('-', "−"),
                    current,
                    tile.significance.map_or(NOTHING.to_owned(), sigmas),
                    tile.sign.words(),
                    tile.state_words(),
                    known.map_or(NOTHING.to_owned(), |group| time(group.span)),
                    tile.status(results),
                ],
            }
        };
        let columns = [
            "β",
            "m₊",
            "J",
            "σ",
            map::SIGN.said(),
            words::tables::STATE.said(),
            words::tables::MEASURED_TIME.said(),
            words::tables::STATUS.said(),
        ];
        let base = &results.experiment().base;
        Table {
            caption: map::table(base.lx, base.ly),
            columns: columns.map(str::to_owned).to_vec(),
            rows: self.in_order().iter().map(row).collect(),
        }
    }

    /// The findings.
    pub fn findings(&self, results: &Results) -> Vec<Finding> {
        let mut found = vec![self.numbers(), self.beside_stars()];
        found.extend(self.by_beta(results));
        found.push(self.splits(results));
        found.push(Finding {
            subject: map::CHANCE.to_owned(),
            text: self.chance(),
        });
        found
    }

    /// How many cells there are of each kind.
    fn numbers(&self) -> Finding {
        let of = |sign: Sign| self.tiles.iter().filter(|tile| tile.sign == sign).count();
        let mut parts = Vec::new();
        for sign in Sign::ALL {
            if of(sign) > 0 {
                parts.push(format!("{} {}", of(sign), sign.words()));
            }
        }
        Finding {
            subject: map::SIGN_OF_J.to_owned(),
            text: map::numbers(map::cells(self.tiles.len()), list(&parts)),
        }
    }

    /// Whether the change of sign is where a phase is fed as at coexistence.
    fn beside_stars(&self) -> Finding {
        let (mut inside, mut outside, mut bulk_inside) = (0, Vec::new(), 0);
        // Within, where the phases are not fed at all, it may change as well.
        let outermost = |change: &Change| change.inner == Direction::Uphill;
        for change in self.changes().into_iter().filter(outermost) {
            let Some(star) = measured_m_star::at(change.beta) else {
                continue;
            };
            let (low, high) = change.magnitudes();
            bulk_inside += usize::from((low..=high).contains(&m_beta(change.beta)));
            if star.value + star.error >= low && star.value - star.error <= high {
                inside += 1;
            } else {
                outside.push(map::at_beta(change.beta));
            }
        }
        let all = inside + outside.len();
        let text = if all == 0 {
            map::NO_CHANGE_BESIDE_M_STAR.to_owned()
        } else {
            let others = match outside.is_empty() {
                true => map::NO_OTHERS.to_owned(),
                false => list(&outside),
            };
            map::around_m_star(all, inside, bulk_inside, others)
        };
        Finding {
            subject: "m*".to_owned(),
            text,
        }
    }

    /// Where the sign changes at each β of the link.
    fn by_beta(&self, results: &Results) -> Vec<Finding> {
        let changes = self.changes();
        let mut found = Vec::new();
        for &beta in results.experiment().betas.values() {
            let mut places = Vec::new();
            for change in changes.iter().filter(|change| change.beta == beta) {
                let (from, to) = change.between;
                let [inner, outer] = [change.inner, change.outer()].map(Direction::name);
                places.push(map::change(inner, outer, from, to).replace('-', "−"));
            }
            let mut text = match (places.is_empty(), self.is_open(beta)) {
                (false, _) => map::changes(list(&places)),
                (true, true) => map::NO_CHANGE_YET.to_owned(),
                (true, false) => map::NO_CHANGE.to_owned(),
            };
            if beta > beta_c() {
                text += &map::beside_m_beta(plain(m_beta(beta), 5));
            } else {
                text += map::BELOW_BETA_C.said();
            }
            if let Some(star) = measured_m_star::at(beta) {
                text += &map::beside_m_star(with_error(star.value, star.error));
            }
            found.push(Finding {
                subject: map::at_beta(beta),
                text,
            });
        }
        found
    }

    /// Whether some cell of a β has not ended.
    fn is_open(&self, beta: f64) -> bool {
        let open = |tile: &Tile| matches!(tile.sign, Sign::UnderWay | Sign::NotBegun);
        self.tiles
            .iter()
            .any(|tile| tile.beta == beta && open(tile))
    }

    fn splits(&self, results: &Results) -> Finding {
        let stages = results.plan().added();
        let split: usize = stages.iter().map(|stage| stage.len() / PARTS).sum();
        let text = if split == 0 {
            map::NOT_SPLIT.to_owned()
        } else {
            map::split(map::cells(split), map::cells(PARTS * split))
        };
        Finding {
            subject: map::SPLIT.to_owned(),
            text,
        }
    }

    fn chance(&self) -> String {
        let tested = |tile: &&Tile| matches!(tile.sign, Sign::Called(_) | Sign::NotSignificant);
        let tested = self.tiles.iter().filter(tested).count();
        map::chance(
            plain(CALLED, 2),
            plain(100.0 * FALSE_ALARMS, 2),
            map::cells(tested),
            plain(tested as f64 * FALSE_ALARMS, 2),
        )
    }

    /// The cells to be split next: two that have the sides of different signs in common, and those
    /// without a sign that lie between such.
    fn to_split(&self, results: &Results) -> Vec<Added> {
        let plan = results.plan();
        let experiment = plan.experiment();
        if plan.added().len() >= experiment.split as usize {
            return Vec::new();
        }
        let whole: Vec<&Tile> = self
            .tiles
            .iter()
            .filter(|tile| !tile.cell.is_split)
            .collect();
        let beside = |tile: &Tile, direction: Direction| {
            let is_such = |other: &&Tile| other.sign == Sign::Called(direction);
            let mut such = whole.iter().copied().filter(is_such);
            such.any(|other| other.cell.touches(&tile.cell))
        };
        let changes = |tile: &Tile| match tile.sign {
            Sign::Called(Direction::Uphill) => beside(tile, Direction::Downhill),
            Sign::Called(Direction::Downhill) => beside(tile, Direction::Uphill),
            Sign::NotSignificant => {
                beside(tile, Direction::Uphill) && beside(tile, Direction::Downhill)
            }
            Sign::Level | Sign::UnderWay | Sign::NotBegun => false,
        };
        let room = (MOST_POINTS - plan.points().len().min(MOST_POINTS)) / PARTS;
        let mut added = Vec::new();
        for tile in whole.iter().filter(|tile| changes(tile)).take(room) {
            added.extend(tile.cell.parts());
        }
        added
    }
}

impl Change {
    /// The direction on the side of the larger |m₊|.
    pub fn outer(&self) -> Direction {
        match self.inner {
            Direction::Uphill => Direction::Downhill,
            Direction::Downhill => Direction::Uphill,
        }
    }

    /// |m₊| on either side, the smaller first.
    pub fn magnitudes(&self) -> (f64, f64) {
        let (a, b) = (self.between.0.abs(), self.between.1.abs());
        (a.min(b), a.max(b))
    }
}

/// A number of σ, rounded towards 0: none looks as if it were called that is not.
fn sigmas(z: f64) -> String {
    short((10.0 * z).floor() / 10.0)
}

/// How a map goes on whose tasks have all ended.
pub(super) fn next(results: &Results) -> Next {
    let added = Map::of(results).to_split(results);
    if added.is_empty() {
        Next::Reached
    } else {
        Next::Add(added)
    }
}
