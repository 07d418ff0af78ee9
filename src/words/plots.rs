//! What stands in the pictures, and what a pointer reads off them.

words! {
    /// The name of the curve of the integrated current, as long as its sign is not called.
    slope(j) = "slope {j}";
    /// The same with the word, uphill or downhill.
    slope_and_way(way, j) = "{way}, slope {j}";
    /// What a crossed mark means.
    WITHOUT_ERROR = "× no error known";
}

// Headings of the pictures of a scan.
#[cfg(feature = "experiments")]
words! {
    CURRENT = "Current J against the reservoirs’ magnetization m₊";
    INTEGRATED_CURRENT = "Integrated current Jₜ";
    STATES = "Final spins and time-averaged profiles";
    EQUILIBRIUM = "Magnetization m_eq of the end columns against L";
    RELATION = "Where J vanishes, beside m_eq";
    MATCH = "Matching magnetization m* against β";
    LIMITS = "a + b/(Lx + 1), in one state";
    SIZES = "Current times length, (Lx + 1)·J, against L";
    MAP = "Sign of the current J over m₊ and β";
    MAP_STATES = "State over m₊ and β";
    REGIMES = "Share of time in each state, and interfaces, against m₊";
    LIVES = "Time between changes of state against m₊";
    IN_STATES = "Current J while in each state against m₊";
    EXACT = "Distance from the exact J in standard deviations";
    not_drawn(error) = "the picture could not be drawn: {error}";
    /// At the foot of a picture of a run.
    ALTERED = "changed while running: not reproducible from its link";
}

// In the picture of a run.
#[cfg(feature = "experiments")]
words! {
    NO_RESERVOIRS = "no reservoirs";
    NO_HILL = "no gradient";
    TOO_EARLY = "too early to tell";
    NOT_SIGNIFICANT = "no significant sign";
    measured(span, time) = "measured over {span} up to t = {time}";
    measured_without_error(span, time, reason) = "measured over {span} up to t = {time}; {reason}";
    engine(version) = "engine {version}";
    no_square(n) = "a QR code is a square, and {n} modules are none";
    #[cfg(not(target_arch = "wasm32"))]
    no_code(length, error) = "a QR code cannot hold the {length} bytes of the link: {error}";
}

// In a picture without points.
#[cfg(feature = "experiments")]
words! {
    NO_PROFILE = "no profile yet";
    NO_FIT = "no fit yet";
    NOTHING_COMPARED = "nothing can be compared yet";
    NO_PAIR = "no pair has both yet";
}

// At axes, curves and points.
#[cfg(feature = "experiments")]
words! {
    WHERE_J_VANISHES = "where J vanishes";
    WHERE_J_VANISHES_MAGNIFIED = "where J vanishes, magnified";
    /// The half planes above and below J = 0; `way` is uphill or downhill.
    upper_half(way) = "{way}, J > 0";
    lower_half(way) = "{way}, J < 0";
    /// The place between the two sides of the reservoirs' gradient.
    NO_GRADIENT = "m₊ = m₋";
    paper_m_crit(m) = "paper m_crit {m}";
    /// The same where there is less room.
    PAPER = "paper";
    paper_m_bump(m) = "paper {m}";
    STATE_NOT_TOLD = "state not told yet";
    state_and_time(state, time) = "{state}, t = {time}";
    shown_mirrored(state) = "{state}, shown mirrored";
    fit(a, b) = "fit: a = {a}, b = {b}";
    paper_fit(a, b) = "paper: a = {a}, b = {b}";
    OUR_FIT = "our fit mᵦ + a e^(−bL)";
    LESS_OUR_FIT = "less our fit / σ";
    LESS_EXACT = "(J − exact) / σ";
    FROM_ZERO = "distance / σ";
    M_CRIT = "m_crit, where J vanishes";
    M_EQ = "m_eq, without reservoirs";
    M_STAR = "m*, which feeds a phase at coexistence";
    BULK = "mᵦ, the bulk";
    WALL = "beside a + wall";
    LONE = "lone spins alone, 1 − 2e^(−8β)";
    SHARE = "share of time";
    INTERFACES = "interfaces";
    TIME_BETWEEN = "t between changes";
    RELAXATION = "50 L², relaxation";
    NO_CHANGE = "bar to the top: no change in this time";
    /// Of how many minus spins there are beside the lone ones.
    IN_LONE_SPINS = "(1 − m) / 2e^(−8β)";
}

// In the plots of single columns.
#[cfg(feature = "experiments")]
words! {
    /// The magnetization of the first column beside a wall.
    AT_A_WALL = "beside a wall";
    SOME_WITHOUT_ERROR = "no bar: error small or unknown";
    /// Over |m(x)| at high temperature.
    NO_PHASES = "above the critical temperature: no phases";
    NO_COLUMN_CURRENTS = "not known of a run that an older version saved";
    /// What has come from the left reservoir.
    current_in(j) = "into column 1: J = {j}";
    current_out(j) = "out of column Lx: J = {j}";
    current_between(x, next, j) = "from column {x} to {next}: J = {j}";
}

// What a pointer reads off.
#[cfg(feature = "experiments")]
words! {
    /// Behind a value that has none.
    NO_ERROR = ", no error known";
    error_and_sigmas(error, sigmas) = " ± {error}, {sigmas} σ from 0";
    /// Behind J; `way` is uphill or downhill.
    error_and_way(error, way, sigmas) = " ± {error}, {way} by {sigmas} σ";
    sigmas_and_way(sigmas, way) = ", {way} by {sigmas} σ";
    bump_at(m, x) = ", m_bump = {m} at x = {x}";
    from_our_fit(sigmas) = ", {sigmas} σ from our fit";
    beside_exact(beta, m, dynamics, j, exact, sigmas) = "β = {beta}, m₊ = {m}, {dynamics}: J = {j}, exact {exact}, {sigmas} σ";
    /// Behind m₊ and a state.
    share_at(m, state, percent, visits) = "m₊ = {m}, {state}: {percent} of the time, {visits}";
    interfaces_at(m, n) = "m₊ = {m}: {n} interfaces";
    between_at(m, time, changes) = "m₊ = {m}: {time} between changes of state, {changes}";
    none_between_at(m, span) = "m₊ = {m}: no change of state within {span}";
    current_in_state(m, state, j) = "m₊ = {m}, {state}: J = {j}";
    star_at(beta, m, m_beta, apart) = "β = {beta}: m* = {m}, m_β = {m_beta}, and m* is {apart}";
    slope_j(j) = "slope J = {j}";
    integrated_at(line, j, t) = "{line}; Jₜ = {j} at t = {t}";
}
