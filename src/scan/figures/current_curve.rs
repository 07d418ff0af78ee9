//! J against m₊ for one lattice: in which state each point was measured, and where J vanishes.

use super::phrases::{Decimals, beside, known, quality};
use crate::fit::crossing::{self, Bracket, Crossing, Located, Order};
use crate::fit::jackknife::{Jackknife, jackknife};
use crate::fit::least_squares::{self, Fit, Model, Powers};
use crate::fit::shapes::Basis;
use crate::fit::sided::Sided;
use crate::fit::{Point, Unfit};
use crate::measure::state::State;
use crate::notation::plain;
use crate::order;
use crate::scan::results::{Group, Results};
use crate::scan::task::outcome::{Measured, Outcome};
use crate::theory::m_beta;
use crate::words::{self, fits, phrases};
use std::ops::Range;

/// A point in one of its states.
#[derive(Clone, Debug)]
pub struct CurvePoint {
    /// The number of the experiment's point.
    pub point: usize,
    /// m₊.
    pub m: f64,
    /// Its replicas in this state.
    pub group: Group,
    /// Whether no other state of the point was measured longer.
    pub main: bool,
    /// Whether J and its error hold for as long as the state lasts, and no longer.
    pub conditional: bool,
}

/// The points of one lattice.
#[derive(Clone, Debug)]
pub struct CurrentCurve {
    /// By m₊, then by measured time.
    pub points: Vec<CurvePoint>,
    /// Where J vanishes, or why that cannot be told.
    pub zero: Result<Zero, String>,
}

/// Where J vanishes.
#[derive(Clone, Debug)]
pub struct Zero {
    /// m_crit, or between what it lies.
    pub located: Located,
    /// The state of all its points; none where the lattice is too small for states.
    pub state: Option<State>,
    /// Its points: places in the curve.
    pub used: Vec<usize>,
    /// The error from the scatter again, from leaving out one replica after another.
    pub jackknife: Result<Jackknife, Unfit>,
    /// The fitted polynomial; none where only an interval is known.
    pub curve: Option<Curve>,
}

impl CurrentCurve {
    /// Of all points of an experiment.
    pub fn whole(results: &Results) -> Self {
        CurrentCurve::of(results, 0..results.points().len())
    }

    /// Magnetizations with as many decimals as the finest has.
    pub fn decimals(&self) -> Decimals {
        Decimals::of(self.points.iter().map(|point| point.m))
    }

    /// Of some points of an experiment, which have one lattice.
    pub fn of(results: &Results, points: Range<usize>) -> Self {
        let points: Vec<usize> = points.collect();
        let m = |point: &usize| results.points()[*point].params.m_right;
        let places = order::ascending(&points.iter().map(m).collect::<Vec<_>>());
        let mut readings: Vec<CurvePoint> = Vec::new();
        for point in places.into_iter().map(|place| points[place]) {
            let groups = results.groups(point);
            let several = groups.iter().filter(|group| group.span > 0.0).count() > 1;
            for (i, group) in groups.into_iter().enumerate() {
                readings.push(CurvePoint {
                    point,
                    m: m(&point),
                    conditional: several || group.changes > 0,
                    group,
                    main: i == 0,
                });
            }
        }
        let changed: Vec<usize> = readings
            .iter()
            .filter(|reading| reading.conditional)
            .map(|reading| reading.point)
            .collect();
        let zero = Zero::of(results, &readings);
        let bistable = match (&zero, readings.first()) {
            (Ok(zero), _) => zero.value(),
            (Err(_), Some(reading)) => m_beta(results.points()[reading.point].params.beta),
            (Err(_), None) => 0.0,
        };
        for reading in &mut readings {
            // Where states are not told, there is none to depend on.
            reading.conditional = reading.group.state.is_some()
                && (reading.m < bistable || changed.contains(&reading.point));
        }
        CurrentCurve {
            points: readings,
            zero,
        }
    }

    /// The readings that have a J.
    pub fn measured(&self) -> impl Iterator<Item = (&CurvePoint, f64)> {
        let with = |reading: &'_ _| {
            let reading: &CurvePoint = reading;
            reading.group.current.mean
        };
        self.points
            .iter()
            .filter_map(move |reading| Some((reading, with(reading)?)))
    }
}

