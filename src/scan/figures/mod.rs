//! The figures of experiments: the only place that knows them all.

mod bands;
pub mod bracketing;
pub mod current;
pub mod current_curve;
pub mod equilibrium;
pub mod exact;
pub mod findings;
pub mod jump;
pub mod m_eq;
pub mod m_star;
pub mod map;
pub mod marker;
mod matching;
pub mod measured_m_star;
pub mod paper;
pub mod phrases;
mod regimes;
pub mod relation;
mod replica_history;
mod sizes;
mod stages;
pub mod states;

use self::current::Current;
use self::equilibrium::Equilibrium;
use self::exact::Exact;
use self::findings::{Finding, Table};
use self::map::Map;
use self::map::picture::Shown;
use self::marker::Marker;
use self::matching::Matchings;
use self::regimes::Regimes;
use self::relation::Relation;
use self::sizes::Sizes;
use self::states::States;
use crate::params::Reservoirs;
use crate::plot::record::recorded;
use crate::plot::svg::Svg;
use crate::plot::{Area, Error, Theme};
use crate::scan::plan::Kind;
use crate::scan::results::Results;
use crate::words::findings as findings_words;
use crate::words::plots as words;
use plotters::prelude::*;

/// Width for which pictures are laid out at least, in text sizes.
const LEAST: f64 = 12.0;
/// Width of a picture for print, in pixels of SVG.
const PRINT_WIDTH: f64 = 720.0;

/// A picture of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Fig. 2: J against m₊.
    Current,
    /// Its inset: J_t of chosen points.
    Integrated,
    /// Fig. 3: spins and profiles.
    States,
    /// Fig. 4: m_eq against L.
    Equilibrium,
    /// m_crit and m_eq.
    Relation,
    /// m* against β.
    Match,
    /// (Lx + 1)·J against L.
    Sizes,
    /// The sign of J over m₊ and β.
    Map,
    /// The state over m₊ and β.
    MapStates,
    /// Shares of the states, and interfaces, against m₊.
    Regimes,
    /// Times between changes of state.
    Lives,
    /// J by state.
    InStates,
    /// Measured less exact, in units of the error.
    Exact,
}

impl Picture {
    /// The pictures of a kind of experiment, the main one first.
    pub fn of(kind: Kind) -> &'static [Picture] {
        match kind {
            Kind::Current => &[Picture::Current, Picture::Integrated],
            Kind::States => &[Picture::States],
            Kind::Equilibrium => &[Picture::Equilibrium],
            Kind::Relation => &[Picture::Relation],
            Kind::Match => &[Picture::Match],
            Kind::Sizes => &[Picture::Sizes],
            Kind::Map => &[Picture::Map, Picture::MapStates],
            Kind::Regimes => &[Picture::Regimes, Picture::Lives, Picture::InStates],
            Kind::Exact => &[Picture::Exact],
        }
    }

    /// Its name, for files and for asking for it.
    pub fn name(self) -> &'static str {
        match self {
            Picture::Current => "current",
            Picture::Integrated => "integrated-current",
            Picture::States => "states",
            Picture::Equilibrium => "equilibrium",
            Picture::Relation => "relation",
            Picture::Match => "match",
            Picture::Sizes => "sizes",
            Picture::Map => "map",
            Picture::MapStates => "map-states",
            Picture::Regimes => "regimes",
            Picture::Lives => "times-between-changes",
            Picture::InStates => "current-by-state",
            Picture::Exact => "exact",
        }
    }

    /// What it shows, for a heading.
    pub fn title(self) -> &'static str {
        match self {
            Picture::Current => words::CURRENT,
            Picture::Integrated => words::INTEGRATED_CURRENT,
            Picture::States => words::STATES,
            Picture::Equilibrium => words::EQUILIBRIUM,
            Picture::Relation => words::RELATION,
            Picture::Match => words::MATCH,
            Picture::Sizes => words::SIZES,
            Picture::Map => words::MAP,
            Picture::MapStates => words::MAP_STATES,
            Picture::Regimes => words::REGIMES,
            Picture::Lives => words::LIVES,
            Picture::InStates => words::IN_STATES,
            Picture::Exact => words::EXACT,
        }
        .said()
    }

    /// Its shape: height in units of the width, on a page of so many text sizes across.
    pub fn aspect(self, results: &Results, ems: f64) -> f64 {
        let ems = if ems.is_finite() {
            ems.max(LEAST)
        } else {
            LEAST
        };
        let height = match self {
            Picture::Current => current::picture::height(ems),
            Picture::Integrated => current::integrated::height(ems),
            Picture::States => states::picture::height(results, ems),
            Picture::Equilibrium => equilibrium::picture::height(ems),
            Picture::Relation => relation::picture::height(ems),
            Picture::Match => matching::picture::height(ems),
            Picture::Sizes => sizes::picture::height(ems),
            Picture::Map | Picture::MapStates => map::picture::height(ems),
            Picture::Regimes => regimes::picture::height(ems),
            Picture::Lives => regimes::lives::height(ems),
            Picture::InStates => regimes::by_state::height(ems),
            Picture::Exact => exact::picture::height(ems),
        };
        height / ems
    }
}

/// What the table, the findings and the pictures of an experiment are read off, computed once
/// from its results: groups, fits, jackknife. It belongs to the results that it was made from.
#[derive(Clone, Debug)]
pub struct Figure(Numbers);

#[derive(Clone, Debug)]
enum Numbers {
    Current(Current),
    States(States),
    Equilibrium(Equilibrium),
    Relation(Relation),
    Match(Matchings),
    Sizes(Sizes),
    Map(Map),
    Regimes(Regimes),
    Exact(Exact),
}

