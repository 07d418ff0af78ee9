//! Where a command writes. A file is whole or not there, and none is replaced that is not of the
//! kind to be written; what is no regular file is written through.

use crate::failure::Failure;
use same_file::Handle;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use uphill::run::checkpoint;
use uphill::run::table::is_spins;
use uphill::scan::file::{csv, encoding};

/// The name of standard output, and of standard input where a file is read.
pub const STANDARD: &str = "-";
/// Symbolic links that are followed at most, as the system does.
const MOST_LINKS: usize = 40;

/// What is written.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Comma-separated values.
    Table,
    /// A picture.
    Svg,
    /// A picture as a page.
    Pdf,
    /// A picture as pixels.
    Png,
    /// A run, saved.
    Run,
    /// Spins as text.
    Spins,
}

impl Kind {
    /// Its name for messages.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Table => "table of Uphill",
            Kind::Svg => "SVG",
            Kind::Pdf => "PDF",
            Kind::Png => "PNG",
            Kind::Run => "saved run of Uphill",
            Kind::Spins => "text of spins of Uphill",
        }
    }

    fn is(self, bytes: &[u8]) -> bool {
        match self {
            Kind::Table => encoding::text(bytes).is_ok_and(|text| csv::is_table(&text)),
            Kind::Svg => encoding::text(bytes).is_ok_and(|text| is_svg(&text)),
            Kind::Pdf => bytes.starts_with(b"%PDF-"),
            Kind::Png => bytes.starts_with(b"\x89PNG\r\n"),
            Kind::Run => checkpoint::is_saved_run(bytes),
            Kind::Spins => encoding::text(bytes).is_ok_and(|text| is_spins(&text)),
        }
    }
}

/// Whether the first element of an XML text is a picture.
fn is_svg(text: &str) -> bool {
    let mut rest = text.trim_start();
    for (begins, ends) in [
        ("<?", "?>"),
        ("<!--", "-->"),
        ("<!DOCTYPE svg", ">"),
        ("<!--", "-->"),
    ] {
        while let Some((_, after)) = rest
            .strip_prefix(begins)
            .and_then(|own| own.split_once(ends))
        {
            rest = after.trim_start();
        }
    }
    rest.starts_with("<svg")
}

/// The file of that name where a folder is given, and otherwise what is given.
pub fn in_folder(given: &Path, name: impl FnOnce() -> String) -> Result<PathBuf, Failure> {
    if given.is_dir() {
        Ok(given.join(name()))
    } else if is_folder(given) {
        let folder = given.display();
        Err(Failure::Asked(vec![format!("There is no folder {folder}")]))
    } else {
        Ok(given.to_owned())
    }
}

/// Whether a folder is meant, be it there or not.
pub fn is_folder(path: &Path) -> bool {
    let named = path.as_os_str().as_encoded_bytes().last();
    named.is_some_and(|&last| std::path::is_separator(char::from(last))) || path.is_dir()
}

/// Where something is written.
pub struct Output {
    path: PathBuf,
    place: Place,
}

enum Place {
    /// A regular file, or one that is not there yet.
    File,
    /// A device or a pipe.
    Stream(File),
    Standard,
}

impl Output {
    /// Looks at the place before the work. It must be none of the files that are read.
    pub fn new(path: &Path, inputs: &[PathBuf]) -> Result<Output, Failure> {
        let asked = |why: String| Err(Failure::Asked(vec![why]));
        let name = path.display();
        let place = match fs::metadata(path) {
            _ if path == OsStr::new(STANDARD) => Place::Standard,
            Ok(data) if data.is_dir() => return asked(format!("{name} is a folder: name a file.")),
            Ok(data) if data.is_file() => match regular(path) {
                Some(handle) if is_standard(&handle) => Place::Standard,
                _ => Place::File,
            },
            Ok(_) => {
                let stream = OpenOptions::new().write(true).open(path);
                let stream = stream.map_err(|error| Failure::file("written", path, error))?;
                let handle = stream.try_clone().and_then(Handle::from_file);
                match handle {
                    Ok(handle) if is_standard(&handle) => Place::Standard,
                    _ => Place::Stream(stream),
                }
            }
            Err(_) => Place::File,
        };
        let own = match place {
            Place::File => regular(path),
            Place::Stream(_) => None,
            Place::Standard => Handle::stdout().ok(),
        };
        if let Some(own) = own {
            for input in inputs {
                if read_from(input).is_some_and(|read| read == own) {
                    return asked(format!(
                        "{name} is a file that is read, {}: name another output.",
                        input.display()
                    ));
                }
            }
        }
        let path = path.to_owned();
        Ok(Output { path, place })
    }

