//! The schema of result files that lies beside their description.

use boon::{Compiler, SchemaIndex, Schemas};
use std::sync::LazyLock;

static SCHEMA: LazyLock<(Schemas, SchemaIndex)> = LazyLock::new(|| {
    let text = include_str!("../../docs/results.schema.json");
    let schema = serde_json::from_str(text).expect("the schema is JSON");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let name = "https://uphill.invalid/results.schema.json";
    compiler
        .add_resource(name, schema)
        .expect("it has a name of its own");
    let index = compiler
        .compile(name, &mut schemas)
        .expect("the schema is one");
    (schemas, index)
});

/// What the schema has against a result file, if anything.
pub fn complaint(text: &str) -> Option<String> {
    let value = serde_json::from_str(text).expect("a result is JSON");
    let (schemas, index) = &*SCHEMA;
    let errors = schemas.validate(&value, *index).err()?;
    Some(format!("{errors:#}"))
}

/// A result file is as the schema says.
pub fn check(text: &str) {
    assert_eq!(complaint(text), None);
}
