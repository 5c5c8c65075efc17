//! Fictitious companies in any number: lifelike names, industries and places, and years of accounts that add up.
//!
//! Company `n` of a seed depends on nothing but the two numbers, so any part of any set can be made again, in any
//! order, with no memory. Nothing here describes a real company; a name may happen to be like a real one's.

mod accounts;
mod calendar;
mod industry;
mod name;
mod place;
mod random;

use chrono::{Days, NaiveDate};
use domain::company::{Address, CompanyRecord, CompanySource, CompanyStatus, Procedure, SniCode, SniEdition};
use domain::filing::Framework;
use domain::line::Line;
use domain::orgnr::{Orgnr, check_digit};
use domain::scope::Scope;
use domain::statement::Statement;

use accounts::Profile;
use industry::{INDUSTRIES, Industry};
use place::Places;
use random::{Random, Weights};

/// The first nine digits of the first fictitious number.
///
/// These numbers start with 4, a group that Skatteverket gives to nobody (1 estates, 2 state and municipalities,
/// 3 foreign companies, 5 limited companies, 6 simple companies, 7 economic associations, 8 non-profit
/// associations and foundations, 9 partnerships), and their third digit is at least 2, so that no personal number can
/// be one either. Their check digits are right: they can be typed, searched and put in URLs like any other.
const FIRST_NINE: u64 = 402_000_000;

/// How many fictitious companies there can be: 402 000 000 to 409 999 999.
pub const MOST: u64 = 8_000_000;

/// Share of the companies with one year that breaks an accounting identity.
const BROKEN_SHARE: f64 = 0.01;

/// One fictitious company.
#[derive(Clone, Debug, PartialEq)]
pub struct Generated {
    /// What a register would say.
    pub record: CompanyRecord,
    /// The framework of its reports.
    pub framework: Framework,
    /// Its accounts, newest first; empty for those that file none.
    pub statements: Vec<Statement>,
}

/// The number of the fictitious company at a position.
#[must_use]
pub fn orgnr(position: u64) -> Option<Orgnr> {
    let nine = FIRST_NINE + position;
    (position < MOST).then(|| Orgnr::from_number(nine * 10 + u64::from(check_digit(nine))).ok()).flatten()
}

/// Whether a number is one that only fictitious companies have.
#[must_use]
pub fn is_fictitious(orgnr: Orgnr) -> bool {
    (FIRST_NINE..FIRST_NINE + MOST).contains(&(orgnr.number() / 10))
}

/// The first `count` companies of a seed (at most [`MOST`]), with their accounts, newest first.
pub fn generate(seed: u64, count: u64) -> impl Iterator<Item = (CompanyRecord, Vec<Statement>)> {
    companies(seed, 0..count).map(|company| (company.record, company.statements))
}

/// The companies of a seed at these positions.
pub fn companies(seed: u64, positions: std::ops::Range<u64>) -> impl Iterator<Item = Generated> {
    let maker = Maker::new(seed);
    (positions.start..positions.end.min(MOST)).filter_map(move |position| maker.company(position))
}

/// Makes companies; holds the weights.
#[derive(Debug)]
pub struct Maker {
    seed: u64,
    places: Places,
    industries: Weights,
}

