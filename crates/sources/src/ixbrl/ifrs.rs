//! Which IFRS concept is which core line, for listed groups' ESEF reports.
//!
//! Differences from the Swedish table that are on purpose: provisions stand inside the liabilities and are
//! not a line of their own; depreciation is taken only from the face of the income statement, so it is null
//! where the costs are shown by function; right-of-use assets count as tangible, as most balance sheets do.

use domain::line::Line;

use super::concepts::{Row, Take};

const fn first(line: Line, terms: &'static [&'static str]) -> Row {
    Row { line, take: Take::First, terms }
}

const fn sum(line: Line, terms: &'static [&'static str]) -> Row {
    Row { line, take: Take::Sum, terms }
}

/// The concepts of ifrs-full, in the order of a printed report.
pub const IFRS: &[Row] = &[
    first(Line::Revenue, &["+Revenue", "+RevenueFromContractsWithCustomers"]),
    sum(Line::Revenue, &["+RevenueFromSaleOfGoods", "+RevenueFromRenderingOfServices"]),
    first(Line::InventoryChange, &["+ChangesInInventoriesOfFinishedGoodsAndWorkInProgress"]),
    first(Line::OwnWorkCapitalised, &["+WorkPerformedByEntityAndCapitalised"]),
    first(Line::OtherOperatingIncome, &["+OtherIncome", "+OtherOperatingIncome"]),
    first(Line::OperatingIncome, &["+RevenueAndOperatingIncome"]),
    first(Line::RawMaterials, &["-RawMaterialsAndConsumablesUsed"]),
    first(Line::GoodsForResale, &["-CostOfMerchandiseSold"]),
    first(Line::CostOfGoodsSold, &["-CostOfSales"]),
    first(Line::GrossProfit, &["+GrossProfit"]),
    first(Line::OtherExternalCosts, &["-OtherExpenseByNature"]),
    first(Line::PersonnelCosts, &["-EmployeeBenefitsExpense"]),
    first(Line::SellingCosts, &["-SellingExpense", "-DistributionCosts", "-SalesAndMarketingExpense"]),
    first(Line::AdministrativeCosts, &["-AdministrativeExpense", "-GeneralAndAdministrativeExpense"]),
    first(Line::ResearchCosts, &["-ResearchAndDevelopmentExpense"]),
    first(
        Line::Depreciation,
        &[
            "-DepreciationAmortisationAndImpairmentLossReversalOfImpairmentLossRecognisedInProfitOrLoss",
            "-DepreciationAndAmortisationExpense",
        ],
    ),
    first(Line::OtherOperatingCosts, &["-OtherExpenseByFunction", "-OtherOperatingExpense"]),
    first(Line::OperatingCosts, &["-OperatingExpense"]),
    first(Line::Ebit, &["+ProfitLossFromOperatingActivities"]),
    first(Line::FinancialIncome, &["+FinanceIncome", "+RevenueFromInterest"]),
    first(Line::FinancialCosts, &["-FinanceCosts", "-InterestExpense"]),
    first(Line::NetFinancialItems, &["+FinanceIncomeCost"]),
    first(Line::ResultBeforeTax, &["+ProfitLossBeforeTax"]),
    first(Line::Tax, &["-IncomeTaxExpenseContinuingOperations"]),
    first(Line::NetIncome, &["+ProfitLoss"]),
    first(Line::IntangibleAssets, &["+IntangibleAssetsAndGoodwill"]),
    sum(Line::IntangibleAssets, &["+Goodwill", "+IntangibleAssetsOtherThanGoodwill"]),
    first(Line::TangibleAssets, &["+PropertyPlantAndEquipmentIncludingRightofuseAssets"]),
    sum(
        Line::TangibleAssets,
        &[
            "+PropertyPlantAndEquipment",
            "+RightofuseAssetsThatDoNotMeetDefinitionOfInvestmentProperty|RightofuseAssets",
        ],
    ),
    first(Line::FinancialAssets, &["+NoncurrentFinancialAssets", "+OtherNoncurrentFinancialAssets"]),
    first(Line::FixedAssets, &["+NoncurrentAssets"]),
    first(Line::Inventory, &["+Inventories"]),
    first(Line::TradeReceivables, &["+CurrentTradeReceivables"]),
    first(Line::CurrentReceivables, &["+TradeAndOtherCurrentReceivables"]),
    first(Line::ShortTermInvestments, &["+CurrentInvestments", "+OtherCurrentFinancialAssets"]),
    first(Line::Cash, &["+CashAndCashEquivalents", "+Cash"]),
    first(Line::CurrentAssets, &["+CurrentAssets"]),
    first(Line::TotalAssets, &["+Assets"]),
    first(Line::ShareCapital, &["+IssuedCapital"]),
    first(Line::RetainedEarnings, &["+RetainedEarnings"]),
    first(Line::MinorityInterest, &["+NoncontrollingInterests"]),
    first(Line::Equity, &["+Equity"]),
    first(Line::BondLoans, &["+NoncurrentPortionOfNoncurrentBondsIssued", "+BondsIssued"]),
    first(Line::LongTermBankLoans, &["+NoncurrentPortionOfNoncurrentLoansReceived", "+LongtermBorrowings"]),
    first(Line::Overdraft, &["+BankOverdraftsClassifiedAsCashEquivalents"]),
    first(Line::LongTermLiabilities, &["+NoncurrentLiabilities"]),
    first(
        Line::ShortTermBankLoans,
        &["+CurrentLoansReceivedAndCurrentPortionOfNoncurrentLoansReceived", "+ShorttermBorrowings"],
    ),
    first(Line::TradePayables, &["+TradeAndOtherCurrentPayablesToTradeSuppliers"]),
    first(Line::CurrentLiabilities, &["+CurrentLiabilities"]),
    first(Line::TotalLiabilities, &["+Liabilities"]),
    first(Line::EquityAndLiabilities, &["+EquityAndLiabilities"]),
    first(Line::OperatingCashFlow, &["+CashFlowsFromUsedInOperatingActivities"]),
    sum(
        Line::CapitalExpenditure,
        &[
            "~PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities",
            "~PurchaseOfIntangibleAssetsClassifiedAsInvestingActivities",
        ],
    ),
    first(
        Line::NetCashFlow,
        &[
            "+IncreaseDecreaseInCashAndCashEquivalentsBeforeEffectOfExchangeRateChanges",
            "+IncreaseDecreaseInCashAndCashEquivalents",
        ],
    ),
    first(
        Line::ProposedDividend,
        &[
            "+DividendsProposedOrDeclaredBeforeFinancialStatementsAuthorisedForIssueButNotRecognisedAsDistributionToOwners",
        ],
    ),
];

/// Average number of employees.
pub const EMPLOYEES: &[&str] = &["AverageNumberOfEmployees", "NumberOfEmployees"];
