//! The command as `./build.sh` calls it.

use std::process::Command;

fn xtask() -> Command {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
}

#[test]
fn an_unknown_command_is_named() {
    let output = xtask().arg("sight").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said.contains("'sight'") && said.contains("--help"),
        "{said}"
    );
}

#[test]
fn without_cargo_it_says_how_it_is_run() {
    let output = xtask()
        .arg("site")
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(said.contains("cargo run -p xtask -- site"), "{said}");
}
