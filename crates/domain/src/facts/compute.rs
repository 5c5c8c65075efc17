//! From a company's record and statements to its wide row: the one place where every field of the catalogue is filled.

use std::sync::LazyLock;

use chrono::{Days, Months, NaiveDate};

use super::quality_score::quality_score;
use super::{CompanyFacts, FactValue};
use crate::analysis::ApprovedAnalysis;
use crate::catalogue::FIELDS;
use crate::codes::{place, sni};
use crate::company::{CompanyStatus, SniCode};
use crate::currency::Currency;
use crate::filing::Framework;
use crate::metric::{Formula, METRICS, Series, comparable};
use crate::orgnr::Orgnr;
use crate::scope::Scope;
use crate::statement::{Quality, Statement};

/// What the registers say, as far as the wide row needs it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompanyProfile {
    /// Registered name.
    pub name: Option<String>,
    /// Status in the registers.
    pub status: Option<CompanyStatus>,
    /// SCB's code of the legal form.
    pub legal_form: Option<String>,
    /// Industry codes, main one first.
    pub sni: Vec<SniCode>,
    /// The company's description of what it does.
    pub activity_description: Option<String>,
    /// Postcode, five digits.
    pub postcode: Option<String>,
    /// Day of registration.
    pub registered_on: Option<NaiveDate>,
    /// Whether the company is fictitious.
    pub is_demo: bool,
}

/// A statement with what is known of its filing.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementVersion {
    /// The figures.
    pub statement: Statement,
    /// Whether they can be trusted.
    pub quality: Quality,
    /// The accounting framework of the filing.
    pub framework: Framework,
    /// When the filing was registered.
    pub filed_at: Option<NaiveDate>,
}

/// What other parts of Lode know about the company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// A homepage is known and verified.
    pub has_homepage: bool,
    /// A profile has been made.
    pub has_ai_profile: bool,
    /// Day on which the website was last read.
    pub enriched_on: Option<NaiveDate>,
    /// What the team's newest approved analysis says.
    pub approved: Option<ApprovedAnalysis>,
}

/// Whether suspect periods take part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Suspects {
    /// Figures and ratios come from periods that break no identity.
    #[default]
    LeftOut,
    /// The user asked for them.
    Included,
}

/// Everything the fillers look at.
struct Input<'a> {
    company: &'a CompanyProfile,
    municipality: Option<&'static str>,
    coverage: Coverage,
    today: NaiveDate,
    /// Current statements of the scope that is screened, newest first.
    versions: &'a [&'a StatementVersion],
    has_group: bool,
    /// The period that figures are taken from; the newest one when none is usable.
    shown: Option<&'a StatementVersion>,
    series: Option<Series<'a>>,
    /// Amounts are screened in SEK only: a converted figure could not be traced to a filing.
    is_sek: bool,
}

