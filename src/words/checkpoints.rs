//! Why a saved run, or a saved task of a scan, cannot be gone on with.

words! {
    FOREIGN = "this is not a saved run";
    other_engine(version, engine) = "this run was saved by engine {version}; this is engine {engine}, whose trajectories differ";
    /// `what` is one of those below.
    damaged(what) = "this saved run is damaged: {what}";
    ITS_FORM = "its form";
    ITS_PARAMETERS = "its parameters";
    ITS_SPINS = "the number of its spins";
    ITS_MOVES = "the order of its moves";
    ITS_CLOCK = "its clock";
    ITS_MEASUREMENT = "its measurement";
    ENDS_TOO_EARLY = "it ends too early";
    WHAT_WAS_PAINTED = "what was painted";
    ITS_CHECKSUM = "its checksum does not fit";
    #[cfg(feature = "experiments")]
    OF_ANOTHER_TASK = "it belongs to another task";
    #[cfg(feature = "experiments")]
    ITS_PROGRESS = "its progress";
    #[cfg(feature = "experiments")]
    TOO_FAR = "it has come farther than is asked for";
}
