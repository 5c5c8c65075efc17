//! Words whose meaning what stands around them decides.

use super::super::item::Item;
use super::super::lex::Token;
use super::super::quantity::{Counted, Quantity};

/// Whether the sentence so far denies something, in Swedish.
pub(super) fn is_denied_before(tokens: &[Token]) -> bool {
    const DENIALS: [&str; 7] = ["inte", "ej", "icke", "ingen", "inget", "inga", "aldrig"];
    let is_end = |token: &&Token| matches!(token, Token::Mark('.' | ';' | '!' | '?'));
    let sentence = tokens.iter().rev().take_while(|token| !is_end(token));
    sentence.filter_map(Token::word).any(|word| DENIALS.contains(&word))
}

/// What follows behind words that only join.
pub(super) fn after_prepositions(items: &[Item]) -> Option<&Item> {
    items.iter().find(|item| !matches!(item, Item::Filler | Item::Within | Item::From | Item::Of | Item::At))
}

/// "the five years from 2020 to 2024": a count of the years that follow, which says no more than they do.
pub(super) fn counts_years(quantity: &Quantity, following: Option<&Item>) -> bool {
    let is_years = matches!(quantity.counted, Counted::Years | Counted::Bare);
    is_years && matches!(following, Some(Item::Years(from, to)) if f64::from(to - from + 1) == quantity.value)
}
