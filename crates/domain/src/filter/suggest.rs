//! "Did you mean …": the known words nearest to an unknown one.

use super::fold::fold;

/// At most three of the candidates that lie near the word, best first. A candidate is a word to suggest and the
/// names that stand for it (key, aliases, labels).
#[must_use]
pub fn nearest<'a, N>(word: &str, candidates: impl IntoIterator<Item = (&'a str, N)>) -> Vec<String>
where
    N: IntoIterator<Item = &'a str>,
{
    let wanted: Vec<char> = normal(word).chars().take(60).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let limit = (wanted.len() / 3).clamp(1, 4).min(wanted.len() - 1);
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (suggestion, names) in candidates {
        let best = names
            .into_iter()
            .filter_map(|name| {
                let name: Vec<char> = normal(name).chars().collect();
                let cost = distance(&wanted, &name);
                if cost <= limit {
                    return Some(cost);
                }
                // The word is part of a longer name, or the other way round: near, but after typos.
                let (short, long) = if wanted.len() < name.len() { (&wanted, &name) } else { (&name, &wanted) };
                (short.len() >= 3 && long.windows(short.len()).any(|part| part == short.as_slice()))
                    .then_some(5 + long.len() - short.len())
            })
            .min();
        if let Some(cost) = best {
            found.push((cost, suggestion));
        }
    }
    found.sort_by_key(|(cost, _)| *cost);
    found.into_iter().take(3).map(|(_, suggestion)| suggestion.to_owned()).collect()
}

/// Folded, with spaces and hyphens as underscores, so that labels compare with keys.
#[must_use]
pub fn normal(name: &str) -> String {
    fold(name.trim()).replace([' ', '-', '\u{a0}'], "_")
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut row = vec![0; b.len() + 1];
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut cost = (above[j - 1] + same).min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row[j] = cost;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_come_before_parts() {
        let candidates = [
            ("revenue", vec!["revenue", "Nettoomsättning"]),
            ("revenue_per_employee", vec!["revenue_per_employee"]),
            ("ebit", vec!["ebit"]),
        ];
        assert_eq!(nearest("revnue", candidates.clone()), ["revenue"]);
        assert_eq!(nearest("revenue_per", candidates.clone()), ["revenue", "revenue_per_employee"]);
        assert_eq!(nearest("nettoomsattning", candidates.clone()), ["revenue"]);
        assert!(nearest("xyzzy", candidates.clone()).is_empty());
        assert!(nearest("", candidates).is_empty());
    }
}
