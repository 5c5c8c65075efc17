//! The metrics of one fiscal period, each a pure function of the statement and the ones before it.
//!
//! Averages take this and the previous period's closing balance when the previous period ends the day before this
//! one starts, else the closing balance alone: a ratio of a company's first year is better than none, and says the
//! same to within the year's change. Flows are annualised before they meet an average or a count of people.

use crate::derive;
use crate::facts::round_ratio;
use crate::line::Line;
use crate::statement::Statement;

/// A statement and those before it, newest first, all of one company, scope and currency.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a>(pub &'a [&'a Statement]);

impl<'a> Series<'a> {
    fn now(self) -> &'a Statement {
        self.0[0]
    }

    /// The period that ends the day before this one starts.
    fn previous(self) -> Option<&'a Statement> {
        let before = *self.0.get(1)?;
        (before.period.end().succ_opt() == Some(self.now().period.start())).then_some(before)
    }

    /// The series as it stood `years` periods ago; `None` when a period between is missing.
    fn back(self, years: usize) -> Option<Series<'a>> {
        let mut series = self;
        for _ in 0..years {
            series.previous()?;
            series = Series(&series.0[1..]);
        }
        Some(series)
    }

    fn flow(self, line: Line) -> Option<i64> {
        self.now().period.annualise(self.now().get(line)?)
    }

    fn stock(self, line: Line) -> Option<i64> {
        self.now().get(line)
    }

    fn average(self, of: impl Fn(&Statement) -> Option<i64>) -> Option<f64> {
        let closing = of(self.now())? as f64;
        Some(self.previous().and_then(of).map_or(closing, |opening| f64::midpoint(opening as f64, closing)))
    }
}

/// Net revenue, annualised.
#[must_use]
pub fn revenue(series: Series<'_>) -> Option<i64> {
    series.flow(Line::Revenue)
}

/// Total operating income, annualised; net revenue where no total is filed and no other income either.
#[must_use]
pub fn operating_income(series: Series<'_>) -> Option<i64> {
    series.flow(Line::OperatingIncome)
}

/// EBITDA, annualised; `None` where depreciation is not filed.
#[must_use]
pub fn ebitda(series: Series<'_>) -> Option<i64> {
    series.now().period.annualise(derive::ebitda(series.now())?)
}

/// A flow of the period, annualised.
#[must_use]
pub fn annual(series: Series<'_>, line: Line) -> Option<i64> {
    series.flow(line)
}

/// a / b for b > 0.
fn share(part: Option<i64>, whole: Option<i64>) -> Option<f64> {
    let whole = whole.filter(|whole| *whole > 0)?;
    round_ratio(part? as f64 / whole as f64)
}

fn over(part: f64, whole: f64) -> Option<f64> {
    if whole > 0.0 { round_ratio(part / whole) } else { None }
}

/// Cost of goods as a positive figure: by function as filed, by nature raw materials + goods for resale.
fn cost_of_goods(statement: &Statement) -> Option<i64> {
    if let Some(cost) = statement.get(Line::CostOfGoodsSold) {
        return cost.checked_neg();
    }
    match (statement.get(Line::RawMaterials), statement.get(Line::GoodsForResale)) {
        (None, None) => None,
        (materials, goods) => materials.unwrap_or(0).checked_add(goods.unwrap_or(0))?.checked_neg(),
    }
}

/// Gross margin = gross profit (or revenue − cost of goods) / revenue; `None` when revenue ≤ 0.
#[must_use]
pub fn gross_margin(series: Series<'_>) -> Option<f64> {
    let revenue = series.stock(Line::Revenue);
    let profit = series.stock(Line::GrossProfit).or_else(|| revenue?.checked_sub(cost_of_goods(series.now())?));
    share(profit, revenue)
}

/// EBITDA / revenue; `None` when revenue ≤ 0.
#[must_use]
pub fn ebitda_margin(series: Series<'_>) -> Option<f64> {
    share(derive::ebitda(series.now()), series.stock(Line::Revenue))
}

/// Operating result / revenue; `None` when revenue ≤ 0.
#[must_use]
pub fn ebit_margin(series: Series<'_>) -> Option<f64> {
    share(series.stock(Line::Ebit), series.stock(Line::Revenue))
}

/// Net result / revenue; `None` when revenue ≤ 0.
#[must_use]
pub fn net_margin(series: Series<'_>) -> Option<f64> {
    share(series.stock(Line::NetIncome), series.stock(Line::Revenue))
}

/// Compound yearly growth of annualised revenue over `years`: (R_t / R_{t−n})^(1/n) − 1, both > 0, every period between present.
#[must_use]
pub fn growth(series: Series<'_>, years: usize) -> Option<f64> {
    let now = revenue(series).filter(|revenue| *revenue > 0)? as f64;
    let then = revenue(series.back(years)?).filter(|revenue| *revenue > 0)? as f64;
    round_ratio((now / then).powf(1.0 / years as f64) - 1.0)
}

