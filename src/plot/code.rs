//! A text as a QR code, for cameras.

use super::{Area, Error, Theme, colour};
use crate::words::plots as words;
use plotters::prelude::*;

/// White modules around a code, as its standard asks for.
const QUIET: i32 = 4;
/// Pixels of a module.
const MODULE: i32 = 3;

/// The modules of a code, row by row from the top; whether each is dark.
pub struct Code {
    width: usize,
    dark: Vec<bool>,
}

impl Code {
    /// The code of a text.
    ///
    /// # Errors
    /// Says why none can hold it.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn of(text: &str) -> Result<Self, String> {
        use qrcode::{Color, EcLevel, QrCode};
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .map_err(|error| words::no_code(text.len(), error))?;
        let modules = code.to_colors();
        Ok(Code {
            width: code.width(),
            dark: modules
                .into_iter()
                .map(|module| module == Color::Dark)
                .collect(),
        })
    }

    /// A code that somebody else has made.
    ///
    /// # Errors
    /// Says how many modules there are, where they are no square.
    pub fn from_modules(dark: Vec<bool>) -> Result<Self, String> {
        let width = dark.len().isqrt();
        if width == 0 || width * width != dark.len() {
            return Err(words::no_square(dark.len()));
        }
        Ok(Code { width, dark })
    }

    /// Pixels of a side, with the white around the code.
    pub(super) fn side(&self) -> i32 {
        (self.width as i32 + 2 * QUIET) * MODULE
    }

    /// Draws it from a corner on, dark modules of a row together.
    pub(super) fn draw<DB: DrawingBackend>(
        &self,
        area: &Area<DB>,
        theme: &Theme,
        (left, top): (i32, i32),
    ) -> Result<(), Error<DB>> {
        let ink = colour(&theme.ink).filled();
        let at = |number: usize| (number as i32 + QUIET) * MODULE;
        for (y, row) in self.dark.chunks(self.width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|one, next| one == next) {
                let end = x + run.len();
                if run[0] {
                    let corners = [
                        (left + at(x), top + at(y)),
                        (left + at(end), top + at(y + 1)),
                    ];
                    area.draw(&Rectangle::new(corners, ink))?;
                }
                x = end;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_a_square() {
        assert_eq!(Code::from_modules(vec![true; 441]).unwrap().width, 21);
        for wrong in [0, 2, 440] {
            let said = Code::from_modules(vec![true; wrong])
                .err()
                .expect("no code");
            assert!(said.contains(&wrong.to_string()), "{said}");
        }
    }
}
