//! Results as a table for other programs: values between commas or semicolons, a row for every
//! state of every point.

use super::parameters::Parameters;
use crate::measure::state::State;
pub use crate::notation::csv::Decimal;
use crate::notation::csv::{Cell, comment, line};
use crate::run::table::decimals;
use crate::scan::figures::Figure;
use crate::scan::figures::m_star::Matching;
use crate::scan::figures::map::Map;
use crate::scan::plan::{Kind, link};
use crate::scan::results::{Group, Results};
use crate::scan::task::outcome::{InState, Measured, Visited};
use crate::theory::m_beta;
use crate::words::csv as words;

/// The columns, and what they hold. New ones come last: a script may count them.
pub(super) const COLUMNS: &[(&str, &str)] = &[
    ("Lx", words::LX),
    ("Ly", words::LY),
    ("beta", words::BETA),
    ("m_plus", words::M_PLUS),
    ("m_minus", words::M_MINUS),
    ("bc", words::BOUNDARY),
    ("dyn", words::DYNAMICS),
    ("state", words::STATE),
    ("replicas", words::REPLICAS),
    ("mirrored", words::MIRRORED),
    ("ended", words::ENDED),
    ("capped", words::CAPPED),
    ("changes", words::CHANGES),
    ("t", words::TIME),
    ("events", words::EVENTS),
    ("J", words::J),
    ("J_err", words::J_ERROR),
    ("J_freedom", words::J_FREEDOM),
    ("J_count", words::J_COUNT),
    ("J_count_err", words::ITS_ERROR),
    ("m_last", words::M_LAST),
    ("m_last_err", words::ITS_ERROR),
    ("m_first", words::M_FIRST),
    ("m_first_err", words::ITS_ERROR),
    ("m_eq", words::M_EQ),
    ("m_eq_err", words::ITS_ERROR),
    ("energy", words::ENERGY),
    ("energy_err", words::ITS_ERROR),
    ("J_exact", words::J_EXACT),
    ("res", words::RESERVOIRS),
    ("shift", words::SHIFT),
    ("link", words::LINK),
    ("power", words::POWER),
    ("power_err", words::ITS_ERROR),
    ("power_left", words::POWER_LEFT),
    ("power_left_err", words::ITS_ERROR),
    ("power_right", words::POWER_RIGHT),
    ("power_right_err", words::ITS_ERROR),
    ("heat", words::HEAT),
    ("heat_err", words::ITS_ERROR),
    ("entropy_production", words::ENTROPY_PRODUCTION),
    ("entropy_production_err", words::ITS_ERROR),
    ("efficiency", words::EFFICIENCY),
    ("efficiency_err", words::ITS_ERROR),
    ("m_bulk", words::M_BULK),
    ("m_bulk_err", words::ITS_ERROR),
    ("m_star", words::M_STAR),
    ("m_star_err", words::ITS_ERROR),
    ("m_beta", words::M_BETA),
    ("sign", words::SIGN),
    ("significance", words::SIGNIFICANCE),
    ("share", words::SHARE),
    ("share_err", words::ITS_ERROR),
    ("visits", words::VISITS),
    ("interfaces", words::INTERFACES),
    ("interfaces_err", words::ITS_ERROR),
    ("between", words::BETWEEN_CHANGES),
    ("between_err", words::ITS_ERROR),
];

/// The results as a table behind a commented header.
pub fn write(results: &Results, decimal: Decimal) -> String {
    let mut text = header(results, decimal);
    let names = COLUMNS
        .iter()
        .map(|(name, _)| Cell::Text((*name).to_owned()));
    line(&mut text, decimal, names);
    let matchings = Matching::all(results);
    let map = (results.experiment().kind == Kind::Map).then(|| Map::of(results));
    for (number, point) in results.points().iter().enumerate() {
        let parameters = Parameters::from(point);
        let beta = point.params.beta;
        let matching = matchings.iter().find(|one| one.beta == beta);
        let bulk = matching.and_then(|one| one.points.iter().find(|p| p.point == number));
        let star = matching.and_then(Matching::known).unzip();
        let of_a_phase = || {
            [
                Cell::real(bulk.and_then(|point| point.bulk.mean)),
                Cell::real(bulk.and_then(|point| point.bulk.error)),
                Cell::real(star.0),
                Cell::real(star.1),
                Cell::Real(m_beta(beta)),
            ]
        };
        let tile = map.as_ref().and_then(|map| map.tiles().get(number));
        let of_a_cell = || {
            let sign = tile.and_then(|tile| tile.sign.key());
            [
                sign.map_or(Cell::Empty, |key| Cell::Text(key.to_owned())),
                Cell::real(tile.and_then(|tile| tile.significance)),
            ]
        };
        let visited = results.visited(number);
        // Behind the groups a row of each state that was gone through.
        let mut rows: Vec<(Group, Vec<Cell>)> = Vec::new();
        for group in results.groups(number) {
            rows.push((group, of_all_states(visited.as_ref())));
        }
        for one in visited.iter().flat_map(|all| &all.states) {
            let mut replicas = 0;
            for outcome in results.of_point(number) {
                let visited = outcome.regimes.as_ref();
                let own = visited.and_then(|all| all.in_state(one.state));
                replicas += u32::from(own.is_some());
            }
            let group = Group {
                state: Some(one.state),
                replicas,
                span: one.span,
                current: one.current.clone(),
                ..Group::default()
            };
            rows.push((group, of_a_state(one)));
        }
        for (group, more) in rows {
            let cells = row(&parameters, &group)
                .chain(of_a_phase())
                .chain(of_a_cell())
                .chain(more);
            line(&mut text, decimal, cells);
        }
    }
    text
}

