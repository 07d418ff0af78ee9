//! Any bytes as a checkpoint of a run, of a task and of a scan, with the checksum made to fit.
#![no_main]

#[path = "../../untrusted/mod.rs"]
mod untrusted;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use uphill::scan::plan::{Plan, link};

static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let reading = link::read("exp=current&L=8&beta=0.6&ms=0.5,0.8&err=0.01&relax=50&seed=1");
    Plan::new(reading.experiment)
});

fuzz_target!(|bytes: &[u8]| {
    untrusted::is_restored(&PLAN, bytes);
    if let Some(sealed) = untrusted::resealed(bytes, |_| {}) {
        untrusted::is_restored(&PLAN, &sealed);
    }
});
