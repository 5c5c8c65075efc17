//! How well the evidence checker does on thousands of claims: true ones pass, planted falsehoods do not. The generator shares no code
//! with the checker: its input and output are the JSON of the command line.

mod cases;
mod company;
mod random;
mod render;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use cases::{Case, Writer};
use random::Random;

/// By kind: how many, how many judged rightly.
type Tally = BTreeMap<&'static str, (u32, u32)>;

struct Outcome {
    truths: Tally,
    falsehoods: Tally,
    mistakes: Vec<String>,
}

fn run(seed: u64, companies: usize) -> Outcome {
    let mut random = Random::new(seed);
    let mut outcome = Outcome { truths: Tally::new(), falsehoods: Tally::new(), mistakes: Vec::new() };
    let mut previous = company::company(&mut random, 100);
    for index in 0..companies {
        let mut current = company::company(&mut random, index);
        if index % 2 == 0 {
            current.dossier["name"] = json!(format!("{} AB", current.name));
        }
        let mut writer = Writer { company: &current, other: &previous, random: &mut random, cases: Vec::new() };
        writer.write("sv");
        writer.write("en");
        judge(&current.dossier, &writer.cases, &mut outcome);
        previous = current;
    }
    outcome
}

fn judge(dossier: &Value, cases: &[Case], outcome: &mut Outcome) {
    let claims: Vec<Value> = cases
        .iter()
        .enumerate()
        .map(|(index, case)| json!({"id": format!("c{index}"), "language": case.language, "text": case.text, "cites": case.cites}))
        .collect();
    let read = domain::evidence::read_dossier(&dossier.to_string()).expect("the generator's dossier is well-formed");
    let claims = domain::evidence::read_claims(&Value::Array(claims).to_string())
        .expect("the generator's claims are well-formed");
    let answers = serde_json::to_value(domain::evidence::check(&read, &claims)).unwrap();
    let answers = answers.as_array().unwrap();
    assert_eq!(answers.len(), cases.len(), "an answer for every claim");
    for (index, (answer, case)) in answers.iter().zip(cases).enumerate() {
        assert_eq!(answer["id"], format!("c{index}"), "in the order of the claims");
        let right = (answer["verdict"] == "verified") == case.is_true;
        let tally = if case.is_true { &mut outcome.truths } else { &mut outcome.falsehoods };
        let entry = tally.entry(case.kind).or_default();
        entry.0 += 1;
        entry.1 += u32::from(right);
        if !right {
            let failed: Vec<_> = answer["checks"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|check| case.is_true == (check["ok"] == false))
                .collect();
            let cited: Vec<_> = read
                .facts
                .iter()
                .filter(|fact| case.cites.to_string().contains(&format!("\"{}\"", fact.id)))
                .map(|fact| (&fact.field, fact.period_end, fact.value))
                .collect();
            outcome.mistakes.push(format!(
                "{} {}: {}\n    {:?}\n    {}",
                if case.is_true { "REJECTED" } else { "PASSED" },
                case.kind,
                case.text,
                cited,
                serde_json::to_string(&failed).unwrap()
            ));
        }
    }
}

fn sum(tally: &Tally) -> (u32, u32) {
    tally.values().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
}

fn table(outcome: &Outcome) -> String {
    let mut out = String::from("| planted falsehood | claims | caught |\n|---|---:|---:|\n");
    for (kind, (all, right)) in &outcome.falsehoods {
        let _ = writeln!(out, "| {kind} | {all} | {right} |");
    }
    let (all, right) = sum(&outcome.falsehoods);
    let _ =
        writeln!(out, "| **all** | **{all}** | **{right}** |\n\n| true claim | claims | verified |\n|---|---:|---:|");
    for (kind, (all, right)) in &outcome.truths {
        let _ = writeln!(out, "| {kind} | {all} | {right} |");
    }
    let (all, right) = sum(&outcome.truths);
    let _ = writeln!(out, "| **all** | **{all}** | **{right}** |");
    out
}

#[test]
fn planted_falsehoods_are_caught_and_true_claims_pass() {
    let outcome = run(20_261_130, 40);
    for mistake in &outcome.mistakes {
        println!("{mistake}");
    }
    let (false_all, caught) = sum(&outcome.falsehoods);
    let (true_all, verified) = sum(&outcome.truths);
    assert!(false_all >= 2000 && true_all >= 1000, "{false_all} falsehoods, {true_all} truths");
    assert!(outcome.falsehoods.len() >= 20 && outcome.truths.len() >= 20);
    assert!(
        f64::from(caught) >= 0.99 * f64::from(false_all),
        "{caught} of {false_all} falsehoods were caught\n{}",
        table(&outcome)
    );
    assert!(
        f64::from(verified) >= 0.99 * f64::from(true_all),
        "{verified} of {true_all} true claims were verified\n{}",
        table(&outcome)
    );
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/evidence.md")).unwrap_or_default();
    assert!(page.contains(&table(&outcome)), "docs/evidence.md does not have this table:\n{}", table(&outcome));
}
