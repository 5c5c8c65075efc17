//! The accounts of one fictitious company: a small model of a business, run year by year, that keeps its books.
//!
//! Every amount is decided in whole units before anything is added up, so the statements satisfy the accounting
//! identities exactly; cash is what the other lines leave, and what is missing is borrowed.

use chrono::Datelike;
use domain::currency::Currency;
use domain::fiscal_period::FiscalPeriod;
use domain::line::Line;
use domain::scope::Scope;
use domain::statement::{Figures, Statement};
use domain::tax;
use rust_decimal::Decimal;

use super::industry::Industry;
use super::random::Random;

/// What sets one company apart from its industry.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Revenue of a full first year, in SEK.
    pub revenue: f64,
    /// Yearly growth.
    pub growth: f64,
    /// Deviation of yearly growth.
    pub growth_spread: f64,
    /// Operating margin in a usual year.
    pub margin: f64,
    /// Amounts are filed in these units: 1 or 1 000.
    pub unit: i64,
    /// Whether the income statement is by function: then no depreciation is filed.
    pub is_by_function: bool,
    /// Whether the number of employees is filed.
    pub files_employees: bool,
    /// Whether profits are put into untaxed reserves.
    pub uses_reserves: bool,
    /// Share of the profit that is paid out.
    pub payout: f64,
}

/// Growth of the whole economy over the usual, by the year a period ends in.
fn climate(year: i32) -> f64 {
    match year {
        2018 => 0.01,
        2019 => 0.0,
        2020 => -0.06,
        2021 => 0.05,
        2022 => 0.06,
        2023 => -0.03,
        2024 => -0.02,
        2025 => 0.01,
        _ => 0.0,
    }
}

/// What goes over from one year to the next, in units.
#[derive(Clone, Debug, Default)]
struct Books {
    tangible: i64,
    intangible: i64,
    financial: i64,
    cash: i64,
    share_capital: i64,
    retained: i64,
    reserves: i64,
    loans: i64,
    inventory: i64,
    next_dividend: i64,
}

/// The statements of the years, in their order.
pub fn statements(
    random: &mut Random,
    industry: &Industry,
    profile: &Profile,
    years: &[FiscalPeriod],
    scope: Scope,
) -> Vec<Statement> {
    let mut annual = profile.revenue / profile.unit as f64;
    let mut books = opening(random, industry, profile, annual);
    let mut out = Vec::with_capacity(years.len());
    for period in years {
        let growth = profile.growth + climate(period.end().year()) + profile.growth_spread * random.normal();
        annual *= (1.0 + growth).clamp(0.4, 2.6);
        out.push(year(random, industry, profile, &mut books, annual, *period, scope));
    }
    out
}

fn opening(random: &mut Random, industry: &Industry, profile: &Profile, annual: f64) -> Books {
    let fixed = annual * industry.fixed * random.between(0.6, 1.5);
    let least_capital = 50_000 / profile.unit;
    let share_capital = (random.pick(&[25_000, 50_000, 50_000, 100_000, 100_000, 200_000]) / profile.unit).max(1);
    let share_capital = if annual > 1_000.0 * least_capital as f64 { share_capital * 10 } else { share_capital };
    let is_holding = industry.fixed > 3.0;
    Books {
        tangible: if is_holding && industry.inventory_days == 0.0 { 0 } else { whole(fixed * 0.9) },
        intangible: if random.chance(0.12) { whole(annual * random.between(0.02, 0.12)) } else { 0 },
        financial: if is_holding && industry.inventory_days == 0.0 {
            whole(fixed)
        } else {
            whole(fixed * 0.05 * random.share())
        },
        cash: whole(annual * random.between(0.02, 0.25)),
        share_capital,
        retained: whole((annual * 0.12 + fixed * 0.4) * random.between(-0.1, 1.8)),
        reserves: 0,
        loans: whole(fixed * random.between(0.0, 0.75)),
        inventory: whole(annual * industry.goods * industry.inventory_days / 365.0),
        next_dividend: 0,
    }
}

fn whole(amount: f64) -> i64 {
    amount.round() as i64
}

