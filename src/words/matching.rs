//! What is said of the matching magnetization m*.

// Why m* cannot be told.
words! {
    NO_ERROR_YET = "no error of m_bulk is known yet";
    ONE_POINT = "only one point has kept its phase, and without a second nothing tells how m_bulk follows m";
    NO_CROSSING = "m_bulk does not pass through m_β near the points";
    NO_SLOPE = "m_bulk does not rise with m by 5 errors or more";
    BEYOND_THE_POINTS = "m_bulk would be m_β too far from the points";
    many_stages(most) = "no more than {most} stages are added for one β; a longer cap or a wider lattice may help";
}

// Findings.
words! {
    star(beta, m, basis) = "At β = {beta} reservoirs that ask for m* = {m} feed a phase at coexistence: {basis}.";
    star_unknown(beta, why) = "m* at β = {beta} cannot be told: {why}.";
    star_basis(points, quality, slope, out) = "m_bulk passes through m_β there by {points} ({quality}), where it rises by {slope} with m; left out are {out} columns at each end";
    star_error(scatter, layer, bend) = "; ±{scatter} from the scatter, ±{layer} from what these columns may do to the others, ±{bend} from the shape of the curve";
    star_beside_m_beta(m_beta, apart) = " m_β = {m_beta}, and m* is {apart}.";
    star_beside_lone(m, apart) = " Lone spins alone, 1 − 2e^(−8β), would give {m}; m* is {apart}.";
    phase_lost(lost, all) = " The phase was lost in {lost} of {all} replicas, which are left out.";
    MATCH = "m* and m_β";
    MATCH_NOT_TESTED = "No m* is known yet.";
    match_differs(values, quality) = "What a reservoir must ask for is not what it gets: m* = m_β is ruled out over {values}: {quality}.";
    match_agrees(values, quality) = "m* = m_β is compatible with the data over {values}: {quality}.";
    WHAT_IS_MATCHED = "what is matched";
    MATCHING = "One phase is alone, all plus at the start, with shifted walls, between two reservoirs that ask for the same m. No interface is there and, by symmetry, no current. Columns away from the ends settle at m_bulk(m), and m* is where that is m_β, as at coexistence. A reservoir flips single spins and knows no energy, so that the columns beside it have fewer bound pairs than the phase: hence m* is not m_β.";
    /// `how` is one of those of errc.
    asked(error, how) = "m* is asked for within {error}: {how}.";
}

// The table.
words! {
    TABLE = "What both reservoirs must ask for, m*, so that a phase alone between them has the magnetization m_β of coexistence, with one standard deviation.";
    BESIDE_WALL = "beside a + wall";
    LEFT_OUT = "columns left out";
    BASIS = "what m* rests on";
    phase_lost_in(lost, all) = "the phase was lost in {lost} of {all} replicas";
}
