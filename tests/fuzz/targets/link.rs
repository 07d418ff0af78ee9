//! Any text as a link of a run and of an experiment.
#![no_main]

#[path = "../../untrusted/mod.rs"]
mod untrusted;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| untrusted::is_read(text));
