//! Tables of scans: captions, columns, and what stands in their cells.

words! {
    STATE = "state";
    STARTED_FROM = "started from";
    J_BY_COUNTING = "J by counting";
    POWER = "power";
    EFFICIENCY = "efficiency";
    CHANGES_OF_STATE = "changes of state";
    MEASURED_TIME = "measured time";
    STATUS = "status";
    LESS_OUR_FIT = "less our fit, in σ";
    LESS_PAPER_FIT = "less the paper’s fit, in σ";
    DYNAMICS = "dynamics";
    EXACT_J = "exact J";
    DIFFERENCE = "difference in σ";
    IN_SIGMAS = "in σ";
    FROM_M_STAR = "m_crit − m* in σ";
    M_EQ_FROM_WALL = "m_eq less that, in σ";
    BASIS = "what m_crit rests on";
    AT_X = "at x";
    M_BUMP_OF_PAPER = "m_bump of the paper";
}

words! {
    /// `start` is one of the next three.
    current(lx, ly, beta, start, relaxation) = "Current J per bond and time on {lx}×{ly} sites at β = {beta}, from rates and crossings, and by counting crossings alone, with one standard deviation. {start} and relax for t = {relaxation}, again after each change of state.";
    FROM_THE_STEP = "All replicas start from the step";
    FROM_SMALLER_M = "Each replica starts from the final spins at the next smaller m₊, the first from the step";
    FROM_LARGER_M = "Each replica starts from the final spins at the next larger m₊, the first from the step";
    states(lx, ly, beta, m_beta) = "States of {lx}×{ly} sites at β = {beta}, where m_β = {m_beta}; m_bump is the highest column of the time-averaged profile on the + rich side, its error the replicas’ scatter.";
    equilibrium(beta) = "m_eq = (⟨m(L)⟩ − ⟨m(1)⟩)/2 on L×L sites without reservoirs at β = {beta}, from the step while its interface stands, with one standard deviation.";
    RELATION = "Where J vanishes between reservoirs, m_crit, and the magnetization of the end columns without reservoirs, m_eq, each from runs of its own, with one standard deviation.";
    exact(lx, ly, sites) = "J of {lx}×{ly} sites, measured with one standard deviation, beside the stationary solution of the master equation over all 2^{sites} states.";
}

// Changes of state.
words! {
    NEVER_CHANGED = "none";
    CHANGED_ONCE = "changed once before";
    changed(n) = "changed {n} times before";
}

// Statuses, with semicolons between them.
words! {
    of_all_under_way(open, replicas) = "{open} of {replicas} under way";
    of_all_at_the_cap(capped, replicas) = "{capped} of {replicas} at the cap";
    of_all_unresolved(unresolved, replicas) = "{unresolved} of {replicas} ended where the clock cannot tell one move from the next";
    open_ones(open) = "{open} under way";
    capped_ones(capped) = "{capped} at the cap";
    UNDER_WAY = "under way";
    ENDED_AT_THE_CAP = "ended at the cap";
    ENDED = "ended";
    CONDITIONAL = "error conditional on the state";
    step_lost(lost, replicas, times) = "the step was lost in {lost} of {replicas} replicas, at {times}";
    m_eq_without_error(why) = "m_eq has no error: {why}";
    NOTHING_CHANGED = "nothing has changed";
    and_step_lost(lost, replicas) = "; equilibrium: the step was lost in {lost} of {replicas} replicas";
    ONE_REPLICA = "no error: only one replica is in this state";
    /// `why` is the text before.
    and_m_bump_has(why) = "; m_bump has {why}";
    NO_EXACT_J = "no exact value for this lattice";
    NO_ERROR = "no error";
}
