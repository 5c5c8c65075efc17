//! Counting codes over a set of rows.

use crate::bitset::Bitset;

/// Adds one to `counts[code]` for every row of the set.
pub(crate) fn count_codes<C: Copy + Into<u32>>(codes: &[C], rows: &Bitset, counts: &mut [u64]) {
    // Two tables in turn: neighbours often share a code, and adding to a place just written would wait for it.
    let mut others = vec![0u32; counts.len()];
    rows.each_batch(|rows| {
        let (pairs, last) = rows.as_chunks::<2>();
        for [first, second] in pairs {
            counts[codes[*first as usize].into() as usize] += 1;
            others[codes[*second as usize].into() as usize] += 1;
        }
        if let [row] = last {
            counts[codes[*row as usize].into() as usize] += 1;
        }
    });
    for (count, other) in counts.iter_mut().zip(others) {
        *count += u64::from(other);
    }
}
