//! Why a fit gives no result. They stand behind a colon, too.

words! {
    bad_point(number, x, y, error) = "point {number} is no measured value: x = {x}, y = {y}, error = {error}; all must be finite and the error positive";
    no_points(needed) = "too few points: it takes {needed} different x, and there are none";
    one_point(needed) = "too few points: it takes {needed} different x, and there is 1";
    too_few_points(needed, given) = "too few points: it takes {needed} different x, and there are {given}";
    OUT_OF_RANGE = "the values are too large or too small to compute with";
    UNDETERMINED = "the points do not determine the parameters";
    NOT_CONVERGED = "the fit did not converge";
    NO_CROSSING = "no crossing found: the fit does not pass through zero at the points";
    NOT_ENCLOSED = "no crossing found: the values do not change their sign at the points";
    several_crossings(x, sigmas) = "no single crossing: the points change sign more than once, at {x} by more than {sigmas} σ";
    flat_crossing(slope, sigmas) = "no crossing found: the slope at zero, {slope}, is less than {sigmas} σ from zero";
    no_amplitude(distance, sigmas) = "cannot be told: the distance from the limit, {distance} at the smallest x, is less than {sigmas} σ";
    no_decay(rate, sigmas) = "cannot be told: the rate, {rate}, is less than {sigmas} σ above zero";
    one_replica(needed) = "no jackknife error: it takes {needed} replicas, and there is 1";
    too_few_replicas(needed, given) = "no jackknife error: it takes {needed} replicas, and there are {given}";
    without_replica(number, reason) = "no jackknife error: without replica {number}, {reason}";
    /// Of a scan of which no point can be fitted.
    NO_ERROR_YET = "no point has an error yet";
    /// Where points in other states were left out.
    in_step(reason) = "{reason} (only the points in the step count)";
    NO_ERROR_IN_STEP_YET = "no point in the step has an error yet";
}
