//! Complaints about links and parameters.

words! {
    /// The whole complaint; `allowed` is one of the texts below.
    complaint(key, value, allowed) = "{key}={value}: allowed is {allowed}";
    whole_number(least, most) = "a whole number from {least} to {most}";
    /// Of a spin that is painted.
    SPIN = "1 or -1";
    number(least, most) = "a number from {least} to {most}";
    /// Of the shift of the boundary.
    whole_number_below_ly(most) = "a whole number from 1 to Ly-1 = {most}";
    /// Of the width of a stripe.
    whole_number_below_lx(most) = "a whole number from 1 to Lx-1 = {most}";
    /// Between the names that a key may have for its value.
    OR = " or ";
    known_key(keys) = "one of the keys {keys}";
    /// In place of a key, where there are too many of them.
    UNKNOWN_KEYS = "unknown keys";
    /// In place of their values.
    further_ones(n) = "{n} more";
    /// Of a key behind another `?`.
    ONE_QUESTION_MARK = "one “?” in a link, before its first key";
    /// Of a key behind a `#`.
    BEHIND_HASH = "compare or tour behind the “#”";
    /// What was passed over: `keys` as they stand in the link.
    tracking(keys) = "Passed over in the link: {keys}, by which others count visits.";
    of_the_page(keys) = "Passed over in the link: {keys}, of the page alone.";
    FORWARDED = "Passed over: the address that led to the link.";
    EACH_KEY_ONCE = "each key once";
    /// The two values of a doubled key.
    both_values(first, second) = "{first} and {second}";
    VERSION = "1, the version of this link's format";
    L_OR_LX_AND_LY = "either L, or Lx and Ly";
    ONLY_WITH_STRIPE = "with init=stripe only";
    ONLY_WITH_SHIFTED = "with bc=shifted only";
    #[cfg(target_arch = "wasm32")]
    SEED_NOT_DRAWN = "a whole number, since this browser draws no random ones; 0 stands in";
}

#[cfg(feature = "experiments")]
words! {
    time(least, most) = "a time from {least} to {most}";
    /// `each` is what is allowed of a single value.
    list_of_values(most, each) = "a list such as 0.9,0.95 or 0.9:1:0.01 of at most {most} values, each {each}";
    SHIFT_OF_A_LIST = "⌊Ly/4⌋ for every size of a list, without this key";
    /// Of each β whose matching magnetization is asked for; `critical` is the critical one.
    beta_of_two_phases(critical, most) = "a number above {critical}, where there are two phases, up to {most}";
    key_of(kind, keys) = "one of the keys of exp={kind}: {keys}";
    /// In place of the value of `exp`.
    kind_of_points(kind, points) = "{kind} of {points} points";
    experiment_of_points(most) = "an experiment of at most {most} points";
}
