//! An experiment in shares, for machines that know nothing of each other; and the parts that they
//! find, put together again.

use super::Results;
use crate::link::file_name;
use crate::order;
use crate::run::checkpoint::ENGINE;
use crate::scan::plan::{Experiment, Goal, Kind, Plan, Point, link};
use crate::theory::m_beta;
use crate::words::shares as words;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::str::FromStr;

/// Most shares of an experiment.
pub const MOST: u32 = 10_000;

/// The `number`-th, from 1, `of` so many shares of an experiment's tasks.
///
/// # Example
/// ```
/// use uphill::scan::plan::{Experiment, Kind, Plan};
/// use uphill::scan::results::shares::Share;
/// let scan = Plan::new(Experiment::new(Kind::Current));
/// let share: Share = "2/4".parse().unwrap();
/// let tasks = share.tasks(&scan).unwrap();
/// assert_eq!(tasks.len(), 52);
/// assert!(tasks.iter().any(|&own| own) && tasks.iter().any(|&own| !own));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// From 1 to `of`.
    pub number: u32,
    /// How many shares there are.
    pub of: u32,
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let share = parts.and_then(|(number, of)| {
            let (number, of) = (number.parse().ok()?, of.parse().ok()?);
            Some(Share { number, of })
        });
        share
            .filter(|share| (1..=share.of).contains(&share.number) && share.of <= MOST)
            .ok_or_else(|| words::allowed(MOST))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// The name, without an ending, of the files of an experiment, or of what a share of it has found;
/// no other experiment or share has it.
pub fn file_stem(experiment: &Experiment, share: Option<Share>) -> String {
    let stem = file_name::stem(&link::write(experiment));
    match share {
        None => stem,
        Some(share) => format!("{stem}-share-{}-of-{}", share.number, share.of),
    }
}

impl Share {
    /// Which tasks of an experiment belong to it, by number of the task: every task to one share.
    /// Points that start from each other stay together; what is likely to take long is dealt out
    /// first, to whoever has least. It depends on the experiment and on nothing else.
    ///
    /// # Errors
    /// Says so if there are more shares than could have something to do, or if the experiment adds
    /// points by what all shares find.
    pub fn tasks(self, plan: &Plan) -> Result<Vec<bool>, String> {
        let owners = owners(plan, self.of)?;
        Ok(owners.iter().map(|&owner| owner == self.number).collect())
    }
}

/// The number of the share that has each task.
fn owners(plan: &Plan, of: u32) -> Result<Vec<u32>, String> {
    if plan.experiment().adds_points() {
        let why = match plan.experiment().kind {
            Kind::Map => crate::words::map::NO_SHARES,
            _ => crate::words::bracketing::NO_SHARES,
        };
        return Err(why.to_owned());
    }
    let costs: Vec<f64> = plan
        .points()
        .iter()
        .map(|point| moves(plan.experiment(), point))
        .collect();
    // A chain is named by its first task.
    let firsts = plan.firsts();
    let mut sums = vec![0.0; firsts.len()];
    for (spec, &first) in plan.tasks().iter().zip(&firsts) {
        sums[first] += costs[spec.point];
    }
    let chains: Vec<usize> = (0..firsts.len())
        .filter(|&task| firsts[task] == task)
        .collect();
    if of as usize > chains.len() {
        return Err(words::too_many(of, chains.len()));
    }
    let largest_first =
        order::descending(&chains.iter().map(|&chain| sums[chain]).collect::<Vec<_>>());
    // Loads and shares, the least load on top and of equal ones the first share. Bits of numbers
    // that are not negative are ordered as the numbers are.
    let mut loads: BinaryHeap<Reverse<(u64, u32)>> = (1..=of).map(|s| Reverse((0, s))).collect();
    let mut owner_of_chain = vec![0; firsts.len()];
    for chain in largest_first.into_iter().map(|place| chains[place]) {
        if let Some(mut least) = loads.peek_mut() {
            let Reverse((load, share)) = *least;
            owner_of_chain[chain] = share;
            *least = Reverse(((f64::from_bits(load) + sums[chain]).to_bits(), share));
        }
    }
    Ok(firsts
        .into_iter()
        .map(|chain| owner_of_chain[chain])
        .collect())
}

