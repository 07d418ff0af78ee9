//! Why a mean or its error is missing, and the names of states.

words! {
    NO_TIME = "no time has been measured yet";
    too_few_blocks(time) = "too short for an error: it takes {time} time units at least";
    too_few_correlation_times(times) = "too short for an error: it takes {times} correlation times at least";
    NOT_INDEPENDENT = "too short for an error: long stretches of it still depend on one another";
    NO_MOVE = "no error: no move has been made in this time";
    TOO_LITTLE_HAPPENED = "too short for an error: too little has happened yet";
    NO_MOVE_POSSIBLE = "no move is possible any more";
    DRIFTS = "not yet stationary: the mean still drifts";
    all_the_same(time) = "no error: its averages over {time} time units are all the same";
    /// Of a column.
    OLD_PROFILE = "no error: this run was saved by a version that kept none of columns; measure afresh";
    /// Of m_eq.
    RESERVOIRS_ON = "defined with the reservoirs off only";
    /// Of (⟨m(Lx)⟩ − m₊)/2.
    M_IS_A_FIELD = "at balanced reservoirs m₊ names a field, not the magnetization that they ask for";
    NO_RESERVOIRS = "there are no reservoirs";
    /// Of a run.
    painted(time) = "painted by hand at t = {time}: not reproducible from this link";
}

// Which way the current flows.
words! {
    UPHILL = "uphill";
    DOWNHILL = "downhill";
}

// States; the page and files tell them by their keys.
words! {
    STEP = "step";
    ONE_BUMP = "one bump";
    ONE_BUMP_MIRRORED = "one bump, mirrored";
    TWO_BUMPS = "two bumps";
    OTHER_STATE = "other";
    FOUR_BUMPS = "four bumps";
    SIDE_BY_SIDE = "side by side";
}
