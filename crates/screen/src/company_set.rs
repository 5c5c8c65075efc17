//! Companies by number, compressed: what a list, a label or the exclusions hold.

use roaring::RoaringTreemap;

/// A set of organisation numbers: two bytes or less for each where many stand together, and asked, walked and combined as it
/// is. It knows no rows, so that one set serves every state of the index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompanySet {
    numbers: RoaringTreemap,
}

impl CompanySet {
    /// Whether a company is in it.
    #[must_use]
    pub fn contains(&self, orgnr: u64) -> bool {
        self.numbers.contains(orgnr)
    }

    /// How many companies it holds.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.numbers.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The numbers, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.numbers.iter()
    }

    /// Those in this set, in the other, or in both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self { numbers: &self.numbers | &other.numbers }
    }

    /// Those in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self { numbers: &self.numbers & &other.numbers }
    }

    /// Those in this set and not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        Self { numbers: &self.numbers - &other.numbers }
    }

    /// Bytes that it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.numbers.serialized_size()
    }
}

impl FromIterator<u64> for CompanySet {
    /// In any order.
    fn from_iter<I: IntoIterator<Item = u64>>(orgnrs: I) -> Self {
        Self { numbers: orgnrs.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_in_any_order_and_twice_make_the_set_that_a_tree_makes(
            orgnrs in proptest::collection::vec(prop_oneof![0..40_u64, 4_294_967_290..4_294_967_300_u64, 5_560_000_000..5_560_200_000_u64], 0..300),
            asked in proptest::collection::vec(prop_oneof![0..40_u64, 5_560_000_000..5_560_200_000_u64], 0..50),
        ) {
            let set: CompanySet = orgnrs.iter().copied().collect();
            let naive: BTreeSet<u64> = orgnrs.into_iter().collect();
            prop_assert_eq!(set.iter().collect::<Vec<_>>(), naive.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!((set.len(), set.is_empty()), (naive.len() as u64, naive.is_empty()));
            for orgnr in asked {
                prop_assert_eq!(set.contains(orgnr), naive.contains(&orgnr));
            }
        }

        #[test]
        fn sets_combine_as_trees_do(
            one in proptest::collection::btree_set(prop_oneof![0..40_u64, 4_294_967_290..4_294_967_300_u64, 5_560_000_000..5_560_000_200_u64], 0..200),
            other in proptest::collection::btree_set(prop_oneof![0..40_u64, 4_294_967_290..4_294_967_300_u64, 5_560_000_000..5_560_000_200_u64], 0..200),
        ) {
            let set = |numbers: &BTreeSet<u64>| numbers.iter().copied().collect::<CompanySet>();
            let (a, b) = (set(&one), set(&other));
            prop_assert_eq!(a.union(&b), set(&(&one | &other)));
            prop_assert_eq!(a.intersection(&b), set(&(&one & &other)));
            prop_assert_eq!(a.difference(&b), set(&(&one - &other)));
        }
    }

    #[test]
    fn fifty_thousand_companies_take_a_fraction_of_their_numbers() {
        let set: CompanySet = (0..50_000).map(|index| 5_560_000_000 + index * 7).collect();
        assert_eq!(set.len(), 50_000);
        assert!(set.bytes() < 50_000 * 3, "{} bytes", set.bytes());
    }
}
