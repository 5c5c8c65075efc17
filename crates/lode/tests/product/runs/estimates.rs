//! What an enrichment would do is the same whether the index or Postgres counts it, and what a plain count by company finds.

use chrono::{DateTime, Duration, Utc};
use domain::orgnr::{Orgnr, check_digit};
use jobs::enrich_company::PARTS;
use serde_json::{Value, json};

use super::post;
use crate::support::{self, Server};
use crate::universe::data::ready;

/// A company, when its website was last looked for, and when each part was found out.
struct Company {
    orgnr: i64,
    looked_for: Option<DateTime<Utc>>,
    found: [Option<DateTime<Utc>>; PARTS.len()],
}

impl Company {
    fn is_fresh(&self, parts: &[usize], since: DateTime<Utc>) -> bool {
        let is_fresh = |at: &Option<DateTime<Utc>>| at.is_some_and(|at| at >= since);
        parts.iter().all(|part| is_fresh(&self.found[*part]) || *part == 0 && is_fresh(&self.looked_for))
    }
}

/// Sixty companies in every mixture of never, lately, and too long ago.
fn companies(now: DateTime<Utc>) -> Vec<Company> {
    let at = |kind: u64| match kind % 3 {
        0 => None,
        1 => Some(now - Duration::days(179)),
        _ => Some(now - Duration::days(181)),
    };
    let company = |n: u64| {
        let first_nine = 556_800_000 + n;
        let orgnr = (first_nine * 10 + u64::from(check_digit(first_nine))).cast_signed();
        // A third of them was never read, as most companies of a country.
        let found = if n.is_multiple_of(3) { [None; PARTS.len()] } else { [1, 2, 5, 11].map(|step| at(n / step)) };
        Company { orgnr, looked_for: at(n / 7), found }
    };
    (0..60).map(company).collect()
}

/// Companies, what was found out about them, and their facts, in one transaction.
async fn fill(server: &Server, companies: &[Company]) {
    let mut tx = server.db.begin().await.unwrap();
    for one in companies {
        sqlx::query("INSERT INTO companies (orgnr, name) VALUES ($1, 'Bolaget AB')")
            .bind(one.orgnr)
            .execute(&mut *tx)
            .await
            .unwrap();
        if let Some(at) = one.looked_for {
            let sql = "INSERT INTO homepages (orgnr, status, checked_at) VALUES ($1, 'none', $2)";
            sqlx::query(sql).bind(one.orgnr).bind(at).execute(&mut *tx).await.unwrap();
        }
        for (part, at) in PARTS.iter().zip(one.found) {
            let Some(at) = at else { continue };
            let sql = "INSERT INTO enrichments (orgnr, kind, data, method, method_version, made_at) VALUES ($1, $2, '{}', 'rules', 1, $3)";
            sqlx::query(sql).bind(one.orgnr).bind(part).bind(at).execute(&mut *tx).await.unwrap();
        }
    }
    let orgnrs: Vec<i64> = companies.iter().map(|one| one.orgnr).collect();
    store::ingest::recompute(&mut tx, &orgnrs, Utc::now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Every choice of parts, with and without those that are fresh, against the plain count.
async fn check(server: &Server, companies: &[Company], now: DateTime<Utc>) {
    let since = services::runs::fresh_since(now);
    let numbers: Vec<String> =
        companies.iter().map(|one| Orgnr::from_number(one.orgnr.cast_unsigned()).unwrap().to_string()).collect();
    // One of them twice, and one that nobody knows.
    let asked: Vec<&str> = numbers.iter().map(String::as_str).chain([numbers[4].as_str(), "559085-2777"]).collect();
    for chosen in 1..1_usize << PARTS.len() {
        let parts: Vec<usize> = (0..PARTS.len()).filter(|part| chosen >> part & 1 == 1).collect();
        let kinds: Vec<&str> = parts.iter().map(|part| PARTS[*part]).collect();
        let due = companies.iter().filter(|one| !one.is_fresh(&parts, since)).count();
        for (is_forced, due) in [(false, due), (true, companies.len())] {
            let body = json!({ "orgnrs": asked, "kinds": kinds, "force": is_forced });
            let answer = post(server, "/api/enrichment/estimate", body, 200).await;
            let told = (&answer["companies"], &answer["due"], &answer["fresh"]);
            let fresh = companies.len() - due;
            assert_eq!(told, (&json!(companies.len()), &json!(due), &json!(fresh)), "{kinds:?}, forced: {is_forced}");
        }
    }
    let answer: Value = post(server, "/api/analysis/estimate", json!({ "orgnrs": asked }), 200).await;
    assert_eq!(answer["companies"], json!(companies.len()), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_estimate_by_the_index_tells_what_counting_company_by_company_tells() {
    let (first, now) = (support::without_index(&[]).await, Utc::now());
    let mut all = companies(now);
    let late = all.split_off(50);
    fill(&first, &all).await;
    let server = support::beside(&first, &[]).await;
    ready(&server, Some(50)).await;
    check(&server, &all, now).await;
    // What came a moment ago, and the index may not know yet, counts too.
    fill(&server, &late).await;
    all.extend(late);
    check(&server, &all, now).await;
    ready(&server, Some(60)).await;
    check(&server, &all, now).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_estimate_while_the_index_loads_tells_the_same() {
    let (server, now) = (support::without_index(&[]).await, Utc::now());
    let companies = companies(now);
    fill(&server, &companies).await;
    check(&server, &companies, now).await;
}
