//! The names of files that belong to links, of runs and of scans.

use proptest::prelude::*;
use std::collections::BTreeMap;
use uphill::link as runs;
use uphill::link::file_name::stem;
use uphill::scan::plan::link as scans;

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (0u32..=1000).prop_map(|n| (f64::from(n) / 1000.0).to_string()),
        (-1.0..=1.0).prop_map(|x: f64| x.to_string()),
        Just("1e-12".to_owned()),
    ]
}

fn list() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::collection::vec(number(), 1..6).prop_map(|list| list.join(",")),
        (1u32..50).prop_map(|n| format!("0.5:0.9:{}", f64::from(n) / 1000.0)),
    ]
}

/// Canonical links of runs and of experiments.
fn link() -> impl Strategy<Value = String> {
    let size = || 4u32..=512;
    let run = (
        size(),
        size(),
        number(),
        number(),
        any::<bool>(),
        0u64..1 << 53,
    )
        .prop_map(|(lx, ly, m, beta, open, seed)| {
            let res = if open { "on" } else { "off" };
            let text = format!("Lx={lx}&Ly={ly}&m={m}&beta={beta}&res={res}&seed={seed}");
            runs::write(&runs::read(&text).params)
        });
    let kind = prop_oneof![Just("current"), Just("states"), Just("exact")];
    let scan = (kind, list(), size(), number(), 1u32..=64, 0u64..20).prop_map(
        |(kind, ms, l, err, reps, seed)| {
            let text = format!("exp={kind}&ms={ms}&L={l}&err={err}&reps={reps}&seed={seed}");
            scans::write(&scans::read(&text).experiment)
        },
    );
    prop_oneof![run, scan]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn different_links_have_different_names_that_every_system_takes(
        links in proptest::collection::vec(link(), 500)
    ) {
        let mut known = BTreeMap::new();
        for link in links {
            let name = stem(&link);
            prop_assert_eq!(&name, &stem(&link));
            let fits = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
            prop_assert!(name.chars().all(fits), "{}", name);
            prop_assert!(name.len() < 120 && !name.ends_with('.'), "{}", name);
            // Where capitals do not count, too.
            let other = known.insert(name.to_lowercase(), link.clone());
            prop_assert!(other.is_none() || other == Some(link), "{}", name);
        }
    }
}

#[test]
fn links_that_differ_in_what_is_not_read_have_different_names() {
    let near = [
        "v=1&exp=current&ms=0.1,0.2,0.4&seed=1",
        "v=1&exp=current&ms=0.1,0.3,0.4&seed=1",
        "v=1&exp=current&ms=0.1,0.2,0.4&err=0.00001&seed=1",
        "v=1&exp=current&ms=0.1:0.4:0.1&seed=1",
    ];
    let names: Vec<String> = near.iter().map(|link| stem(link)).collect();
    for (i, name) in names.iter().enumerate() {
        assert!(name.starts_with("uphill-current-ms0.1to0.4-"), "{name}");
        assert!(!names[..i].contains(name));
    }
    assert!(stem("v=1&m=-0.5&seed=9").starts_with("uphill-m-0.5-seed9-"));
}
