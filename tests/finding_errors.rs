//! The errors of what the findings tell besides m_crit: the jump of J, m_bump, and the limit of
//! m_eq. Synthetic measurements of a known truth lie within one and two errors at least as often
//! as a normal variable would.
//!
//! The errors hold what is not known of the shape as well as the scatter, so that the shares are
//! above those of a normal variable; none may be more than two percentage points below. Where the
//! scatter of two or three replicas is all that is known, two errors cover what Student's t has
//! there. Of 2000 results, the counts' own scatter is 1.0 and 0.5 points: a right error with
//! nothing but scatter in it fails once in 40 comparisons at one error and once in 10⁴ at two.
//! The numbers are the same in every run.

use crate::scans::{measured as value, outcome, results};
use crate::synthetic::{Coverage, measured, normal};
use uphill::measure::state::State;
use uphill::random::Stream;
use uphill::scan::figures::current_curve::CurrentCurve;
use uphill::scan::figures::equilibrium::Asymptote;
use uphill::scan::figures::jump::Jump;
use uphill::scan::figures::states::Bump;

const SETS: usize = 2000;

/// A number between two, all factors alike.
fn between(low: f64, high: f64, stream: &mut Stream) -> f64 {
    low * libm::exp(libm::log(high / low) * stream.unit())
}

/// A scan through a jump: points on both sides of where the state changes, with J that rises or
/// falls in each state.
fn jump(points: [usize; 2], stream: &mut Stream) -> (f64, f64, Jumped) {
    let count = points[0] + points[1];
    let even = stream.unit() < 0.5;
    let mut ms: Vec<f64> = (0..count)
        .map(|i| {
            let place = i as f64 + if even { 0.0 } else { 0.8 * stream.unit() };
            0.9 + 0.01 * place
        })
        .collect();
    ms.iter_mut().for_each(|m| *m = (*m * 1e6).round() / 1e6);
    let gap = (ms[points[0] - 1], ms[points[0]]);
    let change = gap.0 + (gap.1 - gap.0) * stream.unit();
    let error = between(1e-8, 1e-6, stream);
    let slopes = [(); 2].map(|()| 1e-4 * (stream.unit() - 0.5));
    let size = 1e-5 * (stream.unit() - 0.5);
    let j = |m: f64| {
        if m < change {
            slopes[0] * (m - change)
        } else {
            size + slopes[1] * (m - change)
        }
    };
    let list: Vec<String> = ms.iter().map(f64::to_string).collect();
    let link = format!("exp=current&L=8&ms={}&reps=1&seed=1", list.join(","));
    let noisy: Vec<f64> = ms.iter().map(|&m| j(m) + error * normal(stream)).collect();
    let found = results(&link, |_, point, replica| {
        let state = if point < points[0] {
            State::Bump
        } else {
            State::Step
        };
        Some(outcome(
            (8, 8),
            replica,
            Some(state),
            value(noisy[point], error),
        ))
    });
    (
        size,
        j(gap.1) - j(gap.0),
        Jumped(CurrentCurve::of(&found, 0..count)),
    )
}

struct Jumped(CurrentCurve);

#[test]
fn of_the_jump() {
    let mut stream = Stream::new(40, 0);
    for points in [[4, 4], [2, 2], [2, 5], [1, 3], [1, 1]] {
        let mut found = Coverage::default();
        for _ in 0..SETS {
            let (size, together, Jumped(scan)) = jump(points, &mut stream);
            let jumps = Jump::all(&scan);
            let [jump] = &jumps[..] else {
                panic!("{} jumps", jumps.len());
            };
            // With a single point there is no slope, and what is told is told with the slope.
            assert_eq!(jump.slopes_known, points[0] > 1 && points[1] > 1);
            let truth = if jump.slopes_known { size } else { together };
            let step = jump.step.expect("there are errors");
            found.add(truth, Some((step.value, step.towards(truth))));
        }
        found.check_at_least(&format!("jump, {} and {} points", points[0], points[1]));
    }
}