/// Standard deviation (of the population) of up to five yearly growth rates; `None` with fewer than three.
#[must_use]
pub fn growth_volatility(series: Series<'_>) -> Option<f64> {
    let rates: Vec<f64> = (0..5).map_while(|years| growth(series.back(years)?, 1)).collect();
    if rates.len() < 3 {
        return None;
    }
    let mean = rates.iter().sum::<f64>() / rates.len() as f64;
    let variance = rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() / rates.len() as f64;
    round_ratio(variance.sqrt())
}

/// Soliditet = adjusted equity / total assets.
#[must_use]
pub fn equity_ratio(series: Series<'_>) -> Option<f64> {
    share(derive::adjusted_equity(series.now()), series.stock(Line::TotalAssets))
}

/// Kassalikviditet = (current assets − inventory) / current liabilities; no inventory line means none.
#[must_use]
pub fn quick_ratio(series: Series<'_>) -> Option<f64> {
    let liquid = series.stock(Line::CurrentAssets)?.checked_sub(series.stock(Line::Inventory).unwrap_or(0));
    share(liquid, series.stock(Line::CurrentLiabilities))
}

/// Balanslikviditet = current assets / current liabilities.
#[must_use]
pub fn current_ratio(series: Series<'_>) -> Option<f64> {
    share(series.stock(Line::CurrentAssets), series.stock(Line::CurrentLiabilities))
}

/// Interest-bearing debt / adjusted equity; `None` when equity ≤ 0 or the statement names no such debt.
#[must_use]
pub fn debt_to_equity(series: Series<'_>) -> Option<f64> {
    share(derive::interest_bearing_debt(series.now()), derive::adjusted_equity(series.now()))
}

/// Bank and bond debt + overdraft − cash − short-term investments; a debt line that is not filed counts as none, but a statement
/// without a cash line gives `None`.
#[must_use]
pub fn net_debt(series: Series<'_>) -> Option<i64> {
    derive::interest_bearing_debt(series.now())
        .unwrap_or(0)
        .checked_sub(series.stock(Line::Cash)?)?
        .checked_sub(series.stock(Line::ShortTermInvestments).unwrap_or(0))
}

/// Net debt / annualised EBITDA; not meaningful (`None`) when EBITDA ≤ 0.
#[must_use]
pub fn net_debt_to_ebitda(series: Series<'_>) -> Option<f64> {
    share(net_debt(series), ebitda(series))
}

/// (EBIT + financial income) / financial costs; `None` without costs.
#[must_use]
pub fn interest_cover(series: Series<'_>) -> Option<f64> {
    let costs = series.stock(Line::FinancialCosts)?.checked_neg();
    let earned = series.stock(Line::Ebit)?.checked_add(series.stock(Line::FinancialIncome).unwrap_or(0));
    share(earned, costs)
}

/// Annualised result after financial items / average adjusted equity; `None` when that is ≤ 0.
#[must_use]
pub fn roe(series: Series<'_>) -> Option<f64> {
    over(series.flow(Line::ResultAfterFinancialItems)? as f64, series.average(derive::adjusted_equity)?)
}

/// Capital employed = total assets − non-interest-bearing liabilities, including the deferred tax in untaxed reserves
/// = adjusted equity + interest-bearing debt.
fn capital_employed(statement: &Statement) -> Option<i64> {
    derive::adjusted_equity(statement)?.checked_add(derive::interest_bearing_debt(statement).unwrap_or(0))
}

/// Annualised (EBIT + financial income) / average capital employed.
#[must_use]
pub fn roce(series: Series<'_>) -> Option<f64> {
    let earned = series.stock(Line::Ebit)?.checked_add(series.stock(Line::FinancialIncome).unwrap_or(0))?;
    over(series.now().period.annualise(earned)? as f64, series.average(capital_employed)?)
}

/// Annualised EBIT / average total assets.
#[must_use]
pub fn roa(series: Series<'_>) -> Option<f64> {
    over(series.flow(Line::Ebit)? as f64, series.average(|statement| statement.get(Line::TotalAssets))?)
}

/// Annualised revenue / average total assets.
#[must_use]
pub fn asset_turnover(series: Series<'_>) -> Option<f64> {
    over(revenue(series)? as f64, series.average(|statement| statement.get(Line::TotalAssets))?)
}

fn per_employee(amount: Option<i64>, statement: &Statement) -> Option<i64> {
    use rust_decimal::prelude::ToPrimitive;
    let people = statement.employees?.to_f64().filter(|people| *people > 0.0)?;
    let each = (amount? as f64 / people).round();
    (each.abs() < 9e15).then_some(each as i64)
}