/// How much longer J takes next to m₊ = 1, where it follows an interface that nothing holds, and
/// from which part of the way from m_β to 1 on: measured in Fig. 2 at L = 40, β = 1, whose other
/// points take the same up to a factor of three, which depends on the states that they go through.
const FREE_INTERFACE: f64 = 4.0;
const FREE_FROM: f64 = 0.8;

/// Roughly how many moves a replica of a point takes, before anything is known of it: the minority
/// spins of the phases move at about their number, and so does the variance of the current grow.
fn moves(experiment: &Experiment, point: &Point) -> f64 {
    let params = &point.params;
    let (lx, ly) = (f64::from(params.lx), f64::from(params.ly));
    let m = m_beta(params.beta);
    let density = (1.0 - m * m).max(1e-9);
    let error = experiment.target_of(point);
    if point.goal == Goal::Sign {
        return experiment.moves;
    }
    let measured = match point.goal {
        Goal::Current | Goal::Sign | Goal::Regimes => density / (lx * ly * error * error),
        Goal::Equilibrium => lx * density / (ly * error * error),
        // The spins of a phase diffuse across the lattice before they are others.
        Goal::Bulk => lx * density / (5.0 * ly * error * error),
    };
    let free = params.reservoirs.flip() && m > 0.0 && params.m_right > m + FREE_FROM * (1.0 - m);
    let measured = measured * if free { FREE_INTERFACE } else { 1.0 };
    lx * ly * density * (experiment.relaxation_of(point) + measured.min(experiment.cap))
}

/// What one share has found, as a file has it.
#[derive(Clone, Debug)]
pub struct Part {
    /// The file's name, for complaints.
    pub name: String,
    /// Which share it is; none for a result that is whole.
    pub share: Option<Share>,
    /// Its outcomes.
    pub results: Results,
}