/// How a field of the catalogue is filled.
#[derive(Clone, Copy)]
enum Filler {
    Metric(Formula),
    Register(fn(&Input<'_>) -> FactValue),
}

/// The wide row of a company, from the current statements (one per period and scope), in any order.
///
/// Scope: the company's own figures; the group's only where the company has none, so that one row never mixes the two. The figures
/// are those of the newest period that is not suspect, and `period_end`, `period_months`, `framework`, `currency` and `filed_at`
/// tell which that is; `data_quality` is the quality of the newest period of all, so a row that reads `suspect` there has its newest year left
/// out. When every period is suspect all figures are null. Amounts in another currency than SEK are null and ratios are kept.
#[must_use]
pub fn compute(
    orgnr: Orgnr,
    company: &CompanyProfile,
    statements: &[StatementVersion],
    coverage: Coverage,
    today: NaiveDate,
) -> CompanyFacts {
    compute_with(orgnr, company, statements, coverage, today, Suspects::LeftOut)
}

/// [`compute`], with the choice of taking suspect periods too.
#[must_use]
pub fn compute_with(
    orgnr: Orgnr,
    company: &CompanyProfile,
    statements: &[StatementVersion],
    coverage: Coverage,
    today: NaiveDate,
    suspects: Suspects,
) -> CompanyFacts {
    let of_scope = |scope| statements.iter().filter(move |version| version.statement.scope == scope);
    let has_company = of_scope(Scope::Company).next().is_some();
    let mut versions: Vec<_> = of_scope(if has_company { Scope::Company } else { Scope::Group }).collect();
    // Of two periods that end the same day the longer one is the year.
    versions
        .sort_by_key(|version| (std::cmp::Reverse(version.statement.period.end()), version.statement.period.start()));
    let with_suspect = suspects == Suspects::Included;
    let usable = versions.iter().position(|version| with_suspect || version.quality != Quality::Suspect);
    let pairs: Vec<_> = versions.iter().map(|version| (&version.statement, version.quality)).collect();
    let compared = usable.map(|index| comparable(&pairs, index, with_suspect)).unwrap_or_default();
    let shown = usable.or(Some(0)).and_then(|index| versions.get(index).copied());
    let input = Input {
        company,
        municipality: company.postcode.as_deref().and_then(place::municipality_of_postcode),
        coverage,
        today,
        versions: &versions,
        has_group: of_scope(Scope::Group).next().is_some(),
        shown,
        series: Series::new(&compared),
        is_sek: shown.is_some_and(|version| version.statement.currency == Currency::SEK),
    };
    CompanyFacts { orgnr, values: BY_FIELD.iter().map(|filler| input.fill(*filler)).collect() }
}

/// Whether accounts that end on the day are more than 18 months old: a year to the next closing, the seven months in which the
/// law wants a report filed (årsredovisningslagen 8 kap. 3 §) less a month of slack.
#[must_use]
pub fn is_stale(period_end: NaiveDate, today: NaiveDate) -> bool {
    period_end.checked_add_months(Months::new(18)).is_some_and(|limit| limit < today)
}

/// Days after which what was read on a website counts as old and is read again.
pub const WEBSITE_FRESH_DAYS: u64 = 180;

/// Whether a website that was read on the day is to be read again.
#[must_use]
pub fn is_website_stale(enriched_on: NaiveDate, today: NaiveDate) -> bool {
    enriched_on.checked_add_days(Days::new(WEBSITE_FRESH_DAYS)).is_some_and(|limit| limit < today)
}

impl Input<'_> {
    fn fill(&self, filler: Option<Filler>) -> FactValue {
        match (filler, self.series) {
            (Some(Filler::Register(of)), _) => of(self),
            (Some(Filler::Metric(Formula::Amount(_))), _) if !self.is_sek => FactValue::Null,
            (Some(Filler::Metric(formula)), Some(series)) => formula.value(series),
            _ => FactValue::Null,
        }
    }

    fn approved(&self) -> Option<&ApprovedAnalysis> {
        self.coverage.approved.as_ref()
    }

    fn newest<T>(&self, of: impl Fn(&StatementVersion) -> T) -> Option<T> {
        self.versions.first().map(|version| of(version))
    }
}

/// The fillers in the order of [`FIELDS`]; a test proves that none is missing.
static BY_FIELD: LazyLock<Vec<Option<Filler>>> = LazyLock::new(|| {
    let of_metric =
        |key: &str| METRICS.iter().find(|metric| metric.key == key).map(|metric| Filler::Metric(metric.formula));
    let of_register = |key: &str| REGISTER.iter().find(|(name, _)| *name == key).map(|(_, of)| Filler::Register(*of));
    FIELDS.iter().map(|field| of_metric(field.key).or_else(|| of_register(field.key))).collect()
});

/// A field and how it is read from the registers, the coverage or the periods.
type Row = (&'static str, fn(&Input<'_>) -> FactValue);

