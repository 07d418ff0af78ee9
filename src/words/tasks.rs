//! How far a task of a scan is, and why it has nothing to show.

words! {
    RELAXING = "relaxing";
    MEASURING = "measuring";
    REACHED = "target reached";
    CAPPED = "ended at the cap, target not reached";
    LOST = "the step was lost";
    FROZEN = "no move possible any more";
    UNRESOLVED = "ended where the clock cannot tell one move from the next";
    LEVEL = "no gradient: both reservoirs ask for the same";
    SPINS_DO_NOT_FIT = "the spins of the point before do not fit this one's lattice";
    BEFORE_NOT_ENDED = "the point before has not ended yet";
}

// Why a mean is missing.
words! {
    STATE_CHANGED = "the state has changed, and the new one is not measured yet";
    START_WEIGHS = "the start still weighs";
}