impl Zero {
    fn of(results: &Results, readings: &[CurvePoint]) -> Result<Self, String> {
        let told = readings.iter().any(|reading| reading.group.state.is_some());
        let state = told.then_some(State::Step);
        let mut places = Vec::new();
        let mut points = Vec::new();
        let mut others = false;
        for (place, reading) in readings.iter().enumerate() {
            let Some((y, error)) = known(&reading.group.current) else {
                continue;
            };
            if reading.group.state != state {
                others = true;
                continue;
            }
            places.push(place);
            points.push(Point {
                x: reading.m,
                y,
                error,
            });
        }
        if points.is_empty() {
            let why = if told {
                fits::NO_ERROR_IN_STEP_YET
            } else {
                fits::NO_ERROR_YET
            };
            return Err(why.to_owned());
        }
        let why = |unfit: Unfit| {
            let reason = unfit.to_string();
            if others {
                fits::in_step(reason)
            } else {
                reason
            }
        };
        let located = crossing::locate(&points).map_err(why)?;
        match &located {
            Located::At(crossing) => {
                let fitted: Vec<Point> = crossing.used.iter().map(|&i| points[i]).collect();
                let curve = Curve::of(&fitted, crossing).map_err(why)?;
                let used: Vec<usize> = crossing.used.iter().map(|&i| places[i]).collect();
                Ok(Zero {
                    jackknife: without_replicas(results, readings, &used, state, crossing),
                    curve: Some(curve),
                    located,
                    state,
                    used,
                })
            }
            Located::Between(bracket) => {
                let beside = |m: f64| m == bracket.ends.0 || m == bracket.ends.1;
                let used = (0..points.len()).filter(|&i| beside(points[i].x));
                Ok(Zero {
                    jackknife: Err(Unfit::NoCrossing),
                    curve: None,
                    state,
                    used: used.map(|i| places[i]).collect(),
                    located,
                })
            }
        }
    }

    /// m_crit with its errors, where it is more than an interval.
    pub fn crossing(&self) -> Option<&Crossing> {
        match &self.located {
            Located::At(crossing) => Some(crossing),
            Located::Between(_) => None,
        }
    }

    /// m_crit, or the middle of the interval.
    pub fn value(&self) -> f64 {
        match &self.located {
            Located::At(crossing) => crossing.x,
            Located::Between(_) => {
                let (from, to) = self.range();
                from / 2.0 + to / 2.0
            }
        }
    }

    /// From one error below m_crit to one above it, or the interval; no magnetization is beyond
    /// ±1.
    pub fn range(&self) -> (f64, f64) {
        let (from, to) = match &self.located {
            Located::At(crossing) => (
                crossing.x - crossing.error_low(),
                crossing.x + crossing.error_high(),
            ),
            Located::Between(bracket) => (bracket.from, bracket.to),
        };
        (from.max(-1.0), to.min(1.0))
    }

    /// The larger of its two errors, or half the interval.
    pub fn uncertainty(&self) -> f64 {
        let (from, to) = self.range();
        match &self.located {
            Located::At(crossing) => crossing.error_low().max(crossing.error_high()),
            Located::Between(_) => (to - from) / 2.0,
        }
    }

    /// The two m₊ beside the change of sign.
    pub fn bracket(&self) -> (f64, f64) {
        match &self.located {
            Located::At(crossing) => crossing.bracket,
            Located::Between(bracket) => bracket.ends,
        }
    }

    /// Where between them another point tells most: at m_crit as far as it is known, but no
    /// nearer to either than an eighth of their distance.
    pub fn suggested(&self) -> f64 {
        let (from, to) = self.bracket();
        let eighth = (to - from) / 8.0;
        self.value().clamp(from + eighth, to - eighth)
    }

    /// m_crit with both errors, where it is more than an interval.
    pub fn sided(&self) -> Option<Sided> {
        Some(self.crossing()?.sided())
    }

    /// The ends of the range as they are shown, those at points as these.
    pub fn ends(&self, decimals: Decimals) -> (String, String) {
        let (from, to) = self.range();
        let (low, high) = self.bracket();
        let text = |m: f64| {
            if m == low || m == high {
                decimals.text(m)
            } else {
                plain(m, 6)
            }
        };
        (text(from), text(to))
    }

    /// 0.99976(+9/−58), or "between 0.998 and 1.000".
    pub fn text(&self, decimals: Decimals) -> String {
        match self.sided() {
            Some(m) => m.text(),
            None => {
                let (from, to) = self.ends(decimals);
                phrases::between(from, to)
            }
        }
    }

    /// "m_crit = 0.99976(+9/−58)", or "m_crit between 0.998 and 1.000".
    pub fn named(&self, decimals: Decimals) -> String {
        match self.sided() {
            Some(m) => phrases::m_crit(m.text()),
            None => {
                let (from, to) = self.ends(decimals);
                phrases::m_crit_between(from, to)
            }
        }
    }

