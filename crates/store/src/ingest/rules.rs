//! The domain's rules as the store applies them: what quality a statement has, and what a company's facts are.

use chrono::NaiveDate;
use domain::company::CompanyRecord;
use domain::facts::{CompanyFacts, CompanyProfile, Coverage, StatementVersion};
use domain::statement::Statement;
use domain::suspicion;

use crate::current_periods::CurrentPeriod;
use crate::enrichments::Known;
use crate::financial_periods::Judgement;

/// Quality of a statement and the names of the identities it breaks.
#[must_use]
pub fn judge(statement: &Statement) -> Judgement {
    let (quality, broken) = domain::identity::quality(statement);
    let broken = broken.iter().map(|broken| broken.identity.key().to_owned()).collect();
    let mut judgement = Judgement { quality, broken };
    judgement.suspect(&suspicion::of_statement(statement));
    judgement
}

/// The wide row of a company from its merged record, its current periods and what its website told, as on `today`.
#[must_use]
pub fn facts(record: &CompanyRecord, periods: &[CurrentPeriod], known: Known, today: NaiveDate) -> CompanyFacts {
    let profile = CompanyProfile {
        name: record.name.clone(),
        status: Some(record.overall_status()),
        legal_form: record.legal_form.clone(),
        sni: record.sni.clone().unwrap_or_default(),
        activity_description: record.activity_description.clone(),
        postcode: record.address.as_ref().and_then(|address| address.postcode.clone()),
        registered_on: record.registered_on,
        is_demo: record.is_demo,
    };
    let coverage = Coverage {
        has_homepage: known.has_homepage || record.homepage.is_some(),
        has_ai_profile: known.has_profile,
        enriched_on: known.enriched_on,
        approved: known.approved,
    };
    let statements: Vec<StatementVersion> = periods
        .iter()
        .map(|period| StatementVersion {
            statement: period.statement.clone(),
            quality: period.judgement.quality,
            framework: period.framework,
            filed_at: period.filed_at,
        })
        .collect();
    domain::facts::compute(record.orgnr, &profile, &statements, coverage, today)
}
