//! What is said of a run that goes through several states.

// Why a number has no error, or is none.
words! {
    NEVER_THERE = "it was never in this state";
    NOT_IN_EVERY_REPLICA = "not every replica was in this state";
    NEVER_LEFT = "no change of state yet";
    NEVER_CHANGED = "it never changed";
    LITTLE_TIME = "too little time in this state for an error";
    few_visits(least) = "fewer than {least} visits of this state";
    few_changes(least) = "fewer than {least} changes of state";
}

// Counted.
words! {
    visits(n) = "{n} visit" or "{n} visits";
    changes(n) = "{n} change" or "{n} changes";
}

// Findings.
words! {
    STATES = "states";
    from_to(first, last) = "{first} to {last}";
    /// A state that takes more of the time than any other.
    prevails(state, places) = "{state} at m₊ = {places}";
    /// All of those.
    prevailing(states) = "Most of the time is spent in: {states}.";
    one_at_each(share) = " No second state takes {share} of the time anywhere.";
    several(share, places) = " More than one state takes {share} of the time at m₊ = {places}.";
    CHAOTIC = "chaotic";
    chaotic_is(relaxation) = "Chaotic is called here where the state changes more often than once in t = {relaxation}, 50 L²: then no state lives until what it began from is gone, and none has a current of its own.";
    NOWHERE = " By this it is chaotic at none of these m₊.";
    chaotic_at(places) = " By this it is chaotic at m₊ = {places}.";
    slow_at(places) = " It is not at m₊ = {places}.";
    unknown_at(places) = " Too little has happened to tell at m₊ = {places}.";
    begins(chaotic, slow) = " So it begins between m₊ = {chaotic} and {slow}.";
    paper(m) = " The paper, which does not say how it tells, has two bumps down to about {m} and calls what is below chaotic.";
    BY_STATE = "J by state";
    /// `said` are some of the next three.
    signs(sigmas, said) = "By {sigmas} σ or more J flows while in: {said}.";
    uphill(state, places) = "{state}, uphill at m₊ = {places}";
    downhill(state, places) = "{state}, downhill at m₊ = {places}";
    both_ways(state, up, down) = "{state}, uphill at m₊ = {up} and downhill at {down}";
    TOLD = "how states are told";
    told(step, relaxed) = "All runs begin from the step and relax for t = {relaxed}. The profile over each t = {step} tells the state; another one counts from where two in a row have shown it. Three interfaces from one reservoir to the other are two bumps, five are four; the phases are side by side where a quarter of the columns, in a row, is of neither phase, as with stripes from wall to wall, or while one arrangement becomes another. As long as the state seldom changes, the shares hang on how a run began.";
}

// The table.
words! {
    table(lx, ly, beta) = "States of {lx}×{ly} sites at β = {beta}, from the step on: the share of the time in each, and J while in it, with one standard deviation.";
    SHARE = "share of time";
    VISITS = "visits";
    INTERFACES = "interfaces";
    BETWEEN = "t between changes";
    ALL = "all together";
}
