//! How well two people, or a program and a person, agree on ordered levels: Cohen's weighted κ.

/// Cohen's κ with quadratic weights over levels from 0 to `levels − 1` (Cohen 1968): 1 is full agreement, 0 is chance. `None` for fewer
/// than two pairs, a level out of range, or when both always name the same single level, where chance agrees fully.
#[must_use]
pub fn weighted_kappa(pairs: &[(usize, usize)], levels: usize) -> Option<f64> {
    if pairs.len() < 2 || levels < 2 || pairs.iter().any(|(a, b)| *a >= levels || *b >= levels) {
        return None;
    }
    let (mut first, mut second) = (vec![0.0; levels], vec![0.0; levels]);
    let mut observed = 0.0;
    for (a, b) in pairs {
        first[*a] += 1.0;
        second[*b] += 1.0;
        observed += weight(*a, *b, levels);
    }
    let count = pairs.len() as f64;
    let mut expected = 0.0;
    for (a, of_first) in first.iter().enumerate() {
        for (b, of_second) in second.iter().enumerate() {
            expected += weight(a, b, levels) * of_first * of_second / count;
        }
    }
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// How bad a disagreement is: 0 for none, 1 for the ends.
fn weight(a: usize, b: usize, levels: usize) -> f64 {
    let distance = a.abs_diff(b) as f64 / (levels - 1) as f64;
    distance * distance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_is_one_chance_is_zero_and_the_opposite_is_negative() {
        let same = [(0, 0), (1, 1), (2, 2), (4, 4)];
        assert_eq!(weighted_kappa(&same, 5), Some(1.0));
        // Each level of one against each of the other: as good as chance.
        let chance: Vec<(usize, usize)> = (0..5).flat_map(|a| (0..5).map(move |b| (a, b))).collect();
        assert!(weighted_kappa(&chance, 5).unwrap().abs() < 1e-12);
        assert_eq!(weighted_kappa(&[(0, 4), (4, 0)], 5), Some(-1.0));
    }

    #[test]
    fn a_known_table_has_its_known_value() {
        // Two raters, three levels: 20, 5, 0 / 10, 3, 7 / 0, 5, 10 of 60. Observed: 27 · 0.25 = 6.75.
        let rows = [[20, 5, 0], [10, 3, 7], [0, 5, 10]];
        let mut pairs = Vec::new();
        for (a, row) in rows.iter().enumerate() {
            for (b, count) in row.iter().enumerate() {
                pairs.extend(std::iter::repeat_n((a, b), *count));
            }
        }
        // first 25, 20, 15; second 30, 13, 17; expected = Σ w·f·s / 60 = (0.25·(25·13 + 20·30 + 20·17 + 15·13) + 25·17 + 15·30) / 60.
        let expected = (0.25 * (325.0 + 600.0 + 340.0 + 195.0) + 425.0 + 450.0) / 60.0;
        let kappa = weighted_kappa(&pairs, 3).unwrap();
        assert!((kappa - (1.0 - 6.75 / expected)).abs() < 1e-12, "{kappa}");
    }

    #[test]
    fn too_little_to_say_anything_says_nothing() {
        assert_eq!(weighted_kappa(&[], 5), None);
        assert_eq!(weighted_kappa(&[(1, 1)], 5), None);
        assert_eq!(weighted_kappa(&[(2, 2), (2, 2)], 5), None);
        assert_eq!(weighted_kappa(&[(0, 5), (1, 1)], 5), None);
    }
}
