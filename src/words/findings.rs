//! Findings of scans: their subjects, which stand before them in bold, and what they say.

// Of all scans.
words! {
    RESERVOIRS = "reservoirs";
    BALANCED = "Balanced reservoirs, the control: a spin of an end column flips at rate (1 − σ tanh(βh + artanh m))/2, in which the energy of the flip counts. This is our reading of arXiv 1903.11300, whose rates could not be read; m₊ and m₋ name the fields of the reservoirs, not the magnetizations of their columns.";
    NOTHING_MEASURED = "Nothing is measured yet.";
    CHANGES_OF_STATE = "changes of state";
    /// `moves` says which, for every m₊.
    state_changes(replicas, moves) = "{replicas} changed state while being measured and began anew. {moves}.";
    /// One of those moves.
    state_change(from, to, times) = "from {from} to {to} at t = {times}";
    /// After those moves, of a replica of which not all are kept; `state` is its present one.
    changes_left_out(changes, kept, state) = "of the {changes} changes of one replica these are the first {kept}, what came after them is not kept, and now it is in {state}";
    no_change_kept(changes, state) = "the {changes} changes of one replica are not kept, and now it is in {state}";
    /// The present state of such a replica.
    STATE_NOT_TOLD = "a state not told yet";
    REPLICAS = "replicas";
    replicas_agree(values, sigmas, m, farthest) = "Replicas of one point in one state agree: over {values} their scatter is {sigmas} σ from what their errors say; farthest apart they are at m₊ = {m}, by {farthest} σ.";
    replicas_differ(values, sigmas, m, farthest) = "Replicas of one point in one state differ by more than their errors allow: the errors are too small, or not all is relaxed: over {values} their scatter is {sigmas} σ from what their errors say; farthest apart they are at m₊ = {m}, by {farthest} σ.";
    ERRORS = "errors";
    errors_conditional(values) = "The errors of {values} are conditional on the state: below m_crit, or where a replica changed its state or replicas are in different ones, J belongs to a state that may not last.";
}

// The current against m₊: where it vanishes.
words! {
    m_crit_unknown(lattice, beta, why) = "Where J vanishes at L = {lattice}, β = {beta} cannot be told: {why}.";
    m_crit(m, lattice, beta, basis) = "J vanishes at m₊ = m_crit = {m} at L = {lattice}, β = {beta}: {basis}.";
    m_crit_between(from, to, lattice, beta, basis) = "J vanishes between m₊ = {from} and {to} at L = {lattice}, β = {beta}: {basis}.";
    m_crit_beside_m_beta(m_beta, apart) = " m_β = {m_beta}; ours is {apart}.";
    m_crit_beside_paper(m, apart) = " The paper has {m}, without an error; ours is {apart}.";
    LINE = "a line";
    PARABOLA = "a parabola";
    /// What m_crit rests on; `curve` is a line or a parabola.
    basis(curve, points, from, to, quality) = "{curve} through {points}, m₊ = {from} to {to}, vanishes there ({quality})";
    basis_in_state(curve, points, state, from, to, quality) = "{curve} through {points} in the {state}, m₊ = {from} to {to}, vanishes there ({quality})";
    /// An interval for want of points.
    BASIS_ALONE = "on one side of the change of sign there is one point, and without a second nothing tells how J bends there";
    basis_alone_in_state(state) = "on one side of the change of sign there is one point in the {state}, and without a second nothing tells how J bends there";
    /// An interval for want of certainty.
    basis_between(points) = "{points} beside the change of sign say no more";
    basis_between_in_state(points, state) = "{points} in the {state} beside the change of sign say no more";
    BASIS_MISFITS = "; no parabola fits at this precision";
    error_of_scatter(scatter) = "; ±{scatter} from the scatter, and nothing from the shape between the points";
    /// Two parts of an error; what follows says what the second is made of.
    error_and_cubic(scatter, sides) = "; ±{scatter} from the scatter, and {sides} from the shape between the points, by a cubic that fits as well";
    error_and_bend(scatter, sides) = "; ±{scatter} from the scatter, and {sides} from the shape between the points, which bends as the lines through them allow";
    basis_rejected(from, quality) = "; the wider window from {from} does not fit ({quality})";
    basis_jackknife(replicas, error) = "; leaving out one of {replicas} replicas after another gives ±{error} for the scatter";
}

