//! How fast the engine is: the runs of `kernels.json`, which `./build.sh bench` times in
//! browsers, too.
//!
//! `cargo bench` times each with criterion; one iteration is one unit of simulated time.
//! With `--serve` a program takes orders from standard input instead.

mod list;
mod serve;

use criterion::{Criterion, Throughput};
use std::env;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use uphill::run::simulation::{Budget, Simulation};

fn main() -> ExitCode {
    if env::args().any(|argument| argument == "--serve") {
        return serve::serve();
    }
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    time_units(&mut criterion);
    criterion.final_summary();
    ExitCode::SUCCESS
}

fn time_units(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("time unit");
    // So the rate that is shown is that of simulated time units per second.
    group.throughput(Throughput::Elements(1));
    for kernel in list::kernels() {
        let mut relaxed: Option<Simulation> = None;
        group.bench_function(&kernel.link, |bencher| {
            // Here, so that a kernel that was not asked for does not relax.
            let run = relaxed.get_or_insert_with(|| kernel.relaxed());
            bencher.iter_custom(|units| {
                let until = run.time() + units as f64;
                let began = Instant::now();
                run.advance(until, Budget::UNLIMITED);
                began.elapsed()
            });
        });
    }
    group.finish();
}
