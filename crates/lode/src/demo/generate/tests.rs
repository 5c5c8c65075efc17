//! What the fictitious companies promise: repeatable, impossible as real ones, books that add up, lifelike spread.

use std::collections::HashSet;

use domain::identity;
use domain::statement::Quality;

use super::*;

const COUNT: u64 = 20_000;

#[test]
fn a_company_depends_on_seed_and_position_alone() {
    let all: Vec<_> = companies(7, 0..50).collect();
    let tail: Vec<_> = companies(7, 40..50).collect();
    assert_eq!(all[40..], tail[..]);
    assert_ne!(all[0].record.name, companies(8, 0..1).next().unwrap().record.name);
}

#[test]
fn numbers_are_well_formed_unique_and_cannot_be_real() {
    let mut seen = HashSet::new();
    for position in (0..MOST).step_by(997).chain([MOST - 1]) {
        let number = orgnr(position).unwrap();
        assert!(number.has_valid_check_digit() && number.to_string().starts_with('4'));
        assert_eq!(number.to_string().parse::<Orgnr>(), Ok(number));
        assert!(seen.insert(number) && is_fictitious(number));
    }
    assert_eq!(orgnr(MOST), None);
    assert!(!is_fictitious("5590852777".parse().unwrap()));
}

#[test]
fn one_company_in_a_hundred_breaks_an_identity_and_no_other() {
    let (mut with_accounts, mut broken) = (0, 0);
    for company in companies(1, 0..COUNT) {
        assert!(company.record.is_demo);
        if company.statements.is_empty() {
            continue;
        }
        with_accounts += 1;
        let suspect = company.statements.iter().filter(|s| identity::quality(s).0 == Quality::Suspect).count();
        assert!(suspect <= 1, "{:?}", company.record);
        assert!(company.statements.iter().all(|s| identity::quality(s).0 != Quality::Partial));
        broken += suspect;
    }
    assert!(with_accounts > 17_000);
    let share = broken as f64 / f64::from(with_accounts);
    assert!((0.007..0.013).contains(&share), "{share}");
}

#[test]
fn the_spread_is_lifelike() {
    let (mut revenues, mut losses, mut odd, mut statements, mut groups) = (Vec::new(), 0, 0, 0, 0);
    let mut negative_equity = 0;
    for (_, accounts) in generate(1, COUNT) {
        let Some(latest) = accounts.iter().find(|s| s.scope == Scope::Company) else { continue };
        revenues.push(latest.get(Line::Revenue).unwrap());
        losses += usize::from(latest.get(Line::ResultAfterFinancialItems) < Some(0));
        negative_equity += usize::from(latest.get(Line::Equity) < Some(0));
        odd += accounts.iter().filter(|s| !s.period.is_full_year()).count();
        groups += accounts.iter().filter(|s| s.scope == Scope::Group).count();
        statements += accounts.len();
    }
    revenues.sort_unstable();
    let (count, median) = (revenues.len(), revenues[revenues.len() / 2]);
    assert!((1_500_000..8_000_000).contains(&median), "{median}");
    assert!(revenues[count - count / 1000] > 300_000_000);
    let share = |part: usize| part as f64 / count as f64;
    assert!((0.10..0.40).contains(&share(losses)), "{}", share(losses));
    assert!((0.002..0.12).contains(&share(negative_equity)), "{}", share(negative_equity));
    assert!(odd > 300 && groups > 50, "{odd} {groups}");
    assert!((5.0..7.0).contains(&(statements as f64 / count as f64)));
}
