//! How large a package may be: what bounds memory whatever the bytes say.

/// Limits of one package. The largest filed packages seen are ESEF reports of some tens of megabytes; an
/// ordinary package is 10–200 kB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as given; check it against the file's size before reading the file.
    pub package: u64,
    /// Bytes of one inflated entry.
    pub entry: u64,
    /// Bytes of all inflated entries together.
    pub total: u64,
    /// How many times an entry above [`Limits::RATIO_FLOOR`] may inflate.
    pub ratio: u64,
    /// Documents read from one package.
    pub documents: usize,
    /// How deep archives may be nested.
    pub depth: usize,
}

impl Limits {
    /// Entries up to this many bytes may inflate by any ratio.
    pub const RATIO_FLOOR: u64 = 8 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self { package: 256 << 20, entry: 192 << 20, total: 256 << 20, ratio: 100, documents: 64, depth: 3 }
    }
}
