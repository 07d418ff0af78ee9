//! Shares of an experiment, and why their parts do not make a whole.

words! {
    allowed(most) = "allowed is k/n with whole numbers 1 ≤ k ≤ n ≤ {most}, such as 3/8";
    too_many(of, most) = "{of} shares: allowed are at most {most}, since this scan has that many tasks that can be computed apart";
    NO_PARTS = "no parts are given";
    no_part(name) = "{name} is no part: it was not computed as a share";
    other_link(name, link, first, its) = "{name} is of another link, ?{link}; {first} is of ?{its}";
    other_engine(name, engine, first, its) = "{name} was found by engine {engine}; {first} by engine {its}";
    other_number(name, share, first, of) = "{name} is share {share}; {first} is one of {of}";
    doubled(share, first, second) = "share {share} is given twice: {first} and {second}";
    unfinished(name, left, all) = "{name} is not finished: {left} of its {all} tasks have not ended";
    missing(numbers, of) = "missing of {of} shares: {numbers}";
}
