//! A page against a full sort.

use super::*;
use crate::number::NumberColumn;
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_page_is_that_of_a_full_sort(
        seed in any::<u64>(), len in prop_oneof![0usize..300, 4_000usize..9_000], spread in 0u32..33, codes in 1u32..300,
        descending in any::<(bool, bool)>(), from in 0usize..9_000, size in prop_oneof![1usize..60, 1usize..6_000], keep in 1u64..6,
    ) {
        let mut state = seed | 1;
        let mut next = move || { state ^= state << 13; state ^= state >> 7; state ^= state << 17; state };
        let keys: Vec<u32> = (0..len).map(|_| (next() as u32).checked_shr(spread).unwrap_or(0)).collect();
        let small: Vec<u16> = (0..len).map(|_| (next() % u64::from(codes)) as u16).collect();
        let (mut rows, mut valid) = (Bitset::none(len), Bitset::none(len));
        for row in 0..len as u32 {
            if !next().is_multiple_of(keep) { rows.insert(row); }
            if !next().is_multiple_of(7) { valid.insert(row); }
        }
        let values: Vec<i64> = keys.iter().map(|key| i64::from(*key) << (seed % 33) as u32).collect();
        let ranged = NumberColumn::build(&values, &valid);
        let quick = NumberColumn::build_quickly(&values, &valid);
        let number = |column| Stage::Key { plane: Plane::Number(column), descending: descending.0 };
        let bounds = bounds_of(keys.len(), |row| (keys[row as usize], 0));
        let rank = Stage::Key { plane: Plane::U32 { keys: &keys, bounds: Some(&bounds) }, descending: descending.0 };
        let code = Stage::Key { plane: Plane::U16(&small), descending: descending.1 };
        let count = rows.count() as usize;
        for stages in [
            vec![], vec![number(&ranged)], vec![number(&quick)], vec![rank], vec![code], vec![code, number(&ranged)],
            vec![number(&ranged), code], vec![number(&quick), code],
            vec![rank, code], vec![code, Stage::LastRowFirst], vec![Stage::LastRowFirst],
        ] {
            let mut expected: Vec<u32> = rows.rows().collect();
            expected.sort_by(|a, b| {
                for stage in &stages {
                    let order = match stage {
                        Stage::Key { plane: Plane::U16(_), descending } => {
                            let key = |row: u32| { let k = small[row as usize]; (k == 0, if *descending { u32::from(!k) } else { u32::from(k) }) };
                            key(*a).cmp(&key(*b))
                        }
                        Stage::Key { plane: Plane::U32 { .. }, descending } => {
                            let key = |row: u32| { let k = keys[row as usize]; (k == 0, if *descending { !k } else { k }) };
                            key(*a).cmp(&key(*b))
                        }
                        Stage::Key { plane: Plane::Number(_), descending } => {
                            let key = |row: u32| {
                                let value = values[row as usize];
                                let is_missing = !valid.contains(row);
                                (is_missing, if is_missing { 0 } else if *descending { !value } else { value })
                            };
                            key(*a).cmp(&key(*b))
                        }
                        Stage::Key { plane: Plane::U8(_), .. } => Ordering::Equal,
                        Stage::LastRowFirst => b.cmp(a),
                    };
                    if order != Ordering::Equal { return order; }
                }
                a.cmp(b)
            });
            let expected: Vec<u32> = expected.into_iter().skip(from).take(size).collect();
            let mut page = Vec::new();
            pick(&rows, count, &stages, from, from + size, &mut page);
            prop_assert_eq!(page, expected, "{:?}", stages.len());
        }
    }
}
