//! The energy budget: why a part of it is missing.

words! {
    /// Of all of it.
    OLD = "this run was saved by a version that did not count it; measure afresh";
    /// Of the heat.
    NO_HEAT = "without reservoirs no energy comes in: the heat is 0 in the mean";
    /// Of the entropy production and the efficiency.
    IRREVERSIBLE = "does not exist at |m₊| = 1 or |m₋| = 1, where flips cannot be undone";
    /// Of both, where a spin is the outer neighbour of the one beside it.
    BESIDE_ITSELF = "does not follow from the heat where s is 1 or Ly − 1: an exchange and its reverse cost different energies";
    /// Of the efficiency.
    BALANCED = "balanced reservoirs are in detailed balance with the bath: nothing is pumped";
    INFINITE_TEMPERATURE = "does not exist at β = 0, where heat costs no entropy";
    NO_HILL = "the reservoirs are equal: there is no hill to climb";
    HEAT_NOT_SIGNIFICANT = "the heat is not significant yet";
    HEAT_FROM_THE_BATH = "the bath gives heat here: nothing is pumped";
}

// The budget in a sentence.
words! {
    NOBODY_PAYS = "No reservoirs: no energy comes in.";
    not_significant(power) = "What the reservoirs put in is not significant yet: {power} a unit of time.";
    /// `share` in per cent.
    pumped(power, lifts, share) = "The reservoirs put in {power} a unit of time; {lifts} of it ({share} %) lifts spins uphill, the rest is heat.";
    all_heat(power) = "The reservoirs put in {power} a unit of time, and all of it becomes heat: spins go downhill.";
    heat_alone(power) = "The reservoirs put in {power} a unit of time, which becomes heat.";
    taken_out(power) = "Spins go downhill and pay themselves: the reservoirs take out {power} a unit of time, which the bath gives as heat.";
    BALANCED_SAID = "Balanced reservoirs pump nothing: what one puts in, the other or the bath takes.";
}
