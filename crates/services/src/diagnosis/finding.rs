//! What was found of an installation, part by part, and what to do about it: for `lode doctor` and for the page of the web app.

use serde_json::{Value, json};

/// A sentence in the languages of the web app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: String,
    /// Swedish.
    pub sv: String,
}

impl Words {
    /// Both languages.
    pub fn new(en: impl Into<String>, sv: impl Into<String>) -> Self {
        Self { en: en.into(), sv: sv.into() }
    }

    fn is_empty(&self) -> bool {
        self.en.is_empty()
    }
}

/// In English alone: what is told on the command line only, and names that are the same in both.
impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::new(text, text)
    }
}

/// As from `&str`.
impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::new(text.clone(), text)
    }
}

/// A part of a deployment that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Every setting is right.
    Settings,
    /// Strangers cannot use the installation.
    Exposure,
    /// Secrets in the database are sealed, and can be opened.
    Secrets,
    /// Postgres answers, and takes writes.
    Database,
    /// The schema is the one of this program.
    Schema,
    /// Connections are left.
    Connections,
    /// No transaction is open for long.
    Transactions,
    /// No statement is slow.
    Statements,
    /// Tables are cleaned up.
    Vacuum,
    /// Postgres keeps what it confirmed.
    Durability,
    /// Replicas follow.
    Replicas,
    /// The connection to Postgres is encrypted where it leaves the machine.
    Encryption,
    /// Redis answers, and takes writes.
    Redis,
    /// Redis drops nothing, and has memory left.
    RedisMemory,
    /// Redis answers soon.
    RedisLatency,
    /// The clocks agree.
    Clock,
    /// The artifact store takes and gives files.
    Artifacts,
    /// The disk has space.
    Disk,
    /// A backup was made lately.
    Backup,
    /// Workers live.
    Workers,
    /// No job waits for long.
    Queues,
    /// No job is dead.
    DeadJobs,
    /// The API answers and is ready.
    Server,
    /// The screening index is true and up to date.
    Index,
    /// No certificate ends soon.
    Certificates,
    /// Model providers answered when they were last asked.
    Models,
    /// The search provider answered when it was last asked.
    Search,
    /// Emails can be sent.
    Mail,
    /// The collector takes traces, where one is set.
    Traces,
}

impl Part {
    /// Every part, in the order of the table.
    pub const ALL: [Self; 29] = [
        Self::Settings,
        Self::Exposure,
        Self::Secrets,
        Self::Database,
        Self::Schema,
        Self::Connections,
        Self::Transactions,
        Self::Statements,
        Self::Vacuum,
        Self::Durability,
        Self::Replicas,
        Self::Encryption,
        Self::Redis,
        Self::RedisMemory,
        Self::RedisLatency,
        Self::Clock,
        Self::Artifacts,
        Self::Disk,
        Self::Backup,
        Self::Workers,
        Self::Queues,
        Self::DeadJobs,
        Self::Server,
        Self::Index,
        Self::Certificates,
        Self::Models,
        Self::Search,
        Self::Mail,
        Self::Traces,
    ];