static REGISTER: &[Row] = &[
    ("name", |input| text(input.company.name.as_deref())),
    ("status", |input| text(Some(input.company.status.unwrap_or(CompanyStatus::Unknown).as_str()))),
    ("legal_form", |input| text(input.company.legal_form.as_deref())),
    ("sni", |input| text(input.company.sni.first().map(|code| code.code.as_str()))),
    ("sni_all", |input| match input.company.sni.as_slice() {
        [] => FactValue::Null,
        codes => FactValue::Texts(codes.iter().map(|code| code.code.as_str().into()).collect()),
    }),
    ("industry_names", |input| industry_names(&input.company.sni)),
    ("activity_description", |input| text(input.company.activity_description.as_deref())),
    ("county", |input| text(input.municipality.map(place::county_of_municipality))),
    ("municipality", |input| text(input.municipality)),
    ("postcode", |input| text(input.company.postcode.as_deref())),
    ("registered_on", |input| date(input.company.registered_on)),
    ("is_demo", |input| FactValue::Boolean(input.company.is_demo)),
    ("data_quality", |input| text(input.newest(|version| version.quality.as_str()))),
    ("data_quality_score", |input| {
        let years = input.versions.len();
        number(input.newest(|version| quality_score(version, years, input.today)))
    }),
    ("period_end", |input| date(input.shown.map(|version| version.statement.period.end()))),
    ("period_months", |input| number(input.shown.map(|version| i64::from(version.statement.period.months())))),
    ("years_count", |input| FactValue::Integer(input.versions.len() as i64)),
    ("framework", |input| text(input.shown.map(|version| version.framework.as_str()))),
    ("currency", |input| text(input.shown.map(|version| version.statement.currency.code()))),
    ("filed_at", |input| date(input.shown.and_then(|version| version.filed_at))),
    ("has_financials", |input| FactValue::Boolean(!input.versions.is_empty())),
    ("has_3y_financials", |input| FactValue::Boolean(input.versions.len() >= 3)),
    ("has_group_accounts", |input| FactValue::Boolean(input.has_group)),
    ("has_homepage", |input| FactValue::Boolean(input.coverage.has_homepage)),
    ("has_ai_profile", |input| FactValue::Boolean(input.coverage.has_ai_profile)),
    ("enriched_on", |input| date(input.coverage.enriched_on)),
    ("is_stale", |input| {
        let accounts = input.newest(|version| is_stale(version.statement.period.end(), input.today));
        let website = input.coverage.enriched_on.map(|day| is_website_stale(day, input.today));
        accounts.into_iter().chain(website).max().map_or(FactValue::Null, FactValue::Boolean)
    }),
    ("fit_score", |input| number(input.approved().and_then(|approved| approved.points).map(i64::from))),
    ("recommendation", |input| {
        text(input.approved().and_then(|approved| approved.recommendation).map(|word| word.key()))
    }),
    ("levers", |input| match input.approved().map(|approved| approved.levers.as_slice()) {
        None | Some([]) => FactValue::Null,
        Some(levers) => FactValue::Texts(levers.iter().map(|lever| lever.key().into()).collect()),
    }),
    ("analysed_on", |input| date(input.approved().map(|approved| approved.made_on))),
];

fn text(value: Option<&str>) -> FactValue {
    value.map_or(FactValue::Null, |value| FactValue::Text(value.into()))
}

fn number(value: Option<i64>) -> FactValue {
    value.map_or(FactValue::Null, FactValue::Integer)
}

fn date(value: Option<NaiveDate>) -> FactValue {
    value.map_or(FactValue::Null, FactValue::Date)
}

/// Swedish names of the codes, `; ` between them; null when no code has a name.
fn industry_names(codes: &[SniCode]) -> FactValue {
    let mut names = String::new();
    for name in codes.iter().filter_map(|code| sni::label_in(code.edition, &code.code)) {
        if !names.is_empty() {
            names.push_str("; ");
        }
        names.push_str(name);
    }
    if names.is_empty() { FactValue::Null } else { FactValue::Text(names.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::FieldKind;

    #[test]
    fn every_field_is_filled_from_exactly_one_place() {
        for field in FIELDS {
            let metrics = METRICS.iter().filter(|metric| metric.key == field.key).count();
            let rows = REGISTER.iter().filter(|(key, _)| *key == field.key).count();
            assert_eq!(metrics + rows, 1, "{}", field.key);
        }
        assert_eq!(METRICS.len() + REGISTER.len(), FIELDS.len());
    }

    #[test]
    fn formulas_give_the_kind_that_the_catalogue_says() {
        for metric in METRICS {
            let kind = FIELDS.iter().find(|field| field.key == metric.key).map(|field| field.kind);
            let fits = match metric.formula {
                Formula::Amount(_) => kind == Some(FieldKind::Amount),
                Formula::Ratio(_) => matches!(kind, Some(FieldKind::Ratio | FieldKind::Count)),
                Formula::Integer(_) => kind == Some(FieldKind::Integer),
                Formula::Code(_) => kind == Some(FieldKind::Category),
                Formula::Flag(_) => kind == Some(FieldKind::Boolean),
            };
            assert!(fits, "{}", metric.key);
        }
    }
}
