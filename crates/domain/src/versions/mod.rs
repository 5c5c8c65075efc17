//! How the versions of one fiscal year, from several filings, become the one that is shown.
//!
//! A year is the periods of one scope that begin or end on the same day, or end within a week of each other: nobody opens or
//! closes two years of one company on one day, so a corrected first or last day is another version of the year. Two periods
//! that one filing tells apart stay two years. The rules, from the strongest:
//!
//! 1. **Class of source.** What was filed leads over a register's answer, that over a table, and that over bundled data
//!    ([`SourceClass`]).
//! 2. **Order within a class.** Filings, and bundled copies of filings: the later filing date, then the later report,
//!    then the later import. Answers of registers and tables: the later import, because a correction is imported after
//!    what it corrects; what is imported again is imported now ([`Rank`]).
//! 3. **Line by line.** The first version in that order that has the line gives it. A version that has not the line says
//!    nothing about it. Where versions of the class agree within the rounding of either, the most precise one is shown.
//! 4. **Overviews fill, and restate nothing.** A few lines of a year that lies two or more years before the report's own
//!    (flerårsöversikt) come after every other version of the class.
//! 5. **What fills must fit.** A weaker class, and an older filing under a complete report that names every kind of
//!    asset and debt, does not fill lines that break an identity which held without them.
//! 6. Amounts in another currency than the leading version's are never mixed in.

mod merge;
mod rank;
#[cfg(test)]
mod tests;

pub use merge::{Merged, Restatement, Verdict, Version, agree, are_one_year, current, overview_columns};
pub use rank::{Assertion, Rank, SourceClass};