    /// The name in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Exposure => "exposure",
            Self::Secrets => "secrets",
            Self::Database => "database",
            Self::Schema => "schema",
            Self::Connections => "connections",
            Self::Transactions => "transactions",
            Self::Statements => "slow statements",
            Self::Vacuum => "dead rows",
            Self::Durability => "durability",
            Self::Replicas => "replicas",
            Self::Encryption => "encryption",
            Self::Redis => "redis",
            Self::RedisMemory => "redis memory",
            Self::RedisLatency => "redis latency",
            Self::Clock => "clocks",
            Self::Artifacts => "artifacts",
            Self::Disk => "disk",
            Self::Backup => "backup",
            Self::Workers => "workers",
            Self::Queues => "queues",
            Self::DeadJobs => "dead jobs",
            Self::Server => "server",
            Self::Index => "index",
            Self::Certificates => "certificates",
            Self::Models => "models",
            Self::Search => "search",
            Self::Mail => "mail",
            Self::Traces => "traces",
        }
    }

    /// The name for people, in the languages of the web app.
    #[must_use]
    pub fn title(self) -> Words {
        match self {
            Self::Settings => Words::new("Settings", "Inställningar"),
            Self::Exposure => Words::new("Exposure", "Åtkomst utifrån"),
            Self::Secrets => Words::new("Secrets", "Hemligheter"),
            Self::Database => Words::new("Postgres", "Postgres"),
            Self::Schema => Words::new("Schema", "Databasschema"),
            Self::Connections => Words::new("Connections", "Anslutningar"),
            Self::Transactions => Words::new("Transactions", "Transaktioner"),
            Self::Statements => Words::new("Slow statements", "Långsamma satser"),
            Self::Vacuum => Words::new("Dead rows", "Döda rader"),
            Self::Durability => Words::new("Durability", "Beständighet"),
            Self::Replicas => Words::new("Replicas", "Repliker"),
            Self::Encryption => Words::new("Encryption", "Kryptering"),
            Self::Redis => Words::new("Queue server", "Köserver"),
            Self::RedisMemory => Words::new("Memory of the queue server", "Köserverns minne"),
            Self::RedisLatency => Words::new("Latency of the queue server", "Köserverns svarstid"),
            Self::Clock => Words::new("Clocks", "Klockor"),
            Self::Artifacts => Words::new("Artifact store", "Fillager"),
            Self::Disk => Words::new("Disk", "Disk"),
            Self::Backup => Words::new("Backup", "Säkerhetskopia"),
            Self::Workers => Words::new("Workers", "Arbetsprocesser"),
            Self::Queues => Words::new("Queues", "Köer"),
            Self::DeadJobs => Words::new("Dead jobs", "Döda jobb"),
            Self::Server => Words::new("API", "API"),
            Self::Index => Words::new("Screening index", "Urvalsindex"),
            Self::Certificates => Words::new("Certificates", "Certifikat"),
            Self::Models => Words::new("Models", "Modeller"),
            Self::Search => Words::new("Search provider", "Söktjänst"),
            Self::Mail => Words::new("Email", "E-post"),
            Self::Traces => Words::new("Traces", "Spårning"),
        }
    }
}

/// How a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing to do.
    Well,
    /// It could not be looked at, or was not asked for.
    Unknown,
    /// Something to do in working hours.
    Warning,
    /// Something to do now.
    Failure,
}

impl Level {
    /// The name in tables and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Well => "ok",
            Self::Unknown => "unknown",
            Self::Warning => "warning",
            Self::Failure => "failure",
        }
    }
}

/// One part, what was found, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The part.
    pub part: Part,
    /// How it is.
    pub level: Level,
    /// What was found.
    pub found: Words,
    /// What to do; `None` when there is nothing.
    pub remedy: Option<Words>,
}

impl Finding {
    /// Nothing to do.
    pub fn well(part: Part, found: impl Into<Words>) -> Self {
        Self { part, level: Level::Well, found: found.into(), remedy: None }
    }

    /// An empty remedy is none.
    fn with_remedy(level: Level, part: Part, found: impl Into<Words>, remedy: impl Into<Words>) -> Self {
        Self { part, level, found: found.into(), remedy: Some(remedy.into()).filter(|words: &Words| !words.is_empty()) }
    }

    /// It could not be looked at.
    pub fn unknown(part: Part, found: impl Into<Words>, remedy: impl Into<Words>) -> Self {
        Self::with_remedy(Level::Unknown, part, found, remedy)
    }

    /// Something to do in working hours.
    pub fn warning(part: Part, found: impl Into<Words>, remedy: impl Into<Words>) -> Self {
        Self::with_remedy(Level::Warning, part, found, remedy)
    }

    /// Something to do now.
    pub fn failure(part: Part, found: impl Into<Words>, remedy: impl Into<Words>) -> Self {
        Self::with_remedy(Level::Failure, part, found, remedy)
    }

