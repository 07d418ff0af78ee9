//! What is said of a map of the sign of J over (m₊, β).

words! {
    NOT_SIGNIFICANT = "not significant";
    NO_PHASES = "no phases";
    /// Above what stands in the columns of the table.
    SIGN = "sign";
    table(lx, ly) = "The sign of the current J on {lx}×{ly} sites, cell by cell: J per bond and time with one standard deviation, and how many σ of a normal variable it is from 0. All replicas start from the step.";
    /// Of a cell without a sign.
    ALL_MOVES = "all moves made, no sign";
}

// A cell in a sentence.
words! {
    place(m, beta) = "m₊ = {m}, β = {beta}";
    without_value(place, sign) = "{place}: {sign}";
    /// `sign` is the word for the direction, or why there is none.
    by_sigmas(sign, sigmas) = "{sign}, {sigmas} σ from 0";
    without_error(sign) = "{sign}, no error known";
    /// `sign` is one of the two before.
    cell(place, j, sign, state, time) = "{place}: J = {j}, {sign}; {state}, measured over t = {time}";
}

// Findings.
words! {
    SIGN_OF_J = "sign of J";
    cells(n) = "{n} cell" or "{n} cells";
    /// `parts` are numbers, each before what is known of so many.
    numbers(cells, parts) = "Of {cells}: {parts}.";
    at_beta(beta) = "β = {beta}";
    NO_CHANGE_BESIDE_M_STAR = "No turn from uphill to downhill is known yet at a β for which m* is.";
    NO_OTHERS = "none";
    around_m_star(all, inside, bulk, others) = "Turns of J from uphill to downhill as |m₊| grows, where m* is known: {all}; of these between two cells on either side of m*: {inside}, on either side of m_β: {bulk}. Not around m*: {others}.";
    /// `inner` and `outer` are uphill and downhill.
    change(inner, outer, from, to) = "between m₊ = {from} and {to}, {inner} where |m₊| is smaller and {outer} where it is larger";
    changes(places) = "The sign changes {places}.";
    NO_CHANGE = "The sign does not change between cells with one.";
    NO_CHANGE_YET = "No change of sign is known yet.";
    beside_m_beta(m) = " m_β = {m}.";
    beside_m_star(m) = " m* = {m}.";
    BELOW_BETA_C = " This is below β_c, where there is one phase alone.";
    SPLIT = "split";
    NOT_SPLIT = "No cell is split up to now; when all have ended, those are where the sign changes from one to the next or across one without.";
    split(cells, parts) = "Where the sign changes, {cells} were split into {parts}.";
    CHANCE = "by chance";
    chance(sigmas, percent, cells, expected) = "A sign is called when J is {sigmas} σ from 0 at the end of a round. A cell with J = 0 would have one by chance in {percent} % of all cases, over all rounds together: of {cells} that have ended, {expected} at most are to be expected. Signs belong to the state that was measured.";
}

// In the pictures.
words! {
    /// In the place of states.
    ONE_PHASE = "below β_c: no phases";
}

// Shares.
words! {
    NO_SHARES = "split: which cells are split depends on what all tasks have found, and no share knows that; write split=0, or carry the scan out whole";
}
