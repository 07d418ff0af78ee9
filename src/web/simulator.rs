//! `Simulator`: a run in the page's hands.

use super::canvas::{on_canvas, plot};
use super::object;
use super::types::{Observables, Params};
use crate::configuration::brush::Brush;
use crate::link;
use crate::params::{Dynamics, Invalid};
use crate::plot::lattice_frame::Inner;
use crate::plot::{
    PlotFrame, Readout, Theme, integrated_current, lattice_frame, profile, running_mean,
};
use crate::run::simulation::{Budget, Simulation, Stop};
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// Attempts of Metropolis that take about as long as an event of kinetic Monte Carlo.
const ATTEMPTS_PER_EVENT: f64 = 20.0;
/// Attempts that every call may make, though it asks for a single event: most are
/// refused, and so many take a millisecond.
const FEWEST_ATTEMPTS: f64 = 1e5;

/// A run of the model, and the pictures of it.
#[wasm_bindgen]
pub struct Simulator {
    run: Simulation,
}

#[wasm_bindgen]
impl Simulator {
    /// A run at t = 0. Throws an Error that names each parameter that is not allowed.
    #[wasm_bindgen(constructor)]
    pub fn new(params: Ts<Params>) -> Result<Simulator, JsError> {
        let asked = params.to_rust()?;
        let params = asked.read().map_err(|invalid| complaint(&invalid))?;
        let run = Simulation::new(&params).map_err(|invalid| complaint(&invalid))?;
        Ok(Simulator { run })
    }

    /// Runs at most `events` moves, or the attempts that take as long, and not past the clock `until`.
    pub fn advance(&mut self, events: f64, until: f64) -> Ts<Stop> {
        let attempts = match self.run.params().dynamics {
            Dynamics::Kinetic => u64::MAX,
            Dynamics::Metropolis => (events * ATTEMPTS_PER_EVENT).max(FEWEST_ATTEMPTS) as u64,
        };
        let stop = self.run.advance(
            until,
            Budget {
                events: events as u64,
                attempts,
            },
        );
        object(&stop)
    }

    /// The clock.
    #[wasm_bindgen(getter)]
    pub fn time(&self) -> f64 {
        self.run.time()
    }

    /// Moves performed.
    #[wasm_bindgen(getter)]
    pub fn events(&self) -> f64 {
        self.run.events() as f64
    }

    /// Moves attempted.
    #[wasm_bindgen(getter)]
    pub fn attempts(&self) -> f64 {
        self.run.attempts() as f64
    }

    /// One byte a site, (x, y) at x·Ly + y from 0: 1 for σ = +1, else 0.
    pub fn spins(&self) -> Vec<u8> {
        self.run.sites()
    }

    /// What has been measured up to now.
    pub fn observables(&self) -> Ts<Observables> {
        object(&Observables::of(&self.run))
    }

    /// The parameters, as they are now.
    pub fn params(&self) -> Ts<Params> {
        object(&Params::from(self.run.params()))
    }

    /// The canonical query string, without "?".
    pub fn link(&self) -> String {
        link::write(self.run.params())
    }

    /// Changes the reservoirs in place; the measurement begins anew.
    #[wasm_bindgen(js_name = setMagnetizations)]
    pub fn set_magnetizations(&mut self, m_right: f64, m_left: f64) -> Result<(), JsError> {
        self.run
            .set_magnetizations(m_right, m_left)
            .map_err(|invalid| complaint(&invalid))
    }

    /// Changes β in place; the measurement begins anew.
    #[wasm_bindgen(js_name = setBeta)]
    pub fn set_beta(&mut self, beta: f64) -> Result<(), JsError> {
        self.run
            .set_beta(beta)
            .map_err(|invalid| complaint(&invalid))
    }

    /// Gives all sites within `radius`, 0 to 512, of column `x` and row `y`, both from 0, the spin
    /// 1 or −1; returns how many were turned over. If any, the measurement begins anew.
    pub fn paint(&mut self, x: f64, y: f64, radius: f64, spin: f64) -> Result<u32, JsError> {
        let brush = Brush::new(self.run.params(), x, y, radius, spin)
            .map_err(|invalid| complaint(&invalid))?;
        Ok(self.run.touch(brush))
    }