/// What was found over all states: the columns from `share` on.
fn of_all_states(visited: Option<&Visited>) -> Vec<Cell> {
    let none = Measured::default();
    let (visits, interfaces, between) = match visited {
        Some(all) => {
            let visits = all.states.iter().map(|one| one.visits).sum();
            (Cell::Whole(visits), &all.interfaces, &all.between)
        }
        None => (Cell::Empty, &none, &none),
    };
    vec![
        Cell::Empty,
        Cell::Empty,
        visits,
        Cell::real(interfaces.mean),
        Cell::real(interfaces.error),
        Cell::real(between.mean),
        Cell::real(between.error),
    ]
}

/// The same of one of them.
fn of_a_state(one: &InState) -> Vec<Cell> {
    vec![
        Cell::real(one.share.mean),
        Cell::real(one.share.error),
        Cell::Whole(one.visits),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
    ]
}

/// Whether a text is a table of results, as [`write()`] writes it.
pub fn is_table(text: &str) -> bool {
    let title = text.strip_prefix("# ");
    title.is_some_and(|title| title.starts_with(words::TITLE))
}

fn header(results: &Results, decimal: Decimal) -> String {
    let e = results.experiment();
    let mut text = String::new();
    let mut comment = |words: &str| comment(&mut text, words);
    comment(words::TITLE);
    comment(&words::made_by(results.engine()));
    comment(&words::link(link::write(e)));
    comment(&words::seed(e.base.seed));
    comment(if results.is_complete() {
        words::COMPLETE
    } else {
        words::INCOMPLETE
    });
    comment(words::ERRORS);
    comment(words::EMPTY_CELLS);
    comment(decimals(decimal));
    for finding in Figure::of(results).findings(results) {
        comment(&format!("{}: {}", finding.subject, finding.text));
    }
    for (name, meaning) in COLUMNS {
        comment(&words::column(name, meaning));
    }
    text
}

fn row(parameters: &Parameters, group: &Group) -> impl Iterator<Item = Cell> {
    let text = |word: Option<&str>| word.map_or(Cell::Empty, |word| Cell::Text(word.to_owned()));
    let whole = |number: Option<u32>| number.map_or(Cell::Empty, |n| Cell::Whole(n.into()));
    let pair = |measured: &Measured| [Cell::real(measured.mean), Cell::real(measured.error)];
    let p = parameters;
    let of_the_run = [
        whole(p.lx),
        whole(p.ly),
        Cell::real(p.beta),
        Cell::real(p.m_plus),
        Cell::real(p.m_minus),
        text(p.bc.as_deref()),
        text(p.dynamics.as_deref()),
    ];
    let of_the_replicas = [
        text(group.state.map(State::key)),
        Cell::Whole(group.replicas.into()),
        Cell::Whole(group.mirrored.into()),
        Cell::Whole(group.ended.into()),
        Cell::Whole(group.capped.into()),
        Cell::Whole(group.changes),
        Cell::Real(group.span),
        Cell::Whole(group.events),
    ];
    let measured = [
        &group.count,
        &group.last_column,
        &group.first_column,
        &group.m_eq,
        &group.energy,
    ];
    let added = [
        Cell::real(group.exact),
        text(p.res.as_deref()),
        whole(p.shift),
        text(p.link.as_deref()),
    ];
    of_the_run
        .into_iter()
        .chain(of_the_replicas)
        .chain(pair(&group.current))
        .chain([Cell::real(group.current.freedom)])
        .chain(measured.into_iter().flat_map(pair))
        .chain(added)
        .chain(
            group
                .budget
                .parts()
                .map(Measured::clone)
                .iter()
                .flat_map(pair)
                .collect::<Vec<_>>(),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_spelled_as_in_json() {
        for state in State::ALL {
            assert_eq!(serde_json::to_value(state).expect("a word"), state.key());
        }
    }
}
