//! Any bytes as an outcome, the message from a scan's worker to the page, which keeps it, too.
#![no_main]

#[path = "../../untrusted/mod.rs"]
mod untrusted;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use uphill::scan::file;
use uphill::scan::plan::Plan;
use uphill::scan::results::Results;

static PLAN: LazyLock<Plan> = LazyLock::new(untrusted::plan);

fuzz_target!(|bytes: &[u8]| {
    if let Ok(outcome) = file::outcome(bytes) {
        let again = file::outcome(&file::outcome_bytes(&outcome));
        assert!(again.is_ok(), "{:?}", again.err());
        let mut results = Results::of(PLAN.clone().into());
        if results.take(0, outcome).is_ok() {
            untrusted::is_shown_clean(&results).unwrap();
            untrusted::is_read_again(&results).unwrap();
        }
    }
});
