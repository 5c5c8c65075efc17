//! What readers hand to the writer: one item per row or package, in the order of the input.

use bytes::Bytes;
use chrono::NaiveDate;
use domain::company::CompanyRecord;
use domain::filing::Filing;
use store::import_rejections::Rejection;
use tokio::sync::OwnedSemaphorePermit;

/// One row or package.
#[derive(Debug)]
pub struct Item {
    /// Position of its file among the inputs.
    pub file: usize,
    /// Number within the file, rising by one from 1: where to go on after an interruption.
    pub number: u64,
    /// What it holds.
    pub content: Content,
    /// What was noticed and gone past.
    pub warnings: Vec<String>,
    /// The share of the memory that readers may fill, given back when the item is written.
    pub _memory: Option<OwnedSemaphorePermit>,
}

/// The content of an item.
#[derive(Debug)]
pub enum Content {
    /// A company and what is said of it.
    Company(Box<CompanyRecord>),
    /// A filing, with its package when it is to be kept.
    Filing {
        /// The document.
        filing: Box<Filing>,
        /// File or archive entry.
        name: String,
        /// The bytes for the artifact store.
        package: Option<Bytes>,
        /// When it was signed or adopted, for a filing whose day of registration is not known.
        dated_on: Option<NaiveDate>,
        /// The last day of the week whose archive of the register it came in.
        archived_on: Option<NaiveDate>,
        /// Where the figures come from when there is no package.
        provenance: Option<String>,
        /// What the same row says of the company beside its figures.
        company: Option<Box<CompanyRecord>>,
    },
    /// Nothing of the row was kept.
    SoleTrader,
    /// A further row of a company that was already given, noted in the warnings.
    Repeated,
    /// The item cannot be used.
    Rejected(Rejection),
}

/// What a reader sends.
#[derive(Debug)]
pub enum Event {
    /// Items of one file, in order.
    Items(Vec<Item>),
    /// The file has been read to its end.
    FileDone(usize),
    /// The file cannot be read (further): what was sent of it stands, the next file follows.
    FileFailed(usize, Rejection),
}

impl Item {
    /// Size of its package.
    #[must_use]
    pub fn kilobytes(&self) -> u64 {
        match &self.content {
            Content::Filing { package: Some(bytes), .. } => bytes.len() as u64 / 1024 + 1,
            _ => 0,
        }
    }
}
