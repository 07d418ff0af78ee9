//! Any bytes as a result file: what is read is shown clean and read again as it is written.
#![no_main]

#[path = "../../untrusted/mod.rs"]
mod untrusted;

use libfuzzer_sys::fuzz_target;
use uphill::scan::file;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(part) = file::read_bytes("", bytes) {
        untrusted::is_shown_clean(&part.results).unwrap();
        untrusted::is_read_again(&part.results).unwrap();
    }
});
