//! Where the ranges of a column begin: so that each holds about as many rows as the next, and none is wider than few bytes can tell.

use crate::hash::FastMap;

/// Codes tell 255 ranges apart; the first and the last are for values outside all others.
const MOST: usize = 253;
/// Rows looked at to place the ranges.
const SAMPLE: usize = 1 << 16;

/// Ascending starts of ranges. Range i holds `starts[i] <= value < starts[i + 1]`; the last start only ends the range before it.
#[derive(Debug)]
pub(crate) struct Starts {
    starts: Vec<i64>,
    /// The starts and then nothing but the greatest value, so that a search takes the same eight steps for every value.
    padded: [i64; 256],
}

impl Starts {
    /// Starts for the values of a column, which are not empty.
    pub(crate) fn place(values: impl ExactSizeIterator<Item = i64> + Clone) -> Self {
        if let Some(distinct) = distinct(values.clone()) {
            // One range each: the value and all up to the next one, which no row holds.
            let end = distinct.last().map(|greatest| greatest.saturating_add(1));
            return Self::new(distinct.into_iter().chain(end).collect());
        }
        let step = values.len().div_ceil(SAMPLE);
        let mut sample: Vec<i64> = values.step_by(step).collect();
        sample.sort_unstable();
        Self::new(starts_of(&sample))
    }

    fn new(mut starts: Vec<i64>) -> Self {
        starts.dedup();
        let mut padded = [i64::MAX; 256];
        padded[..starts.len()].copy_from_slice(&starts);
        Self { starts, padded }
    }

    /// Number of codes, without 0.
    pub(crate) fn codes(&self) -> usize {
        self.starts.len() + 1
    }

    /// The code of a value: 1 below all ranges, then the ranges, then the values above all of them.
    pub(crate) fn code(&self, value: i64) -> u8 {
        let mut below = 0;
        for step in [128, 64, 32, 16, 8, 4, 2, 1] {
            below += if self.padded[below + step - 1] <= value { step } else { 0 };
        }
        // The greatest value of all passes the padding, too.
        below.min(self.starts.len()) as u8 + 1
    }

    /// Whether the code stands for values outside all ranges.
    pub(crate) fn is_outside(&self, code: usize) -> bool {
        code == 1 || code == self.codes()
    }
}

/// The distinct values, ascending, if each can have a code of its own.
fn distinct(values: impl Iterator<Item = i64>) -> Option<Vec<i64>> {
    let mut seen: FastMap<i64, ()> = FastMap::default();
    let mut last = None;
    for value in values {
        if last != Some(value) {
            seen.insert(value, ());
            if seen.len() > MOST {
                return None;
            }
            last = Some(value);
        }
    }
    let mut distinct: Vec<i64> = seen.into_keys().collect();
    distinct.sort_unstable();
    Some(distinct)
}

/// The fewest bytes that leave at most one row in a hundred outside, then the most even ranges.
fn starts_of(sample: &[i64]) -> Vec<i64> {
    for bytes in [1, 2, 3, 4] {
        for outside_each_side in [0.0, 0.005] {
            for count in [240, 120, 60] {
                if let Some(starts) = evenly(sample, outside_each_side, count, 1 << (8 * bytes)) {
                    return starts;
                }
            }
        }
    }
    evenly(sample, 0.0, 240, u64::MAX).unwrap_or_else(|| vec![i64::MIN, i64::MAX])
}

/// Ranges of equally many rows of the sorted sample, cut further where they are wider than `widest`; `None` when that takes too many.
fn evenly(sample: &[i64], outside_each_side: f64, count: usize, widest: u64) -> Option<Vec<i64>> {
    let first = (sample.len() as f64 * outside_each_side) as usize;
    let last = sample.len() - 1 - first;
    let mut cuts: Vec<i64> = Vec::with_capacity(count * 2);
    for index in 0..=count {
        let cut = sample[first + (last - first) * index / count];
        match cuts.last() {
            // A value that fills whole ranges gets one of its own, so that a bound beside it need not look at its rows.
            Some(before) if *before == cut => cuts.push(cut.saturating_add(1)),
            Some(before) if *before > cut => {}
            _ => cuts.push(cut),
        }
    }
    cuts.push(sample[last].saturating_add(1));
    cuts.dedup();
    let mut starts = Vec::with_capacity(MOST + 1);
    for pair in cuts.windows(2) {
        let width = pair[1].abs_diff(pair[0]);
        let parts = width.div_ceil(widest);
        if starts.len() as u64 + parts > MOST as u64 {
            return None;
        }
        let part = width.div_ceil(parts.max(1));
        starts.extend((0..parts).map(|index| pair[0].saturating_add_unsigned(part * index)));
    }
    starts.extend(cuts.last());
    // Rounding up may have placed a cut on the next range's start.
    starts.dedup();
    Some(starts)
}