/// The results of all parts of an experiment, the same as if one machine had found them.
///
/// # Errors
/// Names every part that is missing, doubled, unfinished, no part, of another experiment, another
/// number of shares or another version of the engine.
pub fn merge(parts: Vec<Part>) -> Result<Results, Vec<String>> {
    let Some(first) = parts.first() else {
        return Err(vec![words::NO_PARTS.to_owned()]);
    };
    let mut complaints = Vec::new();
    let link = link::write(first.results.experiment());
    let mut results = Results::of(first.results.plan().clone());
    let engine = first.results.engine().to_owned();
    let of = first.share.map_or(0, |share| share.of);
    let mut names: Vec<Option<&str>> = vec![None; of as usize];
    for part in &parts {
        let Part {
            name,
            share,
            results: its,
        } = part;
        let Some(share) = *share else {
            complaints.push(words::no_part(name));
            continue;
        };
        let its_link = link::write(its.experiment());
        if its_link != link {
            complaints.push(words::other_link(name, its_link, &first.name, &link));
        } else if its.engine() != engine {
            complaints.push(words::other_engine(
                name,
                its.engine(),
                &first.name,
                &engine,
            ));
        } else if share.of != of {
            complaints.push(words::other_number(name, share, &first.name, of));
        } else if let Some(other) = names[share.number as usize - 1] {
            complaints.push(words::doubled(share, other, name));
        } else {
            names[share.number as usize - 1] = Some(name);
            let own = share.tasks(its.plan()).map_err(|error| vec![error])?;
            let mut ended = 0;
            for (task, outcome) in its.outcomes().iter().enumerate() {
                match outcome {
                    Some(outcome) if own[task] && outcome.status.is_final() => {
                        ended += 1;
                        results
                            .put(task, outcome.clone())
                            .map_err(|error| vec![error])?;
                    }
                    _ => {}
                }
            }
            let all = own.iter().filter(|&&own| own).count();
            if ended < all {
                complaints.push(words::unfinished(name, all - ended, all));
            }
        }
    }
    let missing: Vec<String> = (1..=of)
        .filter(|&number| names[number as usize - 1].is_none())
        .map(|number| number.to_string())
        .collect();
    if !missing.is_empty() {
        complaints.push(words::missing(missing.join(", "), of));
    }
    let goes_on = engine == ENGINE;
    results.came_from(engine);
    if complaints.is_empty() {
        // What all parts have found may add points.
        if goes_on {
            results.go_on();
        }
        Ok(results)
    } else {
        Err(complaints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use crate::scan::plan::link;

    #[test]
    fn every_task_has_one_share_and_chains_stay_together() {
        for text in [
            "exp=current",
            "exp=current&from=down&reps=3",
            "exp=relation",
            "exp=exact",
            "exp=map&split=0",
        ] {
            let e = Plan::new(link::read(text).experiment);
            let tasks = e.tasks();
            for of in [1, 2, 3] {
                let owners = owners(&e, of).unwrap();
                let shares = (1..=of).map(|number| Share { number, of }.tasks(&e).unwrap());
                let count = shares
                    .map(|own| own.iter().filter(|&&own| own).count())
                    .sum::<usize>();
                assert_eq!(count, tasks.len(), "{text}");
                for (task, spec) in tasks.iter().enumerate() {
                    assert!(
                        spec.after
                            .is_none_or(|before| owners[before] == owners[task])
                    );
                }
            }
        }
    }

    #[test]
    fn no_share_is_empty_and_more_are_refused() {
        let e = Plan::new(Experiment::new(Kind::States));
        let owners = owners(&e, 6).unwrap();
        assert_eq!(std::collections::BTreeSet::from_iter(owners).len(), 6);
        let error = Share { number: 1, of: 7 }.tasks(&e).unwrap_err();
        assert!(error.contains('6'), "{error}");
    }

    #[test]
    fn shares_are_read_as_written() {
        assert_eq!("3/8".parse(), Ok(Share { number: 3, of: 8 }));
        for text in [
            "0/8", "9/8", "3", "3/0", "-1/2", "1/10001", "3/8/1", " 1/2", "a/b", "",
        ] {
            assert!(text.parse::<Share>().is_err(), "{text}");
        }
    }

    /// Millions of moves that the tasks of Fig. 2 took at ±10⁻⁷, seed 1, engine 0.3.0: not what is
    /// expected of the engine, but what there was to be dealt out.
    const TAKEN: [u32; 52] = [
        17, 23, 18, 17, 23, 18, 51, 16, 69, 27, 19, 19, 17, 24, 15, 12, 16, 6, 13, 14, 10, 9, 6,
        20, 101, 74, 13, 27, 20, 15, 18, 15, 23, 50, 22, 23, 24, 45, 21, 22, 19, 17, 10, 11, 13, 7,
        8, 9, 7, 8, 60, 108,
    ];

    const ORDERS: u32 = 1000;

    #[test]
    fn shares_take_about_as_long_as_each_other() {
        let fig_2 = Plan::new(link::read("exp=current&err=1e-7").experiment);
        assert_eq!(fig_2.tasks().len(), TAKEN.len());
        for (of, most) in [(2, 1.1), (4, 1.3), (8, 1.5)] {
            let largest = |owner: &dyn Fn(usize) -> u32| {
                let mut loads = vec![0; of as usize];
                for (task, taken) in TAKEN.into_iter().enumerate() {
                    loads[owner(task) as usize] += taken;
                }
                let mean = f64::from(TAKEN.iter().sum::<u32>()) / f64::from(of);
                f64::from(*loads.iter().max().unwrap()) / mean
            };
            let owners = owners(&fig_2, of).unwrap();
            let dealt = largest(&|task| owners[task] - 1);
            // As many tasks to each, in a random order: on the average over such orders.
            let mut stream = Stream::new(1, 0);
            let by_count = (0..ORDERS).map(|_| {
                let mut order: Vec<u32> = (0..TAKEN.len() as u32).collect();
                for last in (1..order.len()).rev() {
                    order.swap(last, stream.below(last as u32 + 1) as usize);
                }
                largest(&|task| order[task] % of)
            });
            let by_count = by_count.sum::<f64>() / f64::from(ORDERS);
            println!(
                "{of} shares: the largest has {dealt:.2} times the mean, by count {by_count:.2}"
            );
            assert!(dealt <= most, "{of} shares: {dealt}");
            assert!(dealt < by_count, "{of} shares: {dealt} against {by_count}");
        }
    }
}