/// The profiles of some replicas of one bump, with a flat or a pointed top, of which the columns
/// scatter alone or with their neighbours; the true highest column, and the true top.
fn bump(l: usize, replicas: u32, follows: f64, stream: &mut Stream) -> (f64, f64, Option<Bump>) {
    let place = l as f64 * (0.2 + 0.6 * stream.unit());
    let width = l as f64;
    let height = between(1e-5, 1e-3, stream);
    let error = between(1e-7, 3e-5, stream);
    let m = |x: usize| {
        let off = (x as f64 - place) / width;
        0.9992 - height * off * off
    };
    let profiles: Vec<Vec<f64>> = (0..replicas)
        .map(|_| {
            let mut noise = normal(stream);
            (0..l)
                .map(|x| {
                    let next = libm::sqrt(1.0 - follows * follows) * normal(stream);
                    noise = follows * noise + next;
                    if x == 0 { -0.999 } else { m(x) + error * noise }
                })
                .collect()
        })
        .collect();
    let link = format!("exp=states&L={l}&ms=0.998&reps={replicas}&seed=1");
    let found = results(&link, |_, _, replica| {
        let size = (l as u32, l as u32);
        let mut found = outcome(size, replica, Some(State::Bump), value(1e-6, 1e-8));
        found.profile.clone_from(&profiles[replica as usize]);
        Some(found)
    });
    let group = &found.groups(0)[0];
    let highest = (1..l).map(m).fold(0.0, f64::max);
    (highest, 0.9992, Bump::of(group))
}

/// The share within two errors of which one has 68.3 %, of a mean of so many values whose scatter
/// is all that is known, by Student's t: 83.0 % of two values, 88 % of three.
fn of_student(values: u32) -> f64 {
    let freedom = f64::from(values - 1);
    let density = |t: f64| libm::pow(1.0 + t * t / freedom, -0.5 * (freedom + 1.0));
    // t = tan φ, so that all of it is in a finite range.
    let mut all = Vec::new();
    let mut sum = 0.0;
    for i in 0..100_000 {
        let phi = (f64::from(i) + 0.5) / 100_000.0 * std::f64::consts::FRAC_PI_2;
        let (t, cos) = (libm::tan(phi), libm::cos(phi));
        sum += density(t) / (cos * cos);
        all.push((t, sum));
    }
    let one = all.iter().find(|(_, below)| *below >= 0.6827 * sum);
    let (one, _) = one.expect("it is within the range");
    let two = all.iter().find(|(t, _)| *t >= 2.0 * one);
    two.expect("it is within the range").1 / sum
}

#[test]
fn of_m_bump() {
    let mut stream = Stream::new(41, 0);
    for (l, replicas, follows) in [
        (16, 2, 0.0),
        (16, 4, 0.0),
        (40, 2, 0.9),
        (40, 3, 0.0),
        (40, 8, 0.5),
    ] {
        let shares = [0.6827, of_student(replicas)];
        let what = format!("m_bump, L = {l}, {replicas} replicas, {follows} of the neighbour");
        let [mut of_column, mut of_top]: [Coverage; 2] =
            std::array::from_fn(|_| Coverage::default());
        for _ in 0..SETS {
            let (highest, top, found) = bump(l, replicas, follows, &mut stream);
            let sided = found
                .and_then(|bump| bump.sided())
                .expect("it has an error");
            of_column.add(highest, Some((sided.value, sided.towards(highest))));
            of_top.add(top, Some((sided.value, sided.towards(top))));
        }
        of_column.check_above(&format!("{what}, highest column"), shares);
        of_top.check_above(&format!("{what}, top"), shares);
    }
}

/// Sizes from 10 on, so many of them, and the limit by points that approach it by one or the
/// other form; none where there is no fit, or one that fits neither form.
fn limit(form: fn(f64) -> f64, count: usize, stream: &mut Stream) -> Option<(f64, f64, f64)> {
    let step = 2.0 + 4.0 * stream.unit();
    let sizes: Vec<f64> = (0..count)
        .map(|i| 10.0 + (step * i as f64).round())
        .collect();
    let error = between(1e-7, 3e-5, stream);
    let points = measured(&sizes, |l| 0.9993 + form(l), |_| error, stream);
    let found = Asymptote::of(&points).ok()?;
    if found.fit.quality.p_value().is_none_or(|p| p < 0.01) {
        return None;
    }
    let limit = found.limit?;
    Some((limit.value, limit.below, limit.above))
}

#[test]
fn of_the_limit_of_m_eq() {
    type Form = (&'static str, fn(f64) -> f64);
    let mut stream = Stream::new(42, 0);
    let forms: [Form; 3] = [
        ("exponential", |l| 0.00153 * libm::exp(-0.0996 * l)),
        ("1/L²", |l| 0.05 / (l * l)),
        ("1/L", |l| 0.005 / l),
    ];
    for (name, form) in forms {
        for count in [5, 8, 16] {
            let mut found = Coverage::default();
            for _ in 0..SETS {
                if let Some((value, below, above)) = limit(form, count, &mut stream) {
                    let error = if value > 0.9993 { below } else { above };
                    found.add(0.9993, Some((value, error)));
                }
            }
            println!("{} results", found.sets);
            found.check_at_least(&format!("limit, {name}, {count} sizes"));
        }
    }
}
