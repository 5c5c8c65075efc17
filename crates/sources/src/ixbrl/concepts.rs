//! Which concept of the Swedish taxonomies is which core line: one table for K2 and K3 of every date.
//!
//! The signs follow the taxonomies: a cost is filed as a positive number and becomes negative here, so that
//! every subtotal is a plain sum. A line takes the first row that yields something.

use std::collections::HashMap;
use std::sync::OnceLock;

use domain::line::Line;

use super::ifrs;

/// How a row makes its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// The first of the concepts that is filed.
    First,
    /// The sum of those that are filed.
    Sum,
}

/// One row of a table: a line and the concepts that it is made of, each with what is done to its sign:
/// `+` as filed, `-` turned (a cost), `~` negative whatever the filed sign (an outflow that programs sign
/// differently). Alternatives for one term are parted by `|`.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The core line.
    pub line: Line,
    /// How it is made.
    pub take: Take,
    /// Its concepts, local names.
    pub terms: &'static [&'static str],
}

const fn first(line: Line, terms: &'static [&'static str]) -> Row {
    Row { line, take: Take::First, terms }
}

const fn sum(line: Line, terms: &'static [&'static str]) -> Row {
    Row { line, take: Take::Sum, terms }
}

/// The concepts of se-gen-base, in the order of a printed report.
pub const SWEDISH: &[Row] = &[
    first(Line::Revenue, &["+Nettoomsattning"]),
    first(Line::InventoryChange, &["+ForandringLagerProdukterIArbeteFardigaVarorPagaendeArbetenAnnansRakning"]),
    first(Line::OwnWorkCapitalised, &["+AktiveratArbeteEgenRakning"]),
    first(Line::OtherOperatingIncome, &["+OvrigaRorelseintakter"]),
    first(Line::OperatingIncome, &["+RorelseintakterLagerforandringarMm", "+Rorelseintakter"]),
    first(Line::RawMaterials, &["-RavarorFornodenheterKostnader"]),
    first(Line::GoodsForResale, &["-HandelsvarorKostnader"]),
    first(Line::CostOfGoodsSold, &["-KostnadSaldaVaror", "-KostnadForSaldaVaror"]),
    first(Line::GrossProfit, &["+Bruttoresultat"]),
    first(Line::OtherExternalCosts, &["-OvrigaExternaKostnader"]),
    first(Line::PersonnelCosts, &["-Personalkostnader"]),
    first(Line::SellingCosts, &["-Forsaljningskostnader"]),
    first(Line::AdministrativeCosts, &["-Administrationskostnader"]),
    first(Line::ResearchCosts, &["-ForskningsUtvecklingskostnader", "-ForskningUtvecklingskostnader"]),
    // In a statement by function depreciation is inside the functions and this concept is not filed: null.
    first(Line::Depreciation, &["-AvskrivningarNedskrivningarMateriellaImmateriellaAnlaggningstillgangar"]),
    first(Line::CurrentAssetWriteDowns, &["-NedskrivningarOmsattningstillgangarUtoverNormalaNedskrivningar"]),
    first(Line::OtherOperatingCosts, &["-OvrigaRorelsekostnader"]),
    first(Line::OperatingCosts, &["-Rorelsekostnader"]),
    first(Line::Ebit, &["+Rorelseresultat"]),
    sum(
        Line::FinancialIncome,
        &[
            "+ResultatAndelarKoncernforetag|ResultatAndelarKoncernforetagInklNedskrivning",
            "+ResultatAndelarIntresseforetagGemensamtStyrda|ResultatAndelarIntresseforetagGemensamtStyrdaInklNedskrivning",
            "+ResultatOvrigaforetagAgarintresse|ResultatOvrigaforetagAgarintresseInklNedskrivning",
            "+ResultatOvrigaFinansiellaAnlaggningstillgangar|ResultatOvrigaFinansiellaAnlaggningstillgangarInklNedskrivning",
            "+OvrigaRanteintakterLiknandeResultatposter|OvrigaRanteintakterLiknandeResultatposterInklNedskrivning",
        ],
    ),
    sum(
        Line::FinancialCosts,
        &[
            "-RantekostnaderLiknandeResultatposter",
            "-NedskrivningarFinansiellaAnlaggningstillgangarKortfristigaPlaceringar",
        ],
    ),
    first(Line::NetFinancialItems, &["+FinansiellaPoster"]),
    first(Line::ResultAfterFinancialItems, &["+ResultatEfterFinansiellaPoster"]),
    first(Line::Appropriations, &["+Bokslutsdispositioner"]),
    sum(
        Line::Appropriations,
        &[
            "+ErhallnaKoncernbidrag",
            "-LamnadeKoncernbidrag",
            "+ForandringPeriodiseringsfond",
            "+ForandringOveravskrivningar",
            "+OvrigaBokslutsdispositioner",
        ],
    ),
    first(Line::ResultBeforeTax, &["+ResultatForeSkatt"]),
    sum(Line::Tax, &["-SkattAretsResultat", "-OvrigaSkatter"]),
    first(Line::NetIncome, &["+AretsResultat", "+AretsResultatEgetKapital"]),
    first(Line::UnpaidShareCapital, &["+TecknatEjInbetaltKapital"]),
    first(Line::IntangibleAssets, &["+ImmateriellaAnlaggningstillgangar"]),
    first(Line::TangibleAssets, &["+MateriellaAnlaggningstillgangar"]),
    first(Line::FinancialAssets, &["+FinansiellaAnlaggningstillgangar"]),
    first(Line::FixedAssets, &["+Anlaggningstillgangar"]),
    first(Line::Inventory, &["+VarulagerMm", "+Varulager"]),
    first(Line::TradeReceivables, &["+Kundfordringar"]),
    first(Line::CurrentReceivables, &["+KortfristigaFordringar"]),
    first(Line::ShortTermInvestments, &["+KortfristigaPlaceringar"]),
    first(Line::Cash, &["+KassaBank", "+KassaBankExklRedovisningsmedel"]),
    first(Line::CurrentAssets, &["+Omsattningstillgangar"]),
    first(Line::TotalAssets, &["+Tillgangar", "+Balansomslutning"]),
    first(Line::ShareCapital, &["+Aktiekapital"]),
    first(Line::RestrictedEquity, &["+BundetEgetKapital"]),
    first(Line::RetainedEarnings, &["+BalanseratResultat"]),
    first(Line::UnrestrictedEquity, &["+FrittEgetKapital"]),
    first(Line::MinorityInterest, &["+Minoritetsintresse", "+MinoritetsintresseEgetKapital"]),
    first(Line::Equity, &["+EgetKapital", "+ForandringEgetKapitalTotalt"]),
    first(Line::UntaxedReserves, &["+ObeskattadeReserver"]),
    first(Line::Provisions, &["+Avsattningar"]),
    sum(Line::BondLoans, &["+Obligationslan", "+ObligationslanKortfristiga"]),
    first(Line::LongTermBankLoans, &["+OvrigaLangfristigaSkulderKreditinstitut", "+SkulderKreditinstitutLangfristiga"]),
    sum(Line::Overdraft, &["+CheckrakningskreditLangfristig", "+CheckrakningskreditKortfristig"]),
    first(Line::LongTermLiabilities, &["+LangfristigaSkulder"]),
    first(
        Line::ShortTermBankLoans,
        &["+OvrigaKortfristigaSkulderKreditinstitut", "+SkulderKreditinstitutKortfristiga"],
    ),
    first(Line::TradePayables, &["+Leverantorsskulder"]),
    first(Line::CurrentLiabilities, &["+KortfristigaSkulder"]),
    first(Line::EquityAndLiabilities, &["+EgetKapitalSkulder"]),
    first(Line::OperatingCashFlow, &["+KassaflodeLopandeVerksamheten"]),
    sum(
        Line::CapitalExpenditure,
        &[
            "~InvesteringMateriellaAnlaggningstillgangar|ForvarvMateriellaAnlaggningstillgangar",
            "~InvesteringImmateriellaAnlaggningstillgangar|ForvarvImmateriellaAnlaggningstillgangar",
        ],
    ),
    first(Line::NetCashFlow, &["+AretsKassaflode"]),
    first(Line::ProposedDividend, &["+ForslagDispositionUtdelning"]),
];

