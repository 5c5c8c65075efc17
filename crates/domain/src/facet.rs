//! The one order in which the values of a facet are shown, whichever engine counted them.

use std::cmp::Reverse;

/// A value and its companies; `None` are companies without a value.
pub type ValueCount = (Option<String>, u64);

/// Most companies first, then by value; companies without a value last.
pub fn sort_counts(counts: &mut [ValueCount]) {
    counts.sort_by(|a, b| (a.0.is_none(), Reverse(a.1), &a.0).cmp(&(b.0.is_none(), Reverse(b.1), &b.0)));
}

#[cfg(test)]
mod tests {
    use super::sort_counts;

    #[test]
    fn counts_are_sorted_by_companies_then_value_with_missing_values_last() {
        let some = |value: &str, count| (Some(value.to_owned()), count);
        let mut counts = vec![(None, 9), some("b", 2), some("a", 2), some("c", 5)];
        sort_counts(&mut counts);
        assert_eq!(counts, [some("c", 5), some("a", 2), some("b", 2), (None, 9)]);
    }
}
