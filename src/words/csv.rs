//! The comments at the head of what is written for other programs: of results, and of runs.

words_of_files! {
    TITLE = "Uphill: the two-dimensional Ising model between two magnetization reservoirs";
    made_by(engine) = "engine {engine}";
    link(link) = "link ?{link}";
    seed(seed) = "seed {seed}";
    COMPLETE = "complete: every replica has ended";
    INCOMPLETE = "incomplete: some replicas have not ended";
    ERRORS = "Errors are one standard deviation, widened for Student's t where few blocks know them.";
    EMPTY_CELLS = "Empty cells: not measured, no error is known, or without meaning here.";
    // For whoever opens it in a spreadsheet.
    DECIMAL_POINT = "Numbers have a decimal point. A spreadsheet in a language that writes 0,5 misreads them: it needs the table with decimal comma.";
    DECIMAL_COMMA = "Numbers have a decimal comma, and semicolons stand between the cells.";
    /// `meaning` is one of those below.
    column(name, meaning) = "column {name}: {meaning}";
}

// What the columns hold.
words_of_files! {
    LX = "columns";
    LY = "rows";
    BETA = "inverse temperature in units of the coupling";
    M_PLUS = "magnetization of the right reservoir; empty without reservoirs";
    M_MINUS = "magnetization of the left reservoir; empty without reservoirs";
    BOUNDARY = "boundary: fixed or shifted";
    DYNAMICS = "dynamics: kinetic or metropolis";
    STATE = "state in which the row was measured: step, bump, mirror-bump, two-bumps, other, of regimes also four-bumps and side-by-side; empty while not known, and of regimes over all states";
    REPLICAS = "independent replicas in that state";
    MIRRORED = "of them mirror images (x,s) -> (Lx+1-x,-s), mapped";
    ENDED = "of them ended";
    CAPPED = "of them ended at the cap before the target error was reached";
    CHANGES = "changes of state before the measurement, which then began anew";
    TIME = "measured simulated time, all replicas; a move of rate 1 happens once in a unit";
    EVENTS = "moves performed, relaxation included";
    J = "current per horizontal bond and unit time from rates and crossings, positive to the right";
    J_ERROR = "one standard deviation of J, conditional on the state";
    J_FREEDOM = "degrees of freedom in which that is known";
    J_COUNT = "current by counting crossings alone";
    M_LAST = "mean magnetization of column Lx";
    M_FIRST = "mean magnetization of column 1";
    M_EQ = "(m_last - m_first)/2 without reservoirs";
    ENERGY = "energy per site in units of the coupling";
    J_EXACT = "the exact current, where it was computed";
    POWER = "power of both reservoirs, of the whole lattice per unit time: what their flips cost";
    POWER_LEFT = "power of the left reservoir";
    POWER_RIGHT = "power of the right reservoir";
    HEAT = "heat to the bath, of the whole lattice per unit time: what the exchanges give";
    ENTROPY_PRODUCTION = "entropy production, of the whole lattice per unit time";
    EFFICIENCY = "efficiency of pumping, at most 1: the share of the heat's entropy that lifts spins uphill";
    RESERVOIRS = "reservoirs: on, off or balanced";
    SHIFT = "rows by which a shifted boundary looks aside";
    LINK = "link of the run";
    M_BULK = "magnetization far from both reservoirs, where they ask for the same";
    M_STAR = "matching magnetization of this beta: what both reservoirs must ask for";
    SIGN = "of a map, the sign of J relative to the gradient: uphill, downhill, not-significant, or no-gradient where m₊ = m₋; empty before it has ended";
    SIGNIFICANCE = "of a map, how many σ of a normal variable J is from 0";
    SHARE = "share of the time in this state";
    VISITS = "how often it was entered, the start included; of all states in the row of all";
    INTERFACES = "mean number of interfaces from one reservoir to the other, while the phases lie one behind another";
    BETWEEN_CHANGES = "mean time between two changes of state";
    M_BETA = "spontaneous magnetization of the infinite lattice";
    /// Of the column before.
    ITS_ERROR = "its standard deviation";
}

// Of runs.
words_of_files! {
    INTEGRATED_CURRENT = "integrated current J_t";
    RUNNING_MEAN = "running mean of the current J, from rates and crossings";
    PROFILE = "magnetization profile m(x), averaged over the measured time";
    COLUMN_CURRENTS = "current J between neighbouring columns, by what has crossed";
    /// Of the column x of that table.
    BETWEEN = "what crosses from column x to the next; 0: from the left reservoir, Lx: into the right one";
    J_BETWEEN = "current per row and unit time, positive to the right";
    J_BETWEEN_ERROR = "its standard deviation: that of J by crossings, and what a finite time adds";
    SPINS = "Uphill: spins of a lattice, a line a row, the top one first";
    measured(time, since, digest) = "at t = {time}, measured from t = {since} on, digest {digest}";
    painted(time) = "painted by hand at t = {time}: not reproducible from this link";
    ALTERED = "changed while running: not reproducible from this link";
    /// Of two runs beside each other; `what` is a comment.
    of_run(number, what) = "run {number}: {what}";
    RUN = "number of the run, 1 or 2";
    SINCE_START = "simulated time since the measurement began";
    Q = "plus spins that have crossed a horizontal bond to the right since then, less those to the left";
    J_T = "integrated current Q/((Lx - 1) Ly)";
    J_UP_TO = "mean current up to then per horizontal bond and unit time, positive to the right";
    X = "column, from 1";
    M = "mean magnetization of the column";
}
