//! `Simulator`: a run in the page's hands.

use super::canvas::{on_canvas, plot, read};
use super::object;
use super::types::{
    LatticeInnerObject, Observables, ObservablesObject, Params, ParamsObject, PlotFrameObject,
    ReadoutObject, StopObject, ThemeObject,
};
use crate::configuration::brush::Brush;
use crate::link;
use crate::params::{Dynamics, Invalid};
use crate::plot::{PlotFrame, Readout, integrated_current, lattice_frame, profile, running_mean};
use crate::run::simulation::{Budget, Simulation, Stop};
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
    pub fn new(params: ParamsObject) -> Result<Simulator, JsError> {
        let asked: Params = read(params.into())?;
        let params = asked.read().map_err(|invalid| complaint(&invalid))?;
        let run = Simulation::new(&params).map_err(|invalid| complaint(&invalid))?;
        Ok(Simulator { run })
    }

    /// Runs at most `events` moves, or the attempts that take as long, and not past the clock `until`.
    pub fn advance(&mut self, events: f64, until: f64) -> StopObject {
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
        let word = match stop {
            Stop::Budget => "budget",
            Stop::Until => "until",
            Stop::Frozen => "frozen",
            Stop::Unresolved => "unresolved",
        };
        JsValue::from_str(word).unchecked_into()
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
    pub fn observables(&self) -> ObservablesObject {
        object(&Observables::of(&self.run))
    }

    /// The parameters, as they are now.
    pub fn params(&self) -> ParamsObject {
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
        theme: ThemeObject,
    ) -> Result<PlotFrameObject, JsError> {
        plot(canvas, theme, |area, theme| {
            integrated_current::draw(area, theme, &[&self.run])
        })
    }

    /// Draws J_t of this and another run in one plot.
    #[wasm_bindgen(js_name = drawIntegratedCurrents)]
    pub fn draw_integrated_currents(
        &self,
        canvas: HtmlCanvasElement,
        theme: ThemeObject,
        other: &Simulator,
    ) -> Result<PlotFrameObject, JsError> {
        plot(canvas, theme, |area, theme| {
            integrated_current::draw(area, theme, &[&self.run, &other.run])
        })
    }

    /// Draws the running mean of J.
    #[wasm_bindgen(js_name = drawRunningMean)]
    pub fn draw_running_mean(
        &self,
        canvas: HtmlCanvasElement,
        theme: ThemeObject,
    ) -> Result<PlotFrameObject, JsError> {
        plot(canvas, theme, |area, theme| {
            running_mean::draw(area, theme, &self.run)
        })
    }

    /// Draws the profile.
    #[wasm_bindgen(js_name = drawProfile)]
    pub fn draw_profile(
        &self,
        canvas: HtmlCanvasElement,
        theme: ThemeObject,
    ) -> Result<PlotFrameObject, JsError> {
        plot(canvas, theme, |area, theme| {
            profile::draw(area, theme, &self.run)
        })
    }

    /// Draws what stands around the lattice.
    #[wasm_bindgen(js_name = drawLatticeFrame)]
    pub fn draw_lattice_frame(
        &self,
        canvas: HtmlCanvasElement,
        theme: ThemeObject,
        inner: LatticeInnerObject,
    ) -> Result<(), JsError> {
        let inner = read(inner.into())?;
        on_canvas(canvas, theme, |area, theme| {
            lattice_frame::draw(area, theme, self.run.params(), &inner)
        })
    }

    /// Reads J_t off its plot at a pixel.
    #[wasm_bindgen(js_name = readIntegratedCurrent)]
    pub fn read_integrated_current(
        &self,
        frame: PlotFrameObject,
        x: f64,
    ) -> Result<ReadoutObject, JsError> {
        Ok(readout(integrated_current::read(
            &self.run,
            &read::<PlotFrame>(frame.into())?,
            x,
        )))
    }

    /// Reads the running mean off its plot at a pixel.
    #[wasm_bindgen(js_name = readRunningMean)]
    pub fn read_running_mean(
        &self,
        frame: PlotFrameObject,
        x: f64,
    ) -> Result<ReadoutObject, JsError> {
        Ok(readout(running_mean::read(
            &self.run,
            &read::<PlotFrame>(frame.into())?,
            x,
        )))
    }

    /// Reads the profile off its plot at a pixel.
    #[wasm_bindgen(js_name = readProfile)]
    pub fn read_profile(&self, frame: PlotFrameObject, x: f64) -> Result<ReadoutObject, JsError> {
        Ok(readout(profile::read(
            &self.run,
            &read::<PlotFrame>(frame.into())?,
            x,
        )))
    }
}

fn readout(readout: Option<Readout>) -> ReadoutObject {
    readout.map_or(JsValue::UNDEFINED.unchecked_into(), |readout| {
        object(&readout)
    })
}

fn complaint(invalid: &[Invalid]) -> JsError {
    let sentences: Vec<String> = invalid.iter().map(ToString::to_string).collect();
    JsError::new(&sentences.join("; "))
}
