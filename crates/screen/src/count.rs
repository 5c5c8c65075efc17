//! Counting codes over a set of rows.

use crate::bitset::Bitset;

/// Adds one to `counts[code]` for every row of the set.
pub(crate) fn count_codes<C: Copy + Into<u32>>(codes: &[C], rows: &Bitset, counts: &mut [u64]) {
    // Two tables in turn: neighbours often share a code, and adding to a place just written would wait for it.
    let mut others = vec![0u32; counts.len()];
    for (word, chunk) in rows.words().iter().zip(codes.chunks(64)) {
        if *word == u64::MAX {
            let (pairs, _) = chunk.as_chunks::<2>();
            for [first, second] in pairs {
                counts[(*first).into() as usize] += 1;
                others[(*second).into() as usize] += 1;
            }
            continue;
        }
        let mut rest = *word;
        while rest != 0 {
            counts[chunk[rest.trailing_zeros() as usize].into() as usize] += 1;
            rest &= rest - 1;
            if rest != 0 {
                others[chunk[rest.trailing_zeros() as usize].into() as usize] += 1;
                rest &= rest - 1;
            }
        }
    }
    for (count, other) in counts.iter_mut().zip(others) {
        *count += u64::from(other);
    }
}