    /// Begins the measurement anew.
    #[wasm_bindgen(js_name = measureAfresh)]
    pub fn measure_afresh(&mut self) {
        self.run.measure_afresh();
    }

    /// 16 hexadecimal digits of spins, counters, generator and clock.
    pub fn digest(&self) -> String {
        format!("{:016x}", self.run.digest())
    }

    /// The full state.
    pub fn save(&self) -> Vec<u8> {
        self.run.save()
    }

    /// The run that was saved. Throws an Error that says why it cannot be restored.
    pub fn restore(bytes: &[u8]) -> Result<Simulator, JsError> {
        Ok(Simulator {
            run: Simulation::restore(bytes)?,
        })
    }

    /// Draws J_t.
    #[wasm_bindgen(js_name = drawIntegratedCurrent)]
    pub fn draw_integrated_current(
        &self,
        canvas: HtmlCanvasElement,
        theme: Ts<Theme>,
    ) -> Result<Ts<PlotFrame>, JsError> {
        plot(canvas, theme, |area, theme| {
            integrated_current::draw(area, theme, &[&self.run])
        })
    }

    /// Draws J_t of this and another run in one plot.
    #[wasm_bindgen(js_name = drawIntegratedCurrents)]
    pub fn draw_integrated_currents(
        &self,
        canvas: HtmlCanvasElement,
        theme: Ts<Theme>,
        other: &Simulator,
    ) -> Result<Ts<PlotFrame>, JsError> {
        plot(canvas, theme, |area, theme| {
            integrated_current::draw(area, theme, &[&self.run, &other.run])
        })
    }

    /// Draws the running mean of J.
    #[wasm_bindgen(js_name = drawRunningMean)]
    pub fn draw_running_mean(
        &self,
        canvas: HtmlCanvasElement,
        theme: Ts<Theme>,
    ) -> Result<Ts<PlotFrame>, JsError> {
        plot(canvas, theme, |area, theme| {
            running_mean::draw(area, theme, &self.run)
        })
    }

    /// Draws the profile.
    #[wasm_bindgen(js_name = drawProfile)]
    pub fn draw_profile(
        &self,
        canvas: HtmlCanvasElement,
        theme: Ts<Theme>,
    ) -> Result<Ts<PlotFrame>, JsError> {
        plot(canvas, theme, |area, theme| {
            profile::draw(area, theme, &self.run)
        })
    }

    /// Draws what stands around the lattice.
    #[wasm_bindgen(js_name = drawLatticeFrame)]
    pub fn draw_lattice_frame(
        &self,
        canvas: HtmlCanvasElement,
        theme: Ts<Theme>,
        inner: Ts<Inner>,
    ) -> Result<(), JsError> {
        let inner = inner.to_rust()?;
        on_canvas(canvas, theme, |area, theme| {
            lattice_frame::draw(area, theme, self.run.params(), &inner)
        })
    }

    /// Reads J_t off its plot at a pixel.
    #[wasm_bindgen(js_name = readIntegratedCurrent)]
    pub fn read_integrated_current(
        &self,
        frame: Ts<PlotFrame>,
        x: f64,
    ) -> Result<Option<Ts<Readout>>, JsError> {
        Ok(integrated_current::read(&self.run, &frame.to_rust()?, x)
            .as_ref()
            .map(object))
    }

    /// Reads the running mean off its plot at a pixel.
    #[wasm_bindgen(js_name = readRunningMean)]
    pub fn read_running_mean(
        &self,
        frame: Ts<PlotFrame>,
        x: f64,
    ) -> Result<Option<Ts<Readout>>, JsError> {
        Ok(running_mean::read(&self.run, &frame.to_rust()?, x)
            .as_ref()
            .map(object))
    }

    /// Reads the profile off its plot at a pixel.
    #[wasm_bindgen(js_name = readProfile)]
    pub fn read_profile(
        &self,
        frame: Ts<PlotFrame>,
        x: f64,
    ) -> Result<Option<Ts<Readout>>, JsError> {
        Ok(profile::read(&self.run, &frame.to_rust()?, x)
            .as_ref()
            .map(object))
    }
}

fn complaint(invalid: &[Invalid]) -> JsError {
    let sentences: Vec<String> = invalid.iter().map(ToString::to_string).collect();
    JsError::new(&sentences.join("; "))
}