    /// What it rests on, in words.
    pub fn basis(&self, decimals: Decimals) -> String {
        let points = phrases::points(self.used.len());
        let crossing = match (&self.located, self.state) {
            (Located::At(crossing), _) => crossing,
            (Located::Between(Bracket { alone: true, .. }), None) => {
                return words::findings::BASIS_ALONE.to_owned();
            }
            (Located::Between(Bracket { alone: true, .. }), Some(state)) => {
                return words::findings::basis_alone_in_state(state.name());
            }
            (Located::Between(_), None) => return words::findings::basis_between(points),
            (Located::Between(_), Some(state)) => {
                return words::findings::basis_between_in_state(points, state.name());
            }
        };
        let order = match crossing.order {
            Order::Line => words::findings::LINE,
            Order::Parabola => words::findings::PARABOLA,
        };
        let (from, to) = crossing.window;
        let (from, to) = (decimals.text(from), decimals.text(to));
        let quality_of_all = quality(&crossing.quality);
        let mut text = match self.state {
            None => words::findings::basis(order, points, from, to, quality_of_all),
            Some(state) => words::findings::basis_in_state(
                order,
                points,
                state.name(),
                from,
                to,
                quality_of_all,
            ),
        };
        if !crossing.quality.is_good() {
            text += words::findings::BASIS_MISFITS.said();
        }
        for wider in &crossing.rejected {
            text += &words::findings::basis_rejected(
                decimals.text(wider.window.0),
                quality(&wider.quality),
            );
        }
        let scatter = plain(crossing.error, 2);
        let side =
            |sign: &str, error: f64| (error > 0.0).then(|| format!("{sign}{}", plain(error, 2)));
        let sides = [
            side("+", crossing.shapes.above),
            side("−", crossing.shapes.below),
        ];
        let sides: Vec<String> = sides.into_iter().flatten().collect();
        let sides = sides.join(" ");
        text += &match crossing.shapes.basis {
            _ if sides.is_empty() => words::findings::error_of_scatter(scatter),
            Basis::Cubic => words::findings::error_and_cubic(scatter, sides),
            Basis::Bend => words::findings::error_and_bend(scatter, sides),
        };
        if let Ok(jackknife) = &self.jackknife {
            text +=
                &words::findings::basis_jackknife(jackknife.replicas, plain(jackknife.error, 2));
        }
        text
    }

    /// How it lies to a reference: "0.8 σ above it", or "an interval that contains it".
    pub fn beside(&self, reference: f64) -> String {
        let (from, to) = self.range();
        match self.sided() {
            Some(m) => beside(m, reference),
            None if reference < from => phrases::WHOLLY_ABOVE_IT.to_owned(),
            None if reference > to => phrases::WHOLLY_BELOW_IT.to_owned(),
            None => phrases::AROUND_IT.to_owned(),
        }
    }
}

/// m_crit again and again without one of the replicas, over the same window.
fn without_replicas(
    results: &Results,
    readings: &[CurvePoint],
    used: &[usize],
    state: Option<State>,
    crossing: &Crossing,
) -> Result<Jackknife, Unfit> {
    let replicas: Vec<u32> = (0..results.experiment().replicas).collect();
    jackknife(&replicas, |kept| {
        let mut points = Vec::new();
        for &place in used {
            let reading = &readings[place];
            let of_state = |o: &&Outcome| o.state == state && kept.contains(&&o.replica);
            let members = results.of_point(reading.point).filter(of_state);
            let current = Measured::combined(members.map(|o| (&o.current, o.span)));
            if let Some((y, error)) = known(&current) {
                points.push(Point {
                    x: reading.m,
                    y,
                    error,
                });
            }
        }
        crossing.again(&points)
    })
}

/// The polynomial of a crossing, in u = (m₊ − centre)/width.
#[derive(Clone, Debug)]
pub struct Curve {
    centre: f64,
    width: f64,
    fit: Polynomial,
}

#[derive(Clone, Debug)]
enum Polynomial {
    Line(Fit<2>),
    Parabola(Fit<3>),
}

impl Curve {
    fn of(points: &[Point], crossing: &Crossing) -> Result<Self, Unfit> {
        let centre = crossing.x;
        let (low, high) = crossing.window;
        let width = (high - centre).abs().max((centre - low).abs());
        let scaled: Vec<Point> = points
            .iter()
            .map(|point| Point {
                x: (point.x - centre) / width,
                ..*point
            })
            .collect();
        // A start of the data's size, since the first step is bounded in its units.
        let size = points.iter().map(|point| point.y.abs()).fold(0.0, f64::max);
        let fit = match crossing.order {
            Order::Line => Polynomial::Line(least_squares::fit(&scaled, &Powers, [size, 0.0])?),
            Order::Parabola => {
                Polynomial::Parabola(least_squares::fit(&scaled, &Powers, [size, 0.0, 0.0])?)
            }
        };
        Ok(Curve { centre, width, fit })
    }

    /// The fit at m₊, and its error.
    pub fn at(&self, m: f64) -> (f64, f64) {
        let u = (m - self.centre) / self.width;
        match &self.fit {
            Polynomial::Line(fit) => evaluated(fit, u),
            Polynomial::Parabola(fit) => evaluated(fit, u),
        }
    }
}

fn evaluated<const P: usize>(fit: &Fit<P>, u: f64) -> (f64, f64) {
    (
        Powers.value(u, &fit.parameters),
        fit.error_along(&Powers.gradient(u, &fit.parameters)),
    )
}