// Its sign.
words! {
    SIGN = "sign of J";
    ABOVE_M_CRIT = "above m_crit";
    BELOW_M_CRIT = "below m_crit";
    /// One of those two, on one side of m₊ = m₋ alone.
    where_falling(place) = "{place}, where m₊ < m₋,";
    where_rising(place) = "{place}, where m₊ > m₋,";
    /// `way` is uphill or downhill.
    negative(place, way, sigmas, clear, values) = "{place} the current is {way}, J < 0, by {sigmas} σ or more at {clear} of {values}";
    positive(place, way, sigmas, clear, values) = "{place} the current is {way}, J > 0, by {sigmas} σ or more at {clear} of {values}";
    other_sign(places) = ", but it has the other sign at {places}";
}

// Its jumps.
words! {
    JUMP = "jump of J";
    TOO_SMALL_FOR_STATES = "The lattice is too small for states to be told apart.";
    NO_JUMP = "The state is the same at all points measured up to now, so no jump is seen.";
    jumps(times, list) = "Between neighbouring m₊ the state changes {times}: {list}.";
    /// An item of that list.
    jump(from, at, to, next, step, sigmas) = "from {from} at {at} to {to} at {next} J changes by {step} ({sigmas} σ)";
    /// The same where the slope of a state beside the gap is not known.
    jump_with_slope(from, at, to, next, step, sigmas) = "from {from} at {at} to {to} at {next} J changes by {step} ({sigmas} σ), by the jump and the slope of J together: a state with a single point beside the jump shows no slope";
    jump_without_error(from, at, to, next) = "from {from} at {at} to {to} at {next}, where an error of J is still missing";
    coexistences(list) = " At one m₊ in two states: {list}.";
    /// An item of that list.
    coexistence(m, j, state, other_j, other_state, step, sigmas) = "{m}: J = {j} in {state} and {other_j} in {other_state}, apart by {step} ({sigmas} σ)";
    paper_jump(m) = " The paper sees J jump near m₊ = {m}, from one bump to two.";
}

// States at several m₊.
words! {
    STATES = "states";
    state(state, time, j, m_last) = "{state} over t = {time}: J = {j}, ⟨m(Lx)⟩ = {m_last}.";
    /// `order` is that of m₊, m_bump and m_β by size.
    bump(x, m, replicas, order) = " The profile is highest at x = {x}: m_bump = {m}, its error from the scatter of {replicas} and from the parabola through the columns beside it; {order}.";
    bump_without_error(x, m, why, order) = " The profile is highest at x = {x}: m_bump = {m} ({why}); {order}.";
    paper_bump(m) = " The paper has {m}, without an error.";
    paper_bump_beside(m, apart) = " The paper has {m}, without an error; ours is {apart}.";
    paper_bump_missing(m) = " The paper has a bump here, with m_bump = {m}; this state has none.";
    STATE_CONDITIONAL = " All this is conditional on the state.";
    order_in_doubt(order, close) = "{order}, but {close}";
    /// `symbol` is m₊ or m_β.
    bump_close(sigmas, symbol) = "m_bump is only {sigmas} σ from {symbol}";
}

