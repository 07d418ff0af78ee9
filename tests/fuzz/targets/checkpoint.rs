//! Any bytes as a checkpoint of a run, of a task and of a scan, with the checksum made to fit.
#![no_main]

#[path = "../../untrusted/mod.rs"]
mod untrusted;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use uphill::scan::plan::Plan;

static PLAN: LazyLock<Plan> = LazyLock::new(untrusted::plan);

fuzz_target!(|bytes: &[u8]| {
    untrusted::is_restored(&PLAN, bytes);
    if let Some(sealed) = untrusted::resealed(bytes, |_| {}) {
        untrusted::is_restored(&PLAN, &sealed);
    }
});
