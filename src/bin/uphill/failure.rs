//! What went wrong, in words, and the exit code for it.

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;
use uphill::params::SEED_MAX;

/// Why a command did not do what was asked.
pub enum Failure {
    /// What was asked cannot be done: exit code 2.
    Asked(Vec<String>),
    /// The system refused something: exit code 1.
    System(String),
}

impl Failure {
    /// Complaints about what was asked.
    pub fn asked<T: Display>(complaints: &[T]) -> Self {
        Failure::Asked(complaints.iter().map(ToString::to_string).collect())
    }

    /// A file that could not be read or written.
    pub fn file(what: &str, path: &Path, error: impl Display) -> Self {
        Failure::System(format!("{} cannot be {what}: {error}", path.display()))
    }

    /// Prints it; the exit code.
    pub fn report(self) -> ExitCode {
        let (lines, code) = match self {
            Failure::Asked(lines) => (lines, 2),
            Failure::System(line) => (vec![line], 1),
        };
        for line in lines {
            eprintln!("{line}");
        }
        ExitCode::from(code)
    }
}

/// A seed from the system's random numbers.
pub fn drawn_seed() -> Result<u64, Failure> {
    let word = getrandom::u64().map_err(|error| {
        Failure::System(format!(
            "seed: none is given, and the system has no random numbers ({error})"
        ))
    })?;
    Ok(word & SEED_MAX)
}