fn year(
    random: &mut Random,
    industry: &Industry,
    profile: &Profile,
    books: &mut Books,
    annual: f64,
    period: FiscalPeriod,
    scope: Scope,
) -> Statement {
    let part = (period.days() as f64 / 365.25).clamp(0.05, 1.6);
    let flow = annual * part;
    let mut figures = Figures::default();
    let unit = profile.unit;
    let mut set = |line: Line, units: i64| figures.set(line, Some(units * unit));

    // Income statement.
    let revenue = whole(flow);
    let other_income = if random.chance(0.3) { whole(flow * 0.02 * random.share()) } else { 0 };
    let goods = -whole(flow * industry.goods * random.between(0.95, 1.05));
    let wage = (480_000.0 + 260_000.0 * random.share()) * 1.028f64.powi(period.end().year() - 2024) / unit as f64;
    let people = (annual * industry.personnel / wage).round();
    let personnel = -whole(flow * industry.personnel * random.between(0.95, 1.05));
    let depreciation = -(whole(books.tangible as f64 * depreciation_rate(industry) * part)
        + whole(books.intangible as f64 * 0.2 * part));
    let inventory = whole(annual * industry.goods * industry.inventory_days / 365.0 * random.between(0.85, 1.15));
    let inventory_change =
        if industry.makes && industry.inventory_days > 20.0 { (inventory - books.inventory) / 4 } else { 0 };
    let operating_income = revenue + other_income + inventory_change;
    let target = flow * (profile.margin + industry.margin_spread * 0.45 * random.normal());
    let before_external = operating_income + goods + personnel + depreciation;
    let least_external = whole(flow * 0.025) + 18_000 / unit;
    let external = -(before_external - whole(target)).max(least_external);
    let operating_costs = goods + personnel + depreciation + external;
    let ebit = operating_income + operating_costs;
    let financial_income =
        whole(books.cash as f64 * 0.012 * part + books.financial as f64 * 0.035 * part * random.share() * 2.0);
    let financial_costs = -whole(books.loans as f64 * random.between(0.028, 0.052) * part);
    let net_financial = financial_income + financial_costs;
    let after_financial = ebit + net_financial;
    let allocation = match after_financial {
        profit if profit > 0 && profile.uses_reserves => -whole(profit as f64 * 0.25),
        loss if loss < 0 => books.reserves.min(-loss),
        _ => 0,
    };
    let contribution =
        if after_financial > 0 && profile.payout > 0.9 { -whole(after_financial as f64 * 0.4) } else { 0 };
    let appropriations = allocation + contribution;
    let before_tax = after_financial + appropriations;
    let tax = -(before_tax.max(0) * tax::rate_permille(period.end()) / 1000);
    let net_income = before_tax + tax;

    set(Line::Revenue, revenue);
    if other_income != 0 {
        set(Line::OtherOperatingIncome, other_income);
    }
    if profile.is_by_function {
        let sold = goods + whole(personnel as f64 * 0.55) + depreciation + inventory_change;
        let (selling, other) = (whole(external as f64 * 0.6), operating_costs - goods - depreciation);
        let administration = other - (sold - goods - depreciation - inventory_change) - selling;
        set(Line::CostOfGoodsSold, sold);
        set(Line::GrossProfit, revenue + sold);
        set(Line::SellingCosts, selling);
        set(Line::AdministrativeCosts, administration);
        set(Line::Ebit, ebit);
    } else {
        if inventory_change != 0 {
            set(Line::InventoryChange, inventory_change);
        }
        set(Line::OperatingIncome, operating_income);
        set(if industry.makes { Line::RawMaterials } else { Line::GoodsForResale }, goods);
        set(Line::OtherExternalCosts, external);
        set(Line::PersonnelCosts, personnel);
        set(Line::Depreciation, depreciation);
        set(Line::OperatingCosts, operating_costs);
        set(Line::Ebit, ebit);
    }
    set(Line::FinancialIncome, financial_income);
    set(Line::FinancialCosts, financial_costs);
    set(Line::NetFinancialItems, net_financial);
    set(Line::ResultAfterFinancialItems, after_financial);
    if appropriations != 0 {
        set(Line::Appropriations, appropriations);
    }
    set(Line::ResultBeforeTax, before_tax);
    set(Line::Tax, tax);
    set(Line::NetIncome, net_income);

    // Balance sheet. What was decided for the year before is paid out first.
    let investment =
        -whole(depreciation as f64 * random.between(0.5, 1.6)) + whole(annual * industry.fixed * 0.02 * random.share());
    books.retained -= books.next_dividend;
    books.reserves -= allocation;
    let tangible_depreciation = whole(books.tangible as f64 * depreciation_rate(industry) * part);
    books.tangible = (books.tangible - tangible_depreciation + investment).max(0);
    books.intangible = (books.intangible - (-depreciation - tangible_depreciation)).max(0);
    books.loans = whole(books.loans as f64 * (1.0 - 0.11 * part)) + whole(investment as f64 * 0.35);
    let mut retained = books.retained;
    let restricted = books.share_capital + books.share_capital / 5;
    if restricted + retained + net_income < -books.share_capital && random.chance(0.75) {
        // The owners make good what was lost.
        retained += -(restricted + retained + net_income) + books.share_capital;
    }
    let equity = restricted + retained + net_income;
    let receivables = whole(annual * industry.receivable_days / 365.0 * random.between(0.8, 1.2));
    let other_receivables = whole(annual * random.between(0.01, 0.05));
    let payables = whole((-(goods + external) as f64) / part * 30.0 / 365.0 * random.between(0.8, 1.3));
    let mut other_short = whole(annual * random.between(0.05, 0.12)) + books.loans / 12 - tax / 2;
    let fixed = books.tangible + books.intangible + books.financial;
    let least_cash = whole(annual * 0.012);
    let mut long = books.loans - books.loans / 12;
    let mut overdraft = 0;
    let funding = equity + books.reserves + long + payables + other_short;
    let mut cash = funding - fixed - inventory - receivables - other_receivables;
    if cash < least_cash {
        let missing = least_cash - cash;
        overdraft = missing.min(whole(annual * 0.06));
        let borrowed = missing - overdraft;
        long += borrowed / 2;
        other_short += borrowed - borrowed / 2;
        books.loans += borrowed / 2;
        cash = least_cash;
    }
    let investments = if cash > whole(annual * 0.5) { (cash - whole(annual * 0.5)) / 2 } else { 0 };
    cash -= investments;
    let bank_short = books.loans / 12;
    let current = inventory + receivables + other_receivables + investments + cash;
    let total = fixed + current;
    let short = overdraft + payables + other_short;

    if books.intangible != 0 {
        set(Line::IntangibleAssets, books.intangible);
    }
    set(Line::TangibleAssets, books.tangible);
    if books.financial != 0 {
        set(Line::FinancialAssets, books.financial);
    }
    set(Line::FixedAssets, fixed);
    if inventory != 0 {
        set(Line::Inventory, inventory);
    }
    set(Line::TradeReceivables, receivables);
    set(Line::CurrentReceivables, receivables + other_receivables);
    if investments != 0 {
        set(Line::ShortTermInvestments, investments);
    }
    set(Line::Cash, cash);
    set(Line::CurrentAssets, current);
    set(Line::TotalAssets, total);
    set(Line::ShareCapital, books.share_capital);
    set(Line::RestrictedEquity, restricted);
    set(Line::RetainedEarnings, retained);
    set(Line::UnrestrictedEquity, retained + net_income);
    set(Line::Equity, equity);
    if books.reserves != 0 {
        set(Line::UntaxedReserves, books.reserves);
    }
    if long != 0 {
        set(Line::LongTermBankLoans, long);
        set(Line::LongTermLiabilities, long);
    }
    if overdraft != 0 {
        set(Line::Overdraft, overdraft);
    }
    if bank_short != 0 {
        set(Line::ShortTermBankLoans, bank_short);
    }
    set(Line::TradePayables, payables);
    set(Line::CurrentLiabilities, short);
    set(Line::EquityAndLiabilities, equity + books.reserves + long + short);

    let distributable = (retained + net_income).max(0);
    let dividend = whole(net_income.max(0) as f64 * profile.payout).min(distributable).min(cash.max(0));
    if dividend > 0 {
        set(Line::ProposedDividend, dividend);
    }
    if unit > 1 {
        set(Line::OperatingCashFlow, net_income - depreciation);
        set(Line::CapitalExpenditure, -investment);
    }
    books.next_dividend = dividend;
    books.retained = retained + net_income;
    books.inventory = inventory;
    books.cash = cash + investments;

    let mut statement = Statement::empty(period, scope, Currency::SEK);
    statement.rounding = if unit == 1000 { 3 } else { 0 };
    statement.figures = figures;
    statement.employees = profile.files_employees.then(|| Decimal::from(people as i64));
    statement
}

/// Buildings last longer than machines.
fn depreciation_rate(industry: &Industry) -> f64 {
    if industry.fixed > 2.0 { 0.025 } else { 0.16 }
}
