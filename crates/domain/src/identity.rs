//! Accounting identities: what must add up in a statement, and what it means when it does not.

use serde::Serialize;

use crate::label::Label;
use crate::line::Line;
use crate::statement::{Quality, Statement};

/// An identity that every complete statement obeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// Total assets = equity + untaxed reserves + provisions + liabilities.
    BalanceSheet,
    /// Fixed + current assets (+ unpaid share capital) = total assets.
    Assets,
    /// EBIT + net financial items = result after financial items.
    FinancialItems,
    /// Result after financial items + appropriations = result before tax.
    Appropriations,
    /// Result before tax + tax = net result (tax is kept negative).
    Tax,
}

impl Identity {
    /// Every identity.
    pub const ALL: [Self; 5] =
        [Self::BalanceSheet, Self::Assets, Self::FinancialItems, Self::Appropriations, Self::Tax];

    /// The name used in the database and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::BalanceSheet => "balance_sheet",
            Self::Assets => "assets",
            Self::FinancialItems => "financial_items",
            Self::Appropriations => "appropriations",
            Self::Tax => "tax",
        }
    }

    /// The identity in words.
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::BalanceSheet => Label {
                sv: "Tillgångar = eget kapital + obeskattade reserver + avsättningar + skulder",
                en: "Total assets = equity + untaxed reserves + provisions + liabilities",
            },
            Self::Assets => Label {
                sv: "Anläggningstillgångar + omsättningstillgångar = summa tillgångar",
                en: "Fixed + current assets = total assets",
            },
            Self::FinancialItems => Label {
                sv: "Rörelseresultat + finansnetto = resultat efter finansiella poster",
                en: "EBIT + net financial items = result after financial items",
            },
            Self::Appropriations => Label {
                sv: "Resultat efter finansiella poster + bokslutsdispositioner = resultat före skatt",
                en: "Result after financial items + appropriations = result before tax",
            },
            Self::Tax => Label {
                sv: "Resultat före skatt − skatt = årets resultat",
                en: "Result before tax − tax = net result",
            },
        }
    }

    /// The identity with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|identity| identity.key() == key)
    }
}

/// An identity that a statement breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Which.
    pub identity: Identity,
    /// The sum of the parts, in whole units of the statement's currency.
    pub computed: i128,
    /// The filed total.
    pub filed: i64,
}

/// The identities that the statement breaks by more than its rounding allows.
///
/// A missing addend counts as zero, since a report leaves empty lines out; an identity whose total or whose main
/// addend is missing is not checked.
#[must_use]
pub fn check(statement: &Statement) -> Vec<Broken> {
    let get = |line| statement.get(line);
    let mut broken = Vec::new();
    let mut test = |identity, main: Option<i64>, others: &[Option<i64>], total: Option<i64>| {
        let (Some(main), Some(total)) = (main, total) else { return };
        let computed: i128 = i128::from(main) + others.iter().flatten().map(|amount| i128::from(*amount)).sum::<i128>();
        let addends = 2 + others.iter().flatten().count() as i128;
        // Each addend and the total may be half a unit off; one whole unit each leaves room for software that truncates.
        let tolerance = 10i128.pow(u32::from(statement.rounding.min(9))) * addends;
        if (computed - i128::from(total)).abs() > tolerance {
            broken.push(Broken { identity, computed, filed: total });
        }
    };
    if let Some(liabilities) = get(Line::TotalLiabilities) {
        // IFRS: provisions stand inside liabilities.
        test(Identity::BalanceSheet, get(Line::Equity), &[Some(liabilities)], get(Line::TotalAssets));
    } else {
        let parts =
            [Line::UntaxedReserves, Line::Provisions, Line::LongTermLiabilities, Line::CurrentLiabilities].map(get);
        test(Identity::BalanceSheet, get(Line::Equity), &parts, get(Line::TotalAssets));
    }
    if get(Line::FixedAssets).is_some() || get(Line::CurrentAssets).is_some() {
        let parts = [get(Line::CurrentAssets), get(Line::UnpaidShareCapital)];
        test(Identity::Assets, Some(get(Line::FixedAssets).unwrap_or(0)), &parts, get(Line::TotalAssets));
    }
    if let Some(net) = crate::derive::net_financial_items(statement) {
        test(Identity::FinancialItems, get(Line::Ebit), &[Some(net)], get(Line::ResultAfterFinancialItems));
    }
    test(
        Identity::Appropriations,
        get(Line::ResultAfterFinancialItems),
        &[get(Line::Appropriations)],
        get(Line::ResultBeforeTax),
    );
    test(Identity::Tax, get(Line::ResultBeforeTax), &[get(Line::Tax)], get(Line::NetIncome));
    broken
}

/// What the identities and the filed lines say about a statement.
#[must_use]
pub fn quality(statement: &Statement) -> (Quality, Vec<Broken>) {
    let broken = check(statement);
    let has = |line| statement.get(line).is_some();
    let is_complete =
        has(Line::TotalAssets) && has(Line::Equity) && (has(Line::NetIncome) || has(Line::ResultAfterFinancialItems));
    let quality = match (broken.is_empty(), is_complete) {
        (false, _) => Quality::Suspect,
        (true, true) => Quality::Ok,
        (true, false) => Quality::Partial,
    };
    (quality, broken)
}
