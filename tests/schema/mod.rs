//! The schema of result files that lies beside their description.

use std::sync::LazyLock;

static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let text = include_str!("../../docs/results.schema.json");
    let schema = serde_json::from_str(text).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is one")
});

/// What the schema has against a result file.
pub fn complaints(text: &str) -> Vec<String> {
    let value = serde_json::from_str(text).expect("a result is JSON");
    let errors = VALIDATOR.iter_errors(&value);
    errors
        .map(|error| format!("{}: {error:.200}", error.instance_path()))
        .collect()
}

/// A result file is as the schema says.
pub fn check(text: &str) {
    assert_eq!(complaints(text), [""; 0]);
}
