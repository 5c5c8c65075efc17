//! What a sentence is made of, once its words are understood.

use super::quantity::Quantity;

/// Which way something points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Up, more, higher.
    Up,
    /// Down, less, lower.
    Down,
    /// Not at all.
    Flat,
}

/// How exactly a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Approx {
    /// `cirka`, about.
    About,
    /// `drygt`: a little more.
    JustAbove,
    /// `knappt`, nearly: a little less.
    JustBelow,
    /// More than.
    Above,
    /// At least.
    AtLeast,
    /// Less than.
    Below,
    /// At most.
    AtMost,
}

/// A year that is told from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relative {
    /// The newest of the dossier: last year, `i fjol`.
    Newest,
    /// So many before the year that is spoken of.
    Back(i32),
    /// So many before the newest: two years ago.
    Ago(i32),
}

/// A change that is told as a multiple, as bounds of new / old.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Factor {
    pub low: f64,
    pub exact: f64,
    pub high: f64,
}

/// How strong an adverb says that a change was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    Strong,
    Slight,
}

/// A figure that is spoken of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mention {
    /// Keys that the words can mean.
    pub fields: Vec<String>,
    /// The word already says that it is below 0 (`förlust`).
    pub is_loss: bool,
    /// The word already says that it is above 0 (`vinst`).
    pub is_gain: bool,
}

/// One understood piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Field(Mention),
    Quantity(Quantity),
    /// A fiscal year by the year it ends in, and the one it starts in where both are written (2022/23).
    Year {
        end: i32,
        start: Option<i32>,
    },
    /// From one year to another.
    Years(i32, i32),
    /// A day on which a period ends.
    Day(chrono::NaiveDate),
    /// A month without a day.
    Month,
    Relative(Relative),
    /// `de senaste tre åren`: the change over so many years.
    Window(i32),
    Since,
    Change(Way),
    /// Better (true) or worse than before; which way that is depends on the figure.
    Turn(bool),
    /// Higher (up) or lower (down) than something.
    Compare(Way),
    /// `tillväxt`: a change whose number says which way.
    Growth,
    /// `i`, `inom`: what follows can narrow a figure.
    Within,
    Than,
    Factor(Factor),
    Strength(Strength),
    Approx(Approx),
    From,
    To,
    By,
    Of,
    Not,
    /// Highest (up) or lowest (down).
    Extreme(Way),
    /// `den enda`, the only: of no other year it is true.
    Sole,
    /// `varierade`, ranged: the numbers are the ends of what the years of a span hold.
    Ranged,
    /// `totalled`: a sum where a span is named, an amount where none is.
    Totalled,
    /// A year from January to December.
    Calendar,
    /// `trots`: what follows up to the verb is a statement of its own.
    Despite,
    /// So many years in a row.
    Streak(i32),
    EveryYear,
    /// `aldrig`: the denial before it is about all years that are spoken of.
    Ever,
    /// `aldrig`, as it is written: a denial ([`Item::Not`]) about all years.
    Never,
    Group,
    OwnCompany,
    Parent,
    /// Below 0.
    Negative,
    /// Above 0.
    Positive,
    PerYear,
    PerEmployee,
    Average,
    Total,
    Join,
    Comma,
    Stop,
    Open,
    Close,
    /// `på/om`: between verb and figure.
    At,
    /// Words that no figure can prove.
    Unproved(&'static str),
    /// A word that says nothing by itself.
    Filler,
    /// A word that is not in the vocabulary.
    Unknown(String),
    /// A capitalised word, or several.
    Name(String),
    /// Quoted words, checked apart.
    Quoted(usize),
}
