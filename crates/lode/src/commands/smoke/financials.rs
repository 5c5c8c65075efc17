//! Statements of a company: shape, order, nulls, currencies.

use serde_json::json;

use super::checks::{Checks, expect};

/// Checks the statements of `orgnr`, or of a company that is looked up.
pub(in super::super) async fn financials(checks: &mut Checks, orgnr: Option<&str>) {
    let orgnr = match orgnr {
        Some(orgnr) => orgnr.to_owned(),
        None => {
            let query = json!({"filters": [{"field": "has_financials", "op": "=", "value": true}], "limit": 1});
            let found = checks.post("/api/universe/query", &query, 200).await;
            let found = found.and_then(|body| {
                body["rows"][0]["orgnr"]
                    .as_str()
                    .map(str::to_owned)
                    .ok_or_else(|| "no company has statements".to_owned())
            });
            match found {
                Ok(orgnr) => orgnr,
                Err(reason) => return checks.note("a company with statements is found", Err(reason)),
            }
        }
    };
    let path = format!("/api/companies/{orgnr}/financials");
    let body = checks.get(&path).await;
    let periods = body.as_ref().ok().and_then(|body| body["financials"].as_array().cloned()).unwrap_or_default();
    checks.note(
        &format!("GET {path}"),
        body.and_then(|body| {
            expect(body["count"].as_u64() == Some(periods.len() as u64), "count is not the number of periods")
        }),
    );
    checks.note("it has statements", expect(!periods.is_empty(), "none"));
    let ends: Vec<&str> = periods.iter().filter_map(|period| period["period_end"].as_str()).collect();
    checks
        .note("newest first", expect(ends.len() == periods.len() && ends.is_sorted_by(|a, b| a >= b), "not in order"));
    const AMOUNTS: [&str; 9] = [
        "revenue",
        "ebitda",
        "ebit",
        "result_after_financial_items",
        "net_income",
        "total_assets",
        "equity",
        "untaxed_reserves",
        "cash",
    ];
    let wrong = periods.iter().find_map(|period| {
        AMOUNTS.iter().find(|name| period.get(**name).is_none_or(|amount| !(amount.is_null() || amount.is_i64())))
    });
    checks.note("amounts are whole numbers or null", wrong.map_or(Ok(()), |name| Err(format!("{name} is not"))));
    let shaped = periods.iter().all(|period| {
        matches!(period["scope"].as_str(), Some("company" | "group"))
            && matches!(period["quality"].as_str(), Some("ok" | "partial" | "suspect"))
            && period["currency"].is_string()
            && period["months"].is_u64()
            && period["filing_id"].is_string()
    });
    checks.note("every period has scope, quality, currency, months and filing", expect(shaped, "one does not"));
}
