//! What an experiment has found, in words and in a table: the same for the page, the
//! terminal and the files.

/// A table of results; every cell is text as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it holds, in a sentence.
    pub caption: String,
    /// Heads of the columns, with symbols as in the text: m₊, J, χ²/dof.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The number of the point that it belongs to.
    pub point: usize,
    /// The cells.
    pub cells: Vec<String>,
}

/// A statement about the whole experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is about, such as m_crit.
    pub subject: String,
    /// What was found, in a sentence or two, with numbers, errors and what they rest on.
    pub text: String,
}
