//! The states that the replicas of a point went through, put together.

use super::Results;
use crate::measure::state::State;
use crate::scan::task::outcome::{InState, Measured, Visited};
use crate::words;

/// What replicas have measured, each over a time.
type Each<'a> = Vec<(&'a Measured, f64)>;

fn combined(each: Each) -> Measured {
    Measured::combined(each.into_iter())
}

impl Results {
    /// The states that the replicas of a point went through, all together; none where that is not
    /// what is measured, or before there is anything.
    pub fn visited(&self, point: usize) -> Option<Visited> {
        let mut all: Vec<&Visited> = Vec::new();
        for outcome in self.of_point(point) {
            all.extend(outcome.regimes.as_ref().filter(|all| all.span > 0.0));
        }
        let step = all.first()?.step;
        let (mut span, mut changes) = (0.0, 0_u64);
        let (mut interfaces, mut between): (Each, Each) = (Vec::new(), Vec::new());
        for one in &all {
            span += one.span;
            changes = changes.saturating_add(one.changes);
            // While the phases are side by side the interfaces are not counted.
            let aside = one.in_state(State::SideBySide).map_or(0.0, |own| own.span);
            interfaces.push((&one.interfaces, one.span - aside));
            between.push((&one.between, one.span));
        }
        let mut states = Vec::new();
        for state in State::ALL {
            states.extend(together(&all, state));
        }
        Some(Visited {
            step,
            span,
            changes,
            between: combined_times(between, span, changes),
            interfaces: combined(interfaces),
            states,
        })
    }
}

fn together(all: &[&Visited], state: State) -> Option<InState> {
    let never = Measured {
        mean: Some(0.0),
        reason: Some(words::regimes::NOT_IN_EVERY_REPLICA.to_owned()),
        ..Measured::default()
    };
    let (mut span, mut visits) = (0.0, 0_u64);
    let (mut shares, mut currents): (Each, Each) = Default::default();
    for one in all {
        let Some(own) = one.in_state(state) else {
            shares.push((&never, one.span));
            continue;
        };
        span += own.span;
        visits = visits.saturating_add(own.visits);
        shares.push((&own.share, one.span));
        currents.push((&own.current, own.span));
    }
    (!currents.is_empty()).then(|| InState {
        state,
        span,
        visits,
        share: combined(shares),
        current: combined(currents),
    })
}

/// The mean time between events that have happened `number` times within `span`, from that of
/// every replica with its span: what is combined is how often they happen.
fn combined_times(replicas: Each, span: f64, number: u64) -> Measured {
    let mut rates: Vec<(Measured, f64)> = Vec::new();
    for (time, span) in replicas {
        let mut rate = inverse(time);
        rate.mean.get_or_insert(0.0);
        rates.push((rate, span));
    }
    let rate = combined(rates.iter().map(|(rate, span)| (rate, *span)).collect());
    if number == 0 {
        return Measured {
            reason: Some(words::regimes::NEVER_LEFT.to_owned()),
            ..Measured::default()
        };
    }
    let mut time = inverse(&rate);
    if time.error.is_none() {
        // Without rounding on the way.
        time.mean = Some(span / number as f64);
    }
    time
}

/// One over it.
fn inverse(measured: &Measured) -> Measured {
    let slope = measured.mean.map_or(1.0, |mean| 1.0 / (mean * mean));
    Measured {
        mean: measured.mean.map(|mean| 1.0 / mean),
        error: measured.error.map(|error| error * slope),
        standard_error: measured.standard_error.map(|error| error * slope),
        ..measured.clone()
    }
}
