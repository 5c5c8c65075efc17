//! The core lines of an income statement and a balance sheet, as every source is mapped to them.

use crate::label::Label;

/// The part of the report a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Flows of the period.
    Income,
    /// Stocks at the end of the period.
    Balance,
    /// Cash flow, headcount, dividend and other facts beside the two statements.
    Other,
}

macro_rules! lines {
    ($($(#[$doc:meta])* $variant:ident $key:literal $part:ident $level:literal $sv:literal $en:literal;)*) => {
        /// A core line. Costs are kept with the sign they have in the result: a cost is negative, so that
        /// every subtotal is a plain sum (iXBRL files them as positive numbers; the parser turns them).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Line { $($(#[$doc])* $variant,)* }

        impl Line {
            /// Every line in the order of a printed report.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            /// How many lines there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The name used in the database, the API and the filter language.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// The words shown to people.
            #[must_use]
            pub fn label(self) -> Label {
                match self { $(Self::$variant => Label { sv: $sv, en: $en },)* }
            }

            /// Where the line stands.
            #[must_use]
            pub fn part(self) -> Part {
                match self { $(Self::$variant => Part::$part,)* }
            }

            /// Indentation in a printed statement: 0 for totals and results, 1 for their addends, 2 for "of which".
            #[must_use]
            pub fn level(self) -> u8 {
                match self { $(Self::$variant => $level,)* }
            }

            /// The line with this key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

lines! {
    /// Nettoomsättning.
    Revenue "revenue" Income 0 "Nettoomsättning" "Net revenue";
    /// Förändring av lager, produkter i arbete och pågående arbete.
    InventoryChange "inventory_change" Income 1 "Lagerförändring" "Change in inventories";
    /// Aktiverat arbete för egen räkning.
    OwnWorkCapitalised "own_work_capitalised" Income 1 "Aktiverat arbete" "Capitalised own work";
    /// Övriga rörelseintäkter.
    OtherOperatingIncome "other_operating_income" Income 1 "Övriga rörelseintäkter" "Other operating income";
    /// Summa rörelseintäkter, lagerförändringar m.m.
    OperatingIncome "operating_income" Income 0 "Summa rörelseintäkter" "Total operating income";
    /// Råvaror och förnödenheter (negative).
    RawMaterials "raw_materials" Income 1 "Råvaror och förnödenheter" "Raw materials and consumables";
    /// Handelsvaror (negative).
    GoodsForResale "goods_for_resale" Income 1 "Handelsvaror" "Goods for resale";
    /// Kostnad för sålda varor, in a statement by function (negative).
    CostOfGoodsSold "cost_of_goods_sold" Income 1 "Kostnad för sålda varor" "Cost of goods sold";
    /// Bruttoresultat, in a statement by function.
    GrossProfit "gross_profit" Income 0 "Bruttoresultat" "Gross profit";
    /// Övriga externa kostnader (negative).
    OtherExternalCosts "other_external_costs" Income 1 "Övriga externa kostnader" "Other external costs";
    /// Personalkostnader (negative).
    PersonnelCosts "personnel_costs" Income 1 "Personalkostnader" "Personnel costs";
    /// Försäljningskostnader, by function (negative).
    SellingCosts "selling_costs" Income 1 "Försäljningskostnader" "Selling costs";
    /// Administrationskostnader, by function (negative).
    AdministrativeCosts "administrative_costs" Income 1 "Administrationskostnader" "Administrative costs";
    /// Forsknings- och utvecklingskostnader, by function (negative).
    ResearchCosts "research_costs" Income 1 "Forskning och utveckling" "Research and development";
    /// Av- och nedskrivningar av materiella och immateriella anläggningstillgångar (negative).
    Depreciation "depreciation" Income 1 "Av- och nedskrivningar" "Depreciation and amortisation";
    /// Nedskrivningar av omsättningstillgångar utöver normala (negative).
    CurrentAssetWriteDowns "current_asset_write_downs" Income 1 "Nedskrivning omsättningstillgångar" "Write-downs of current assets";
    /// Övriga rörelsekostnader (negative).
    OtherOperatingCosts "other_operating_costs" Income 1 "Övriga rörelsekostnader" "Other operating costs";
    /// Summa rörelsekostnader (negative).
    OperatingCosts "operating_costs" Income 0 "Summa rörelsekostnader" "Total operating costs";
    /// Rörelseresultat.
    Ebit "ebit" Income 0 "Rörelseresultat" "Operating result (EBIT)";
    /// Finansiella intäkter: the sum of all income from financial items.
    FinancialIncome "financial_income" Income 1 "Finansiella intäkter" "Financial income";
    /// Finansiella kostnader: the sum of all costs of financial items (negative).
    FinancialCosts "financial_costs" Income 1 "Finansiella kostnader" "Financial costs";
    /// Summa finansiella poster.
    NetFinancialItems "net_financial_items" Income 0 "Finansnetto" "Net financial items";
    /// Resultat efter finansiella poster.
    ResultAfterFinancialItems "result_after_financial_items" Income 0 "Resultat efter finansiella poster" "Result after financial items";
    /// Summa bokslutsdispositioner, koncernbidrag included.
    Appropriations "appropriations" Income 1 "Bokslutsdispositioner" "Appropriations";
    /// Resultat före skatt.
    ResultBeforeTax "result_before_tax" Income 0 "Resultat före skatt" "Result before tax";
    /// Skatt på årets resultat (a charge is negative).
    Tax "tax" Income 1 "Skatt på årets resultat" "Tax on the result";
    /// Årets resultat.
    NetIncome "net_income" Income 0 "Årets resultat" "Net result";

    /// Tecknat men ej inbetalt kapital.
    UnpaidShareCapital "unpaid_share_capital" Balance 1 "Tecknat ej inbetalt kapital" "Subscribed capital unpaid";
    /// Immateriella anläggningstillgångar.
    IntangibleAssets "intangible_assets" Balance 1 "Immateriella tillgångar" "Intangible assets";
    /// Materiella anläggningstillgångar.
    TangibleAssets "tangible_assets" Balance 1 "Materiella tillgångar" "Tangible assets";
    /// Finansiella anläggningstillgångar.
    FinancialAssets "financial_assets" Balance 1 "Finansiella tillgångar" "Financial assets";
    /// Summa anläggningstillgångar.
    FixedAssets "fixed_assets" Balance 0 "Anläggningstillgångar" "Fixed assets";
    /// Varulager m.m.
    Inventory "inventory" Balance 1 "Varulager" "Inventory";
    /// Kundfordringar.
    TradeReceivables "trade_receivables" Balance 2 "Kundfordringar" "Trade receivables";
    /// Summa kortfristiga fordringar.
    CurrentReceivables "current_receivables" Balance 1 "Kortfristiga fordringar" "Current receivables";
    /// Kortfristiga placeringar.
    ShortTermInvestments "short_term_investments" Balance 1 "Kortfristiga placeringar" "Short-term investments";
    /// Kassa och bank.
    Cash "cash" Balance 1 "Kassa och bank" "Cash and bank";
    /// Summa omsättningstillgångar.
    CurrentAssets "current_assets" Balance 0 "Omsättningstillgångar" "Current assets";
    /// Summa tillgångar.
    TotalAssets "total_assets" Balance 0 "Summa tillgångar" "Total assets";
    /// Aktiekapital.
    ShareCapital "share_capital" Balance 2 "Aktiekapital" "Share capital";
    /// Summa bundet eget kapital.
    RestrictedEquity "restricted_equity" Balance 1 "Bundet eget kapital" "Restricted equity";
    /// Balanserat resultat.
    RetainedEarnings "retained_earnings" Balance 2 "Balanserat resultat" "Retained earnings";
    /// Summa fritt eget kapital (the result of the year included).
    UnrestrictedEquity "unrestricted_equity" Balance 1 "Fritt eget kapital" "Unrestricted equity";
    /// Minoritetsintresse, in a group.
    MinorityInterest "minority_interest" Balance 2 "Minoritetsintresse" "Minority interest";
    /// Summa eget kapital (minority interest included).
    Equity "equity" Balance 0 "Eget kapital" "Equity";
    /// Obeskattade reserver.
    UntaxedReserves "untaxed_reserves" Balance 0 "Obeskattade reserver" "Untaxed reserves";
    /// Summa avsättningar.
    Provisions "provisions" Balance 0 "Avsättningar" "Provisions";
    /// Obligationslån.
    BondLoans "bond_loans" Balance 2 "Obligationslån" "Bond loans";
    /// Långfristiga skulder till kreditinstitut.
    LongTermBankLoans "long_term_bank_loans" Balance 2 "Banklån, långfristiga" "Bank loans, long-term";
    /// Checkräkningskredit, long- and short-term.
    Overdraft "overdraft" Balance 2 "Checkräkningskredit" "Bank overdraft";
    /// Summa långfristiga skulder.
    LongTermLiabilities "long_term_liabilities" Balance 1 "Långfristiga skulder" "Long-term liabilities";
    /// Kortfristiga skulder till kreditinstitut.
    ShortTermBankLoans "short_term_bank_loans" Balance 2 "Banklån, kortfristiga" "Bank loans, short-term";
    /// Leverantörsskulder.
    TradePayables "trade_payables" Balance 2 "Leverantörsskulder" "Trade payables";
    /// Summa kortfristiga skulder.
    CurrentLiabilities "current_liabilities" Balance 1 "Kortfristiga skulder" "Current liabilities";
    /// Summa skulder, where filed as one figure (IFRS); otherwise left empty and derived.
    TotalLiabilities "total_liabilities" Balance 0 "Summa skulder" "Total liabilities";
    /// Summa eget kapital och skulder.
    EquityAndLiabilities "equity_and_liabilities" Balance 0 "Summa eget kapital och skulder" "Total equity and liabilities";

    /// Kassaflöde från den löpande verksamheten.
    OperatingCashFlow "operating_cash_flow" Other 1 "Kassaflöde löpande verksamhet" "Cash flow from operations";
    /// Investeringar i anläggningstillgångar (negative).
    CapitalExpenditure "capital_expenditure" Other 1 "Investeringar" "Capital expenditure";
    /// Årets kassaflöde.
    NetCashFlow "net_cash_flow" Other 0 "Årets kassaflöde" "Net cash flow";
    /// Föreslagen utdelning (positive).
    ProposedDividend "proposed_dividend" Other 1 "Föreslagen utdelning" "Proposed dividend";
}

impl Line {
    /// Whether the line is a flow over the period (annualised for growth) rather than a stock at its end.
    #[must_use]
    pub fn is_flow(self) -> bool {
        !matches!(self.part(), Part::Balance)
    }

    /// Whether the line is a cost, kept negative.
    #[must_use]
    pub fn is_cost(self) -> bool {
        matches!(
            self,
            Self::RawMaterials
                | Self::GoodsForResale
                | Self::CostOfGoodsSold
                | Self::OtherExternalCosts
                | Self::PersonnelCosts
                | Self::SellingCosts
                | Self::AdministrativeCosts
                | Self::ResearchCosts
                | Self::Depreciation
                | Self::CurrentAssetWriteDowns
                | Self::OtherOperatingCosts
                | Self::OperatingCosts
                | Self::FinancialCosts
                | Self::CapitalExpenditure
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_read_back() {
        for (index, line) in Line::ALL.iter().enumerate() {
            assert_eq!(Line::from_key(line.key()), Some(*line));
            assert_eq!(*line as usize, index);
        }
    }
}