impl Maker {
    /// A maker of the companies of one seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            places: Places::new(),
            industries: Weights::new(INDUSTRIES.iter().map(|industry| industry.weight)),
        }
    }

    /// The company at a position; `None` beyond [`MOST`].
    #[must_use]
    pub fn company(&self, position: u64) -> Option<Generated> {
        let orgnr = orgnr(position)?;
        let mut random = Random::new(self.seed, position);
        let random = &mut random;
        let industry = &INDUSTRIES[self.industries.pick(random)];
        let place = self.places.pick(random);
        let legal_form = match random.below(1000) {
            0..=934 => "49",
            935..=974 => "31",
            _ => "51",
        };
        let registered = registration_day(random);
        let mut record = CompanyRecord::empty(orgnr, CompanySource::Demo);
        record.is_demo = true;
        record.name = Some(name::company_name(random, industry, place.municipality, legal_form));
        record.other_names = Some(Vec::new());
        record.legal_form = Some(legal_form.to_owned());
        record.registered_on = Some(registered);
        record.activity_description = Some(name::description(random, industry, place.municipality));
        record.sni = Some(codes(random, industry));
        record.address = Some(Address {
            street: Some(name::street(random)),
            care_of: None,
            postcode: Some(format!("{:05}", place.postcode)),
            city: Some(place.municipality.to_owned()),
            country: Some("SE".to_owned()),
        });
        record.advertising_block = Some(random.chance(0.15));
        set_status(random, &mut record);

        let files = match legal_form {
            "49" => 0.95,
            "51" => 0.6,
            _ => 0.08,
        };
        if !random.chance(files) {
            return Some(Generated { record, framework: Framework::Unknown, statements: Vec::new() });
        }
        let years = calendar::fiscal_years(random, registered);
        let size = industry.median_revenue * 1000.0 * (1.55 * random.wide_normal()).exp();
        let revenue = size.clamp(12_000.0, 60e9);
        let is_large = revenue > 90e6;
        let framework = if is_large || random.chance(0.08) { Framework::K3 } else { Framework::K2 };
        let profile = Profile {
            revenue,
            growth: industry.growth + 0.05 * random.normal(),
            growth_spread: industry.growth_spread,
            margin: industry.margin + industry.margin_spread * 0.7 * random.normal(),
            unit: if revenue > 400e6 || (is_large && random.chance(0.5)) { 1000 } else { 1 },
            is_by_function: is_large && random.chance(0.12),
            files_employees: !random.chance(0.03),
            uses_reserves: random.chance(0.35),
            payout: if random.chance(0.45) { random.between(0.2, 1.0) } else { 0.0 },
        };
        let mut statements = accounts::statements(random, industry, &profile, &years, Scope::Company);
        if revenue > 250e6 && random.chance(0.4) {
            let group =
                Profile { revenue: revenue * random.between(1.1, 2.2), is_by_function: false, payout: 0.0, ..profile };
            statements.extend(accounts::statements(random, industry, &group, &years, Scope::Group));
        }
        if random.chance(BROKEN_SHARE) {
            break_one(random, &mut statements);
        }
        statements
            .sort_by_key(|statement| std::cmp::Reverse((statement.period.end(), std::cmp::Reverse(statement.scope))));
        Some(Generated { record, framework, statements })
    }
}

/// More young companies than old ones, back to 1960.
fn registration_day(random: &mut Random) -> NaiveDate {
    let days = (22_500.0 * random.share().powf(1.9)) as u64;
    NaiveDate::from_ymd_opt(2023, 9, 30).and_then(|day| day.checked_sub_days(Days::new(days))).unwrap_or_default()
}

/// The main code, and for a third of the companies one or two more.
fn codes(random: &mut Random, industry: &Industry) -> Vec<SniCode> {
    let code = |code: &str| SniCode { code: code.to_owned(), edition: SniEdition::Sni2007 };
    let main = random.pick(industry.sni);
    let mut codes = vec![code(main)];
    for _ in 0..random.below(6).saturating_sub(3) {
        let from = if random.chance(0.6) { industry } else { &INDUSTRIES[random.below(INDUSTRIES.len())] };
        let further = random.pick(from.sni);
        if codes.iter().all(|known| known.code != further) {
            codes.push(code(further));
        }
    }
    codes
}

fn set_status(random: &mut Random, record: &mut CompanyRecord) {
    let day = |random: &mut Random| {
        NaiveDate::from_ymd_opt(2026, 1, 1).and_then(|day| day.checked_add_days(Days::new(random.below(300) as u64)))
    };
    let (status, procedure) = match random.below(1000) {
        0..=939 => (CompanyStatus::Active, None),
        940..=964 => (CompanyStatus::Dormant, None),
        965..=976 => (CompanyStatus::Winding, Some("LI")),
        977..=979 => (CompanyStatus::Winding, Some("FR")),
        980..=986 => (CompanyStatus::Bankrupt, Some("KK")),
        _ => (CompanyStatus::Deregistered, None),
    };
    record.status = Some(status);
    record.procedures =
        Some(procedure.map(|code| Procedure { code: code.to_owned(), from: day(random) }).into_iter().collect());
    if status == CompanyStatus::Deregistered {
        record.deregistered_on = day(random);
        record.deregistration_reason = Some("LIAV".to_owned());
    }
}

/// Makes one statement wrong on purpose, far beyond any rounding.
fn break_one(random: &mut Random, statements: &mut [Statement]) {
    let position = random.below(statements.len());
    let Some(statement) = statements.get_mut(position) else { return };
    let line = random.pick(&[Line::TotalAssets, Line::NetIncome, Line::ResultAfterFinancialItems]);
    if let Some(amount) = statement.get(line) {
        statement.figures.set(line, Some(amount + amount / 10 + 250_000));
    }
}

#[cfg(test)]
mod tests;
