//! The command `uphill`, run as a person runs it, in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// A scan of a second.
pub const SCAN: &str =
    "exp=current&L=8&beta=0.6&ms=0.5,0.8,0.95&err=0.0005&relax=200&cap=50000&reps=2&seed=1";
/// A scan of so much work for each task, which no error ends sooner.
fn long(cap: u64) -> String {
    format!("exp=current&L=16&beta=0.8&ms=0.9,0.95,0.99&err=1e-9&relax=2000&cap={cap}&seed=1")
}

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

/// Starts a scan and kills it once it has saved something; its link. Where a machine ends it sooner,
/// it is given more work.
pub fn killed_on_its_way(more: &[&str], output: &Path) -> String {
    let mut cap = 1_000_000;
    loop {
        let link = long(cap);
        if killed(&link, more, output) {
            return link;
        }
        fs::remove_file(output).expect("the result of what was too short");
        cap *= 4;
    }
}

/// Starts a scan, or goes on with it, and kills it once it has saved something new; whether it was
/// still running then.
pub fn killed(link: &str, more: &[&str], output: &Path) -> bool {
    let name = output.to_str().expect("a path of letters");
    let partial = PathBuf::from(format!("{name}.partial"));
    let written = || fs::metadata(&partial).and_then(|data| data.modified()).ok();
    let size = || fs::metadata(&partial).map_or(0, |data| data.len());
    let mut last = written();
    let mut running = uphill(&["scan", link])
        .args(more)
        .args(["-o", name, "--threads", "2", "--save-every", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    // It writes what it has found before, to see that it can, and from then on what it finds.
    let mut writings = 0;
    while writings < 2 || size() <= 500 {
        if running.try_wait().expect("it can be asked").is_some() {
            return false;
        }
        sleep(Duration::from_millis(20));
        let now = written();
        if now.is_some() && now != last {
            (writings, last) = (writings + 1, now);
        }
    }
    let alive = running.try_wait().expect("it can be asked").is_none();
    running.kill().expect("it can be killed");
    running.wait().expect("it ends");
    alive
}