    /// Refuses a file that is there already and is not of a kind.
    pub fn of_kind(self, kind: Kind) -> Result<Output, Failure> {
        let Some(path) = self.file() else {
            return Ok(self);
        };
        if is_free(path)? {
            return Ok(self);
        }
        let bytes = fs::read(path).map_err(|error| Failure::file("read", path, error))?;
        if kind.is(&bytes) {
            Ok(self)
        } else {
            Err(in_the_way(path, &format!("and is no {}", kind.name())))
        }
    }

    /// The file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        matches!(self.place, Place::File).then_some(&self.path)
    }

    /// Whether standard output is taken.
    pub fn is_standard(&self) -> bool {
        matches!(self.place, Place::Standard)
    }

    /// Its name for messages.
    pub fn name(&self) -> String {
        match self.place {
            Place::Standard => "standard output".to_owned(),
            _ => self.path.display().to_string(),
        }
    }

    /// Writes all of it.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        match &self.place {
            Place::File => write_atomically(&self.path, bytes),
            Place::Stream(stream) => piped((&mut &*stream).write_all(bytes)),
            Place::Standard => {
                let mut out = io::stdout().lock();
                piped(out.write_all(bytes).and_then(|()| out.flush()))
            }
        }
    }

    /// Writes all of it, or says why it cannot.
    pub fn write_or_fail(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.write(bytes)
            .map_err(|error| Failure::System(format!("{} cannot be written: {error}", self.name())))
    }
}

/// Whether nothing is there, or an empty file, that nobody has protected.
pub fn is_free(path: &Path) -> Result<bool, Failure> {
    match fs::metadata(path) {
        Ok(data) if data.permissions().readonly() => {
            Err(in_the_way(path, "and is write-protected"))
        }
        Ok(data) => Ok(data.is_file() && data.len() == 0),
        Err(_) => Ok(true),
    }
}

/// The refusal of a place where something else is.
pub fn in_the_way(path: &Path, why: &str) -> Failure {
    Failure::Asked(vec![format!(
        "{} is there already, {why}. Remove it, or name another output.",
        path.display()
    )])
}

/// A reader that has gone away is no failure.
fn piped(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|error| match error.kind() {
        ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    })
}

/// What a regular file is, by whatever name; opening anything else might wait for ever.
fn regular(path: &Path) -> Option<Handle> {
    let data = fs::metadata(path).ok()?;
    data.is_file().then(|| Handle::from_path(path).ok())?
}

/// What an input is read from.
fn read_from(input: &Path) -> Option<Handle> {
    if input == OsStr::new(STANDARD) {
        Handle::stdin().ok()
    } else {
        regular(input)
    }
}

fn is_standard(handle: &Handle) -> bool {
    Handle::stdout().is_ok_and(|out| out == *handle)
}

/// Writes a file in one step: beside it first, then in its place, with the rights that it had. A
/// symbolic link stays one.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = followed(path);
    let folder = match path.parent() {
        Some(folder) if folder != OsStr::new("") => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".uphill-").suffix(".new");
    // As of any new file, less what the person's mask takes away.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.tempfile_in(folder)?;
    beside.write_all(bytes)?;
    if let Ok(data) = fs::metadata(&path) {
        beside.as_file().set_permissions(data.permissions())?;
    }
    beside.as_file().sync_all()?;
    beside.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Where the symbolic links of a path's last part lead, be anything there or not.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => break,
        }
    }
    path
}

/// The path with something appended to its name.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
