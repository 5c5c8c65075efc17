//! The conditions of going live, and how each stands.

use serde_json::{Value, json};

/// One condition of going live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// The release's code passed the formatter and the linters.
    Lint,
    /// Its types agree.
    TypeCheck,
    /// It was built.
    Build,
    /// Its tests passed.
    Tests,
    /// The built web app names no server on the builder's own machine.
    NoLocalHost,
    /// Smoke checks of the API hold.
    Smoke(&'static str),
    /// Smoke checks of the web app hold.
    WebApp(&'static str),
    /// Who may come in does, nobody else, and the web app's origin is allowed.
    AuthAndCors(&'static str),
    /// A worker took and finished a job.
    Workers(&'static str),
    /// The schema is at the level of this program.
    Migrations(&'static str),
    /// The address is a public one, with TLS.
    Address(&'static str),
    /// The newest backup is whole and not old.
    BackupFresh,
    /// A backup was restored and found equal.
    BackupRestored,
    /// Prometheus has every alert of the release, and evaluates it without an error.
    AlertsLoaded,
}

impl Condition {
    /// What is looked at in one deployment.
    pub(super) fn of_deployment(name: &'static str) -> Vec<Self> {
        let mut conditions = vec![
            Self::Smoke(name),
            Self::WebApp(name),
            Self::AuthAndCors(name),
            Self::Workers(name),
            Self::Migrations(name),
        ];
        if name == "production" {
            conditions.push(Self::Address(name));
        }
        conditions
    }

    /// The name in the table.
    pub(super) fn name(self) -> String {
        match self {
            Self::Lint => "lint".to_owned(),
            Self::TypeCheck => "typecheck".to_owned(),
            Self::Build => "build".to_owned(),
            Self::Tests => "tests".to_owned(),
            Self::NoLocalHost => "no local host in the web app".to_owned(),
            Self::Smoke(place) => format!("smoke on {place}"),
            Self::WebApp(place) => format!("web app on {place}"),
            Self::AuthAndCors(place) => format!("auth and CORS on {place}"),
            Self::Workers(place) => format!("workers on {place}"),
            Self::Migrations(place) => format!("migration level on {place}"),
            Self::Address(place) => format!("address of {place}"),
            Self::BackupFresh => "backup is fresh and whole".to_owned(),
            Self::BackupRestored => "backup was restored".to_owned(),
            Self::AlertsLoaded => "alert rules are loaded".to_owned(),
        }
    }
}

/// The table of conditions.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<(Condition, Result<String, String>)>,
}

impl Table {
    /// Notes how a condition stands: with what was found, or why it does not hold.
    pub(super) fn note(&mut self, condition: Condition, outcome: Result<String, String>) {
        self.rows.push((condition, outcome));
    }

    /// Whether every condition holds.
    pub(super) fn is_go(&self) -> bool {
        !self.rows.is_empty() && self.rows.iter().all(|(_, outcome)| outcome.is_ok())
    }

    fn verdict(&self) -> &'static str {
        if self.is_go() { "GO" } else { "NO-GO" }
    }

    /// For people.
    pub(super) fn text(&self) -> String {
        let width = self.rows.iter().map(|(condition, _)| condition.name().chars().count()).max().unwrap_or(0);
        let mut text = String::new();
        for (condition, outcome) in &self.rows {
            let (mark, said) = match outcome {
                Ok(found) => ("ok  ", found),
                Err(reason) => ("FAIL", reason),
            };
            text.push_str(&format!("{mark}  {:width$}  {said}\n", condition.name()));
        }
        text.push_str(self.verdict());
        text
    }

    /// For machines.
    pub(super) fn document(&self) -> Value {
        let conditions: Vec<Value> = self
            .rows
            .iter()
            .map(|(condition, outcome)| {
                let (ok, said) = match outcome {
                    Ok(found) => (true, found),
                    Err(reason) => (false, reason),
                };
                json!({ "condition": condition.name(), "ok": ok, "detail": said })
            })
            .collect();
        json!({ "verdict": self.verdict(), "conditions": conditions })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_condition_that_does_not_hold_or_none_at_all_is_no_go() {
        let mut table = Table::default();
        assert!(!table.is_go(), "nothing was looked at");
        table.note(Condition::Lint, Ok("passed".to_owned()));
        assert!(table.is_go() && table.text().ends_with("\nGO"));
        table.note(Condition::Build, Err("failed".to_owned()));
        assert!(!table.is_go() && table.text().contains("FAIL  build  failed") && table.text().ends_with("NO-GO"));
        assert_eq!(table.document()["conditions"][1]["ok"], false);
    }
}
