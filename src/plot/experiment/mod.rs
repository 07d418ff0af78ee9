//! The pictures of experiments, one file each.

mod bands;
mod column;
mod current;
mod equilibrium;
mod exact;
mod integrated;
mod relation;
mod spins;
mod states;
mod zero;

use super::record::recorded;
use super::svg::Svg;
use super::{Area, Error, Theme};
use crate::experiment::Kind;
use crate::experiment::results::Results;
use crate::words::plots as words;
use plotters::prelude::*;
use serde::Serialize;

/// Width for which pictures are laid out at least, in text sizes.
const LEAST: f64 = 12.0;

trait Ems {
    /// A number of pixels in text sizes.
    fn ems(&self, pixels: u32) -> f64;
}

impl Ems for Theme {
    fn ems(&self, pixels: u32) -> f64 {
        f64::from(pixels) / (self.size * self.scale).max(1.0)
    }
}

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
            Picture::Exact => words::EXACT,
        }
    }

    /// Its shape: height in units of the width, on a page of so many text sizes across.
    pub fn aspect(self, results: &Results, ems: f64) -> f64 {
        let ems = if ems.is_finite() {
            ems.max(LEAST)
        } else {
            LEAST
        };
        let height = match self {
            Picture::Current => current::height(ems),
            Picture::Integrated => integrated::height(ems),
            Picture::States => states::height(results, ems),
            Picture::Equilibrium => equilibrium::height(ems),
            Picture::Relation => relation::height(ems),
            Picture::Exact => exact::height(ems),
        };
        height / ems
    }
}

/// A point of a picture, to be read off or opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Marker {
    /// Pixels from the left.
    pub x: i32,
    /// Pixels from the top.
    pub y: i32,
    /// The number of the experiment's point.
    pub point: usize,
    /// Its values in words.
    pub text: String,
}

/// Draws a picture; `chosen` are points that were picked by hand, such as those whose J_t is
/// shown (none: the picture's own choice). Returns its markers, in reading order.
///
/// # Errors
/// Those of the backend.
pub fn draw<DB: DrawingBackend>(
    area: &Area<DB>,
    theme: &Theme,
    results: &Results,
    picture: Picture,
    chosen: &[usize],
) -> Result<Vec<Marker>, Error<DB>> {
    let mut markers = recorded(area, theme, &|area| match picture {
        Picture::Current => current::draw(area, theme, results),
        Picture::Integrated => integrated::draw(area, theme, results, chosen),
        Picture::States => states::draw(area, theme, results),
        Picture::Equilibrium => equilibrium::draw(area, theme, results),
        Picture::Relation => relation::draw(area, theme, results),
        Picture::Exact => exact::draw(area, theme, results),
    })?;
    area.present()?;
    // Values too large for any axis have no place.
    let (width, height) = area.dim_in_pixel();
    markers.retain(|marker| {
        (0..=width as i32).contains(&marker.x) && (0..=height as i32).contains(&marker.y)
    });
    Ok(markers)
}

/// Width of a picture for print, in pixels of SVG.
const PRINT_WIDTH: f64 = 720.0;

/// A picture as SVG.
///
/// # Errors
/// Says in words what could not be drawn.
pub fn svg(
    theme: &Theme,
    results: &Results,
    picture: Picture,
    chosen: &[usize],
) -> Result<String, String> {
    let ems = PRINT_WIDTH / (theme.size * theme.scale);
    let height = (PRINT_WIDTH * picture.aspect(results, ems)).round() as u32;
    let mut text = String::new();
    let area = Svg::new(&mut text, (PRINT_WIDTH as u32, height)).into_drawing_area();
    draw(&area, theme, results, picture, chosen).map_err(words::not_drawn)?;
    drop(area);
    Ok(text)
}