// m_eq against L.
words! {
    NO_M_EQ = "No m_eq has an error yet.";
    FIT = "fit";
    fit_fails(why) = "m_β + a e^(−bL) cannot be fitted: {why}.";
    /// `verdict` is one of the next three.
    fit(m_beta, sizes, a, b, correlation, quality, verdict) = "m_eq = m_β + a e^(−bL) with m_β = {m_beta} and {sizes}: a = {a}, b = {b}, correlation {correlation}; {quality}: {verdict}.";
    MISFIT = "the form does not fit at this precision, so the errors of its parameters are too small";
    FITS = "the form fits at this precision";
    NOT_TESTED = "as many parameters as points, so the form is not tested";
    fit_jackknife(replicas, a, b) = " Leaving out one of {replicas} replicas after another gives ±{a} and ±{b}.";
    FREE_ASYMPTOTE = "free asymptote";
    free_fit_fails(why) = "m_∞ + a e^(−bL) with m_∞ free cannot be fitted: {why}.";
    free_fit(limit, a, b, quality, verdict) = "With m_∞ free, m_∞ = {limit}; a = {a}, b = {b}; {quality}: {verdict}.";
    limit_by_power(limit) = "{limit} by a power of L, which fits as well";
    limit_beside_m_beta(limit, m_beta, apart) = "{limit}; m_β = {m_beta}, and m_∞ is {apart}";
    PAPER_FIT = "the paper’s fit";
    paper_fit(a, b) = "The paper has a = {a} and b = {b}, without errors";
    our_fit_beside(a, b) = "; our a is {a} and our b is {b}";
    scatter_about_paper_fit(quality) = ". Our points scatter about its curve with {quality}";
    M_EQ_AT_40 = "m_eq at L = 40";
    m_eq_beside_paper(m, paper, apart) = "m_eq = {m}; the paper has {paper}, without an error, and ours is {apart}.";
    LOST_STEPS = "lost steps";
    NO_STEP_LOST = "No replica has lost the step.";
    steps_lost(list) = "The step did not last in all replicas of {list}; what they measured up to then is used, and nothing after.";
    /// An item of that list.
    steps_lost_at(l, lost, replicas) = "L = {l}: {lost} of {replicas}";
}

// m_crit beside m_eq.
words! {
    pair_without_m_crit(why) = "m_crit cannot be told: {why}.";
    PAIR_WITHOUT_M_EQ = "m_eq has no error yet.";
    pair_with_interval(from, to, m_eq, beside) = "m_crit lies between {from} and {to}; m_eq = {m_eq}, and m_crit is {beside}.";
    WHAT_IS_COMPARED = "what is compared";
    IDENTITY_AND_CLAIM = "In every steady state J = (⟨m(Lx)⟩ − m₊)/2 exactly, so J vanishes where the last column is just as magnetized as its reservoir asks. m_eq is the magnetization that this column has without reservoirs. That the two are equal is the paper’s claim; it does not follow from the identity.";
    CLAIM_NOT_TESTED = "The paper’s claim that J vanishes precisely where the reservoirs have m_eq cannot be tested yet: no pair (L, β) has both m_crit and m_eq with an error.";
    claim_not_supported(pairs, quality, finest) = "The paper’s claim that J vanishes precisely where the reservoirs have m_eq is not supported at this precision: m_crit = m_eq over {pairs}: {quality}; the most precise difference is known to ±{finest}.";
    claim_compatible(pairs, quality, finest) = "The paper’s claim that J vanishes precisely where the reservoirs have m_eq is compatible with the data at this precision: m_crit = m_eq over {pairs}: {quality}; the most precise difference is known to ±{finest}.";
    pairs_apart(list) = " Farther than 3 σ apart: {list}.";
}

// Beside the exact J.
words! {
    EXACT_J = "exact J";
    nothing_compared(why) = "Nothing can be compared yet: {why}.";
    exact_j_agrees(points, quality) = "The measured currents agree with the exact ones at {points}: {quality}.";
    exact_j_differs(points, quality) = "The measured currents do not agree with the exact ones at {points}: {quality}.";
    FAR_OFF = "far off";
    far_from_exact(list) = "Farther than 3 σ from the exact J: {list}; by chance one value in 370 is.";
}