    /// Something to do, at once when it is `bad`.
    pub fn of(bad: bool, part: Part, found: impl Into<Words>, remedy: impl Into<Words>) -> Self {
        if bad { Self::failure(part, found, remedy) } else { Self::warning(part, found, remedy) }
    }
}

/// Everything that was found.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
}

impl Report {
    /// Notes findings.
    pub fn note(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// Whether nothing is to be done now; with `strict`, nothing at all.
    #[must_use]
    pub fn is_well(&self, strict: bool) -> bool {
        let limit = if strict { Level::Warning } else { Level::Failure };
        self.findings.iter().all(|finding| finding.level < limit)
    }

    /// What was found, the worst first.
    #[must_use]
    pub fn worst_first(&self) -> Vec<Finding> {
        let mut found = self.findings.clone();
        let place = |part: Part| Part::ALL.iter().position(|known| *known == part);
        found.sort_by_key(|finding| (std::cmp::Reverse(finding.level), place(finding.part)));
        found
    }

    /// The findings in the order of the parts; a part that nobody looked at is unknown, never passed over.
    fn ordered(&self) -> Vec<Finding> {
        let of = |part: Part| {
            let mut found: Vec<_> = self.findings.iter().filter(|finding| finding.part == part).cloned().collect();
            if found.is_empty() {
                found.push(Finding::unknown(part, "not looked at", "mend what is above, then ask again"));
            }
            found
        };
        Part::ALL.into_iter().flat_map(of).collect()
    }

    /// How many findings are of a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    fn verdict(&self) -> String {
        match (self.count(Level::Failure), self.count(Level::Warning)) {
            (0, 0) => "well".to_owned(),
            (failures, warnings) => format!("{failures} to mend now, {warnings} to mend soon"),
        }
    }

    /// For people: the remedy stands below what was found.
    #[must_use]
    pub fn text(&self) -> String {
        let width = Part::ALL.iter().map(|part| part.name().len()).max().unwrap_or(0);
        let mut text = String::new();
        for finding in self.ordered() {
            text.push_str(&format!(
                "{:7}  {:width$}  {}\n",
                finding.level.name(),
                finding.part.name(),
                finding.found.en
            ));
            if let Some(remedy) = &finding.remedy {
                text.push_str(&format!("{:7}  {:width$}  → {}\n", "", "", remedy.en));
            }
        }
        text.push_str(&self.verdict());
        text
    }

    /// For machines.
    #[must_use]
    pub fn document(&self) -> Value {
        let findings: Vec<Value> = self
            .ordered()
            .into_iter()
            .map(|finding| {
                let remedy = finding.remedy.map(|remedy| remedy.en);
                json!({ "part": finding.part.name(), "level": finding.level.name(), "found": finding.found.en, "remedy": remedy })
            })
            .collect();
        json!({
            "well": self.is_well(false),
            "failures": self.count(Level::Failure),
            "warnings": self.count(Level::Warning),
            "findings": findings,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_that_nobody_looked_at_is_shown_as_unknown_and_warnings_count_when_strict() {
        let mut report = Report::default();
        report.note([Finding::well(Part::Disk, "half is free")]);
        assert!(report.is_well(true) && report.text().ends_with("\nwell"));
        let document = report.document();
        assert_eq!(document["findings"].as_array().unwrap().len(), Part::ALL.len());
        report.note([Finding::warning(Part::Backup, "old", "make one")]);
        assert!(report.is_well(false) && !report.is_well(true));
        report.note([Finding::failure(Part::Database, "away", "start it")]);
        assert!(!report.is_well(false));
        let text = report.text();
        assert!(text.contains("→ start it") && text.ends_with("1 to mend now, 1 to mend soon"), "{text}");
    }

    #[test]
    fn every_part_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = Part::ALL.iter().map(|part| part.name()).collect();
        assert_eq!(names.len(), Part::ALL.len());
    }
}
