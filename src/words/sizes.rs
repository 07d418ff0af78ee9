//! What is said of the current against the size of the lattice.

// The table.
words! {
    TABLE = "The current against the size of the lattice: (Lx + 1)·J, which stays where J falls as one over the length, with one standard deviation.";
}

// Findings.
words! {
    NOTHING_MEASURED = "No J is measured yet.";
    at_largest(l, state, scaled) = "At the largest lattice measured, L = {l} ({state}), (Lx + 1)·J = {scaled}";
    with_way(sigmas, way) = ", {sigmas} σ {way}.";
    without_way(sigmas) = ", {sigmas} σ from 0, without a gradient.";
    NO_ERROR = ", without an error yet.";
    limit(state, sizes, limit, quality) = " In the state “{state}”, over {sizes}, a + b/(Lx + 1) goes to a = {limit} for large lattices ({quality})";
    limit_persists(sigmas, way) = ": {sigmas} σ {way}, so that by this form the current stays {way} as 1/(Lx + 1).";
    limit_is_open(sigmas) = ": {sigmas} σ from 0, so that these sizes do not tell whether it stays.";
    LIMIT_MISFIT = ": the form does not describe these sizes, and nothing follows for larger ones.";
    no_limit(state, why) = " In the state “{state}” there is no limit yet: {why}.";
    ALL_STATES_TOO_FEW = " Three sizes in one state would give a limit for large lattices.";
    WHAT_IS_COMPARED = "what is compared";
    COMPARED = "Where matter is carried over the whole length, J falls as 1/(Lx + 1), and (Lx + 1)·J stays. A larger lattice may be in another state at the same m₊; limits are of one state each, and hold as long as it lasts. An error bar does not know of states that need more time than was measured.";
}