/// Annualised revenue / average number of employees, whole units; `None` at 0 employees.
#[must_use]
pub fn revenue_per_employee(series: Series<'_>) -> Option<i64> {
    per_employee(revenue(series), series.now())
}

/// Annualised EBITDA / average number of employees, whole units; `None` at 0 employees.
#[must_use]
pub fn ebitda_per_employee(series: Series<'_>) -> Option<i64> {
    per_employee(ebitda(series), series.now())
}

fn days(stock: Option<i64>, flow: Option<i64>, statement: &Statement) -> Option<f64> {
    let flow = flow.filter(|flow| *flow > 0)?;
    round_ratio(stock? as f64 / flow as f64 * statement.period.days() as f64)
}

/// Trade receivables / revenue × days of the period.
#[must_use]
pub fn dso(series: Series<'_>) -> Option<f64> {
    days(series.stock(Line::TradeReceivables), series.stock(Line::Revenue), series.now())
}

/// Inventory / cost of goods × days of the period.
#[must_use]
pub fn dio(series: Series<'_>) -> Option<f64> {
    days(series.stock(Line::Inventory), cost_of_goods(series.now()), series.now())
}

/// Trade payables / purchases × days of the period; purchases = cost of goods + other external costs.
#[must_use]
pub fn dpo(series: Series<'_>) -> Option<f64> {
    let external = series.stock(Line::OtherExternalCosts).unwrap_or(0);
    let purchases = cost_of_goods(series.now())?.checked_sub(external);
    days(series.stock(Line::TradePayables), purchases, series.now())
}

/// DSO + DIO − DPO.
#[must_use]
pub fn cash_cycle(series: Series<'_>) -> Option<f64> {
    round_ratio(dso(series)? + dio(series)? - dpo(series)?)
}

/// Altman Z″ for private non-manufacturers (Altman 1995): 6.56·WC/TA + 3.26·RE/TA + 6.72·EBIT/TA + 1.05·equity/liabilities.
/// RE is unrestricted equity (retained earnings and the year's result).
#[must_use]
pub fn altman_z2(series: Series<'_>) -> Option<f64> {
    let statement = series.now();
    let assets = statement.get(Line::TotalAssets).filter(|assets| *assets > 0)? as f64;
    let liabilities = derive::total_liabilities(statement).filter(|liabilities| *liabilities > 0)? as f64;
    let working_capital = statement.get(Line::CurrentAssets)? as f64 - statement.get(Line::CurrentLiabilities)? as f64;
    let retained = statement.get(Line::UnrestrictedEquity).or_else(|| statement.get(Line::RetainedEarnings))? as f64;
    let ebit = series.flow(Line::Ebit)? as f64;
    let equity = derive::adjusted_equity(statement)? as f64;
    round_ratio(
        6.56 * working_capital / assets + 3.26 * retained / assets + 6.72 * ebit / assets + 1.05 * equity / liabilities,
    )
}

/// One Piotroski-style sign of health and how it came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Sign {
    /// Stable name.
    pub key: &'static str,
    /// Whether the sign is good.
    pub is_good: bool,
}

/// The signs that can be computed: profit, cash flow, rising return, cash flow above profit, falling leverage, rising liquidity,
/// rising gross margin, rising asset turnover (Piotroski 2000 without the share issue, which small companies do not have).
#[must_use]
pub fn health_signs(series: Series<'_>) -> Vec<Sign> {
    let now = series.now();
    let before = series.back(1);
    let rising = |of: fn(Series<'_>) -> Option<f64>| Some(of(series)? > of(before?)?);
    let falling = |of: fn(Series<'_>) -> Option<f64>| Some(of(series)? < of(before?)?);
    let leverage = |series: Series<'_>| share(derive::total_liabilities(series.now()), series.stock(Line::TotalAssets));
    let cash_flow = now.get(Line::OperatingCashFlow);
    [
        ("profit", now.get(Line::NetIncome).map(|result| result > 0)),
        ("cash_flow", cash_flow.map(|flow| flow > 0)),
        ("rising_return", rising(roa)),
        ("cash_above_profit", cash_flow.zip(now.get(Line::NetIncome)).map(|(cash, profit)| cash > profit)),
        ("falling_leverage", falling(leverage)),
        ("rising_liquidity", rising(current_ratio)),
        ("rising_margin", rising(gross_margin)),
        ("rising_turnover", rising(asset_turnover)),
    ]
    .into_iter()
    .filter_map(|(key, outcome)| outcome.map(|is_good| Sign { key, is_good }))
    .collect()
}

/// Equity below half the registered share capital: a control balance sheet must be drawn up (aktiebolagslagen 25 kap. 13 §).
#[must_use]
pub fn capital_flag(series: Series<'_>) -> Option<bool> {
    Some(i128::from(series.stock(Line::Equity)?) * 2 < i128::from(series.stock(Line::ShareCapital)?))
}
