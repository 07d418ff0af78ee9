//! What sentences of several subjects are made of.

words! {
    replicas(n) = "{n} replica" or "{n} replicas";
    values(n) = "{n} value" or "{n} values";
    measured_values(n) = "{n} measured value" or "{n} measured values";
    points(n) = "{n} point" or "{n} points";
    sizes(n) = "{n} size" or "{n} sizes";
    pairs(n) = "{n} pair" or "{n} pairs";
    times(n) = "{n} time" or "{n} times";
    NOT_BEGUN = "not begun";
    NOTHING_MEASURED = "nothing is measured yet";
    m_crit(m) = "m_crit = {m}";
    m_crit_between(from, to) = "m_crit between {from} and {to}";
    /// Such an interval where a value stands.
    between(from, to) = "between {from} and {to}";
    m_crit_unknown(why) = "m_crit cannot be told: {why}";
    NO_FREEDOM = "no freedom left for χ²";
    /// A value beside a reference without an error.
    below_it(sigmas) = "{sigmas} σ below it";
    above_it(sigmas) = "{sigmas} σ above it";
    /// An interval beside a reference.
    AROUND_IT = "an interval that contains it";
    WHOLLY_ABOVE_IT = "an interval above it";
    WHOLLY_BELOW_IT = "an interval below it";
    /// The end of a list, whose other items have commas between them.
    and(items, last) = "{items} and {last}";
    and_more(items, n) = "{items} and {n} more";
    KINETIC = "kinetic Monte Carlo";
    METROPOLIS = "Metropolis";
    THE_STEP = "the step";
    STATE_NOT_TOLD = "not told";
    mirrored(state, replicas, n, all) = "{state} ({replicas}, mirrored {n} of {all})";
}
