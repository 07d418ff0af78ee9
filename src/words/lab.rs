//! The sentence over a run on the page, and what the browser lacks.

words! {
    FROZEN = "No move is possible any more: the run has ended.";
    UNRESOLVED = "So late the clock cannot tell one move from the next: the run has ended.";
    NO_CURRENT = "No reservoirs: in equilibrium no current flows.";
    NO_HILL = "The reservoirs are equal: there is no hill.";
    /// `way` is one of the next two.
    uphill(way) = "Uphill, up the gradient: {way}.";
    downhill(way) = "Downhill, as in Fick’s law: {way}.";
    drift_right(left, right) = "+ spins drift right, from the reservoir at {left} to the one at {right}";
    drift_left(right, left) = "+ spins drift left, from the reservoir at {right} to the one at {left}";
    too_early(time) = "Too early to call the sign: the start may still weigh until t = {time} is measured.";
    NOT_SIGNIFICANT = "The sign of the current is not yet significant.";
    /// How far the crossings alone are from the estimator with the rates.
    from_both(sigmas) = "{sigmas} σ from J by both";
    /// The same of power.
    from_power(sigmas) = "{sigmas} σ from power by both";
    NO_CANVAS = "this browser gives no drawing context for a canvas";
}