/// Average number of employees.
pub const EMPLOYEES: &[&str] = &["MedelantaletAnstallda"];

/// The table of a family of taxonomies.
pub(crate) fn table(is_ifrs: bool) -> &'static [Row] {
    if is_ifrs { ifrs::IFRS } else { SWEDISH }
}

/// The concepts of the average number of employees in a family of taxonomies.
pub(crate) fn employees(is_ifrs: bool) -> &'static [&'static str] {
    if is_ifrs { ifrs::EMPLOYEES } else { EMPLOYEES }
}

/// The conventional prefix of a family's concepts.
pub(crate) fn prefix(is_ifrs: bool) -> &'static str {
    if is_ifrs { "ifrs-full" } else { "se-gen-base" }
}

/// The key of the line that a concept can become, or `employees`.
pub(crate) fn line_key(is_ifrs: bool, local: &[u8]) -> Option<&'static str> {
    static KEYS: [OnceLock<HashMap<&'static [u8], &'static str>>; 2] = [OnceLock::new(), OnceLock::new()];
    let keys = KEYS[usize::from(is_ifrs)].get_or_init(|| {
        let lines = table(is_ifrs).iter().flat_map(|row| row.terms.iter().map(|text| (row.line, *text)));
        lines
            .flat_map(|(line, text)| term(text).1.map(move |name| (name.as_bytes(), line.key())))
            .chain(employees(is_ifrs).iter().map(|name| (name.as_bytes(), "employees")))
            .collect()
    });
    keys.get(local).copied()
}

/// The signs and concept names of a term.
pub(crate) fn term(text: &'static str) -> (char, impl Iterator<Item = &'static str>) {
    let mut rest = text.chars();
    let sign = rest.next().unwrap_or('+');
    (sign, rest.as_str().split('|'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ixbrl::ifrs;

    #[test]
    fn every_term_has_a_sign_and_no_concept_is_used_twice() {
        for table in [SWEDISH, ifrs::IFRS] {
            let mut seen = std::collections::HashSet::new();
            for row in table {
                for text in row.terms {
                    let (sign, names) = term(text);
                    assert!(matches!(sign, '+' | '-' | '~'), "{text}");
                    for name in names {
                        assert!(name.starts_with(|c: char| c.is_ascii_uppercase()), "{text}");
                        assert!(seen.insert(name), "{name} occurs twice");
                    }
                }
            }
        }
    }

    #[test]
    fn cost_lines_turn_the_sign_and_others_do_not() {
        for row in SWEDISH.iter().filter(|row| row.line != Line::Appropriations && row.line != Line::Tax) {
            for text in row.terms {
                assert_eq!(term(text).0 != '+', row.line.is_cost(), "{text}");
            }
        }
    }
}
