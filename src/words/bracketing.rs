//! What is said of the points that an experiment adds to find where J vanishes.

words! {
    /// The subject of what is said.
    SUBJECT = "errc";
    /// `how` is one of the next.
    asked(error, how) = "m_crit is asked for within {error}: {how}.";
    AT_ONCE = "reached by the points that were asked for";
    reached(added) = "reached, {added}";
    unreached(added, why) = "not reached, {added}: {why}";
    NONE_YET = "points may be added when all tasks have ended";
    under_way(added) = "not yet, {added}; more may follow when all tasks have ended";
    /// Of points and stages, in words.
    added(points, stages) = "with {points} added in {stages}";
    NOTHING_ADDED = "with no point added";
    stages(n) = "{n} stage" or "{n} stages";
    NO_CHANGE_OF_SIGN = "no two points have J of opposite signs, each by 2.5 errors or more";
    many_stages(most) = "no more than {most} stages are added; a smaller err or a longer cap may help";
    NO_ROOM = "there is no place left between the points";
}

words! {
    /// A complaint about errc of a chain.
    ONLY_FROM_THE_STEP = "with from=step only, since nothing can be added to points that start from each other";
    NO_SHARES = "errc: which points come next depends on what all tasks have found, and no share knows that; leave errc out, or carry the scan out whole";
}
