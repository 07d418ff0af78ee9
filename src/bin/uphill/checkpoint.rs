//! The checkpoint of a scan: what its tasks have found, and their full states.

use crate::failure::Failure;
use crate::output::{with_suffix, write_atomically};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use uphill::scan::task::checkpoint::Checkpoint;

/// Largest checkpoint that is read, in bytes: some 2000 points of 512×512 with two replicas.
const LARGEST: u64 = 32 << 30;

/// Where the checkpoint of a result stands until the result does.
pub fn path_of(output: &Path) -> PathBuf {
    with_suffix(output, ".partial")
}

/// Reads the checkpoint that an earlier scan has left, if it has left one.
pub fn read(output: &Path) -> Result<Option<Checkpoint>, Failure> {
    let path = path_of(output);
    if let Ok(data) = std::fs::metadata(&path)
        && data.len() > LARGEST
    {
        return Err(Failure::Asked(vec![format!(
            "{} has {} bytes: allowed is a checkpoint of at most {LARGEST}. Remove it to start anew.",
            path.display(),
            data.len()
        )]));
    }
    match std::fs::read(&path) {
        Ok(bytes) => Checkpoint::read(&bytes).map(Some).map_err(|error| {
            Failure::Asked(vec![format!(
                "{}: {error}. Remove it to start anew.",
                path.display()
            )])
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file("read", &path, error)),
    }
}

/// Writes the checkpoint.
pub fn write(output: &Path, checkpoint: &Checkpoint) -> io::Result<()> {
    write_atomically(&path_of(output), &checkpoint.write())
}
