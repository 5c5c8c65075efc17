//! Companies out of Postgres in the order of a screen, for whoever holds no screening index.
//!
//! A worker answers from Postgres rather than from an index of its own: an index of every company takes a gigabyte and minutes to
//! load, which an export every now and then is not worth. The keys of all rows are read first and put into order by the index's
//! own comparison (Swedish alphabet, missing values last), because the order of texts in Postgres depends on its locale. The rows
//! then follow in pieces, all within one transaction that sees one state of the data, so that memory is bounded by the keys.

use std::collections::HashMap;
use std::io;

use domain::facts::FactValue;
use domain::filter::{FieldId, Filter};
use domain::orgnr::Orgnr;
use screen::{Place, Sort, SortBy, sort_places};
use store::PgConnection;
use store::company_facts::{fields_of, matching};
use store::universe::{Where, version};
use tokio::sync::mpsc;

use super::noted::NotedFor;
use super::sheet::Line;

/// Rows read at a time.
const PIECE: usize = 2_000;

/// The companies of a filter in order.
pub struct Found {
    /// Their numbers.
    pub orgnrs: Vec<Orgnr>,
    /// Version of the data.
    pub version: u64,
}

/// Finds the companies of a filter, whose sets are resolved; from then on the transaction sees the data as it is now.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, filter: &Filter, sorts: &[Sort]) -> anyhow::Result<Found> {
    version::begin_snapshot(conn).await?;
    let version = version::visible(conn).await?;
    let mut keys: Vec<FieldId> = Vec::new();
    for sort in sorts {
        if let SortBy::Field(field) = sort.by
            && !keys.contains(&field)
        {
            keys.push(field);
        }
    }
    let rows = matching(conn, Where(filter), &keys).await?;
    let sorts = sorts.to_vec();
    let ordered = tokio::task::spawn_blocking(move || {
        let place = |(orgnr, values): (Orgnr, Vec<FactValue>)| {
            Place::after(&sorts, orgnr.number(), |field| {
                let at = keys.iter().position(|key| *key == field);
                at.and_then(|at| values.get(at)).cloned().unwrap_or(FactValue::Null)
            })
        };
        let mut places: Vec<Place> = rows.into_iter().map(place).collect();
        sort_places(&mut places, &sorts);
        places.into_iter().filter_map(|place| Orgnr::from_number(place.orgnr).ok()).collect()
    });
    Ok(Found { orgnrs: ordered.await?, version })
}

/// Reads the rows of the companies in their order, with what is noted about them where that is wanted, and hands them on, saying how many it has; ends early when nobody takes them.
///
/// # Errors
/// When the database does not answer.
pub async fn send(
    conn: &mut PgConnection,
    orgnrs: &[Orgnr],
    fields: &[FieldId],
    noted: Option<NotedFor>,
    to: mpsc::Sender<Vec<Line>>,
    told: impl Fn(u64),
) -> sqlx::Result<()> {
    let mut done = 0;
    for piece in orgnrs.chunks(PIECE) {
        let mut rows: HashMap<Orgnr, Vec<FactValue>> = fields_of(conn, piece, fields).await?.into_iter().collect();
        let mut notes = match noted {
            Some(noted) => {
                let numbers: Vec<u64> = piece.iter().map(|orgnr| orgnr.number()).collect();
                noted.read(conn, &numbers).await?
            }
            None => HashMap::new(),
        };
        let line = |orgnr: &Orgnr| {
            let number = orgnr.number();
            let noted = notes.remove(&number).unwrap_or_default();
            rows.remove(orgnr).map(|values| Line { orgnr: number, values, noted })
        };
        let lines: Vec<Line> = piece.iter().filter_map(line).collect();
        done += lines.len() as u64;
        if to.send(lines).await.is_err() {
            return Ok(());
        }
        told(done);
    }
    Ok(())
}

/// The lines on the side that writes them. An error where fewer came than were promised: the other side was cut off.
pub struct Incoming {
    pieces: mpsc::Receiver<Vec<Line>>,
    piece: std::vec::IntoIter<Line>,
    missing: u64,
}

impl Incoming {
    /// Lines out of a channel, so many.
    #[must_use]
    pub fn new(pieces: mpsc::Receiver<Vec<Line>>, count: u64) -> Self {
        Self { pieces, piece: Vec::new().into_iter(), missing: count }
    }
}

impl Iterator for Incoming {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.missing > 0 {
            if let Some(line) = self.piece.next() {
                self.missing -= 1;
                return Some(Ok(line));
            }
            match self.pieces.blocking_recv() {
                Some(piece) => self.piece = piece.into_iter(),
                None => {
                    self.missing = 0;
                    return Some(Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the rows ended early")));
                }
            }
        }
        None
    }
}
