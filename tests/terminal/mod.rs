//! The command `uphill`, run as a person runs it, in a folder of its own.
#![allow(dead_code)] // Each test uses a part.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A scan of a second.
pub const SCAN: &str =
    "exp=current&L=8&beta=0.6&ms=0.5,0.8,0.95&err=0.0005&relax=200&cap=50000&reps=2&seed=1";
/// A scan of some ten seconds, long enough to be killed on its way.
pub const LONG: &str =
    "exp=current&L=16&beta=0.8&ms=0.9,0.95,0.99&err=1e-9&relax=2000&cap=2e6&seed=1";

/// A folder of its own, removed when the test has passed.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // What an earlier run has left.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for the test");
        Folder(folder)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}

pub fn uphill(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_uphill"));
    command.args(arguments);
    command
}

pub fn scan(link: &str, output: &Path, threads: &str) -> Output {
    let output = output.to_str().expect("a path of letters");
    uphill(&["scan", link, "-o", output, "--threads", threads])
        .output()
        .expect("the command starts")
}

/// Runs the command where no file may have content: every write fails as on a full disk.
#[cfg(unix)]
pub fn on_full_disk(arguments: &[&str]) -> Output {
    Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_uphill"))
        .args(arguments)
        .output()
        .expect("a shell")
}

pub fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn succeeded(output: &Output) {
    assert!(output.status.success(), "{}", words(output));
}

/// Starts a scan, or goes on with it, and kills it once it has saved something new; whether it was
/// still running then.
pub fn killed(arguments: &[&str], output: &Path) -> bool {
    let name = output.to_str().expect("a path of letters");
    let mut running = uphill(arguments)
        .args(["-o", name, "--threads", "2", "--save-every", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    // Until it has saved what it did, and some time more.
    let began = Instant::now();
    let partial = PathBuf::from(format!("{name}.partial"));
    let size = || fs::metadata(&partial).map_or(0, |data| data.len());
    let first = size();
    while size() <= first.max(500) && began.elapsed() < Duration::from_secs(30) {
        if running.try_wait().expect("it can be asked").is_some() {
            break;
        }
        sleep(Duration::from_millis(50));
    }
    let alive = running.try_wait().expect("it can be asked").is_none();
    if alive {
        running.kill().expect("it can be killed");
    }
    running.wait().expect("it ends");
    alive
}