impl Figure {
    /// Of the results up to now.
    pub fn of(results: &Results) -> Self {
        Figure(match results.experiment().kind {
            Kind::Current => Numbers::Current(Current::of(results)),
            Kind::States => Numbers::States(States::of(results)),
            Kind::Equilibrium => Numbers::Equilibrium(Equilibrium::of(results)),
            Kind::Relation => Numbers::Relation(Relation::of(results)),
            Kind::Match => Numbers::Match(Matchings::of(results)),
            Kind::Sizes => Numbers::Sizes(Sizes::of(results)),
            Kind::Map => Numbers::Map(Map::of(results)),
            Kind::Regimes => Numbers::Regimes(Regimes::of(results)),
            Kind::Exact => Numbers::Exact(Exact::of(results)),
        })
    }

    /// Its table.
    pub fn table(&self, results: &Results) -> Table {
        match &self.0 {
            Numbers::Current(figure) => figure.table(results),
            Numbers::States(figure) => figure.table(results),
            Numbers::Equilibrium(figure) => figure.table(results),
            Numbers::Relation(figure) => figure.table(),
            Numbers::Match(figure) => figure.table(results),
            Numbers::Sizes(figure) => figure.table(),
            Numbers::Map(figure) => figure.table(results),
            Numbers::Regimes(figure) => figure.table(results),
            Numbers::Exact(figure) => figure.table(results),
        }
    }

    /// What can be said of it.
    pub fn findings(&self, results: &Results) -> Vec<Finding> {
        let mut found = self.own_findings(results);
        if results.experiment().base.reservoirs == Reservoirs::Balanced {
            found.push(Finding {
                subject: findings_words::RESERVOIRS.to_owned(),
                text: findings_words::BALANCED.to_owned(),
            });
        }
        found
    }

    fn own_findings(&self, results: &Results) -> Vec<Finding> {
        match &self.0 {
            Numbers::Current(figure) => figure.findings(results),
            Numbers::States(figure) => figure.findings(results),
            Numbers::Equilibrium(figure) => figure.findings(results),
            Numbers::Relation(figure) => figure.findings(),
            Numbers::Match(figure) => figure.findings(results),
            Numbers::Sizes(figure) => figure.findings(),
            Numbers::Map(figure) => figure.findings(results),
            Numbers::Regimes(figure) => figure.findings(results),
            Numbers::Exact(figure) => figure.findings(),
        }
    }
    /// Draws one of its pictures; `chosen` are points that were picked by hand, such as those whose
    /// J_t is shown (none: the picture's own choice). Returns its markers, in reading order.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &Area<DB>,
        theme: &Theme,
        results: &Results,
        picture: Picture,
        chosen: &[usize],
    ) -> Result<Vec<Marker>, Error<DB>> {
        let mut markers = recorded(area, theme, &|area| match &self.0 {
            _ if picture == Picture::Integrated => {
                current::integrated::draw(area, theme, results, chosen)
            }
            Numbers::Current(figure) => current::picture::draw(area, theme, results, figure),
            Numbers::States(figure) => states::picture::draw(area, theme, results, figure),
            Numbers::Equilibrium(figure) => {
                equilibrium::picture::draw(area, theme, results, figure)
            }
            Numbers::Relation(figure) => relation::picture::draw(area, theme, figure),
            Numbers::Match(figure) => matching::picture::draw(area, theme, figure),
            Numbers::Sizes(figure) => sizes::picture::draw(area, theme, figure),
            Numbers::Map(figure) => {
                let shown = match picture {
                    Picture::MapStates => Shown::States,
                    _ => Shown::Signs,
                };
                map::picture::draw(area, theme, figure, shown)
            }
            Numbers::Regimes(figure) => match picture {
                Picture::Lives => regimes::lives::draw(area, theme, figure),
                Picture::InStates => regimes::by_state::draw(area, theme, figure),
                _ => regimes::picture::draw(area, theme, figure),
            },
            Numbers::Exact(figure) => exact::picture::draw(area, theme, figure),
        })?;
        area.present()?;
        // Values too large for any axis have no place.
        let (width, height) = area.dim_in_pixel();
        markers.retain(|marker| {
            (0..=width as i32).contains(&marker.x) && (0..=height as i32).contains(&marker.y)
        });
        Ok(markers)
    }

    /// One of its pictures as SVG.
    ///
    /// # Errors
    /// Says in words what could not be drawn.
    pub fn svg(
        &self,
        theme: &Theme,
        results: &Results,
        picture: Picture,
        chosen: &[usize],
    ) -> Result<String, String> {
        let mut text = String::new();
        self.draw_svg((theme, picture, chosen), results, &mut text, |svg| svg)?;
        Ok(text)
    }

    /// The same, written into a text by way of the backend that `medium` makes of it.
    ///
    /// # Errors
    /// Says in words what could not be drawn.
    pub fn draw_svg<'a, DB: DrawingBackend>(
        &self,
        (theme, picture, chosen): (&Theme, Picture, &[usize]),
        results: &Results,
        text: &'a mut String,
        medium: impl FnOnce(Svg<'a>) -> DB,
    ) -> Result<(), String> {
        let ems = PRINT_WIDTH / (theme.size * theme.scale);
        let height = (PRINT_WIDTH * picture.aspect(results, ems)).round() as u32;
        let area = medium(Svg::new(text, (PRINT_WIDTH as u32, height))).into_drawing_area();
        let drawn = self.draw(&area, theme, results, picture, chosen);
        drawn.map(|_| ()).map_err(words::not_drawn)
    }
}
