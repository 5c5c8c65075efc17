//! What a session may be asked to fetch, judged before it is made.

use chrono::Datelike;
use domain::orgnr::{Country, Orgnr};
use domain::website::with_scheme;
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

/// Names of the sources.
pub const SOURCES: [&str; 4] = ["bolagsverket_api", "bulk_files", "annual_reports", "websites"];
/// Companies or websites of one session.
const MAX_ITEMS: usize = 20_000;

/// One company's website.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebsiteOption {
    /// Organisation number.
    pub orgnr: String,
    /// Its homepage; `https://` is taken where no scheme is written.
    pub url: String,
}

/// What to fetch; the fields that the source does not use must be left out.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// `bolagsverket_api`: organisation numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orgnrs: Vec<String>,
    /// `bolagsverket_api`: whether annual reports are downloaded too; true when not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documents: Option<bool>,
    /// `bulk_files`: `bolagsverket`, `scb` or both.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// `annual_reports`: first week of filing, as `2024-01`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_week: Option<String>,
    /// `annual_reports`: last week of filing, as `2024-05`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_week: Option<String>,
    /// `websites`: which.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<WebsiteOption>,
    /// `websites`: most pages of each, 1 to 20; 6 when not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_pages: Option<usize>,
}

/// A wrong option: its name and what is expected.
pub type Wrong = (String, String);

impl Options {
    /// Judges the options for a source.
    ///
    /// # Errors
    /// Every wrong one.
    pub fn check(&self, source: &str) -> Result<(), Vec<Wrong>> {
        let mut wrong = Vec::new();
        let given = [
            ("orgnrs", !self.orgnrs.is_empty(), "bolagsverket_api"),
            ("documents", self.documents.is_some(), "bolagsverket_api"),
            ("files", !self.files.is_empty(), "bulk_files"),
            ("from_week", self.from_week.is_some(), "annual_reports"),
            ("to_week", self.to_week.is_some(), "annual_reports"),
            ("sites", !self.sites.is_empty(), "websites"),
            ("max_pages", self.max_pages.is_some(), "websites"),
        ];
        for (name, is_given, of) in given {
            if is_given && of != source {
                wrong.push((name.to_owned(), format!("{name} belongs to the source {of}, not to {source}")));
            }
        }
        match source {
            "bolagsverket_api" => {
                count("orgnrs", self.orgnrs.len(), &mut wrong);
                for (at, text) in self.orgnrs.iter().enumerate() {
                    orgnr(text, &format!("orgnrs/{at}"), &mut wrong);
                }
            }
            "bulk_files" => {
                count("files", self.files.len(), &mut wrong);
                for (at, file) in self.files.iter().enumerate() {
                    if !matches!(file.as_str(), "bolagsverket" | "scb") {
                        wrong.push((format!("files/{at}"), format!("{file:?} is not \"bolagsverket\" or \"scb\"")));
                    }
                }
            }
            "annual_reports" => match self.weeks() {
                Some((from, to)) if from <= to => {}
                Some(_) => wrong.push(("to_week".to_owned(), "to_week lies before from_week".to_owned())),
                None => wrong.push((
                    "from_week".to_owned(),
                    "give from_week and to_week as year and week of filing, e.g. 2024-01 and 2024-05".to_owned(),
                )),
            },
            "websites" => {
                count("sites", self.sites.len(), &mut wrong);
                for (at, site) in self.sites.iter().enumerate() {
                    orgnr(&site.orgnr, &format!("sites/{at}/orgnr"), &mut wrong);
                    let fault = match Url::parse(&with_scheme(&site.url)) {
                        Ok(url) => crawl::Guard::default().check_url(&url).err().map(|error| error.to_string()),
                        Err(_) => {
                            Some("write the address with https:// in front, such as https://www.example.com".to_owned())
                        }
                    };
                    wrong.extend(fault.map(|fault| (format!("sites/{at}/url"), format!("{:?}: {fault}", site.url))));
                }
                if self.max_pages.is_some_and(|pages| !(1..=20).contains(&pages)) {
                    wrong.push(("max_pages".to_owned(), "max_pages must be from 1 to 20".to_owned()));
                }
            }
            other => wrong.push(("source".to_owned(), format!("{other:?} is not one of {}", SOURCES.join(", ")))),
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// First and last week, each as year and week.
    #[must_use]
    pub fn weeks(&self) -> Option<((i32, u32), (i32, u32))> {
        Some((week(self.from_week.as_deref()?)?, week(self.to_week.as_deref()?)?))
    }

    /// The organisation numbers, each once, in their order.
    #[must_use]
    pub fn numbers(&self) -> Vec<Orgnr> {
        let mut seen = std::collections::HashSet::new();
        self.orgnrs.iter().filter_map(|text| text.parse().ok()).filter(|orgnr| seen.insert(*orgnr)).collect()
    }
}

fn count(name: &str, found: usize, wrong: &mut Vec<Wrong>) {
    if found == 0 {
        wrong.push((name.to_owned(), format!("{name} is empty: say what to fetch")));
    } else if found > MAX_ITEMS {
        wrong.push((name.to_owned(), format!("{name} has {found} entries; one session takes {MAX_ITEMS}")));
    }
}

fn orgnr(text: &str, place: &str, wrong: &mut Vec<Wrong>) {
    match text.parse::<Orgnr>() {
        Ok(orgnr) if orgnr.country() == Country::Sweden => {}
        Ok(_) => wrong.push((place.to_owned(), "not a Swedish organisation number".to_owned())),
        Err(error) => wrong.push((place.to_owned(), error.to_string())),
    }
}

fn week(text: &str) -> Option<(i32, u32)> {
    let (year, week) = text.split_once('-')?;
    let (year, week): (i32, u32) = (year.parse().ok()?, week.parse().ok()?);
    let is_year = (2020..=chrono::Utc::now().year() + 1).contains(&year);
    (is_year && (1..=53).contains(&week)).then_some((year, week))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, options: serde_json::Value) -> Result<(), Vec<Wrong>> {
        serde_json::from_value::<Options>(options).unwrap().check(source)
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        let wrong =
            check("bolagsverket_api", serde_json::json!({ "orgnrs": ["559085-2777", "123"], "files": ["scb"] }));
        let places: Vec<_> = wrong.unwrap_err().into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["files", "orgnrs/1"]);
        assert!(check("annual_reports", serde_json::json!({ "from_week": "2024-10", "to_week": "2024-02" })).is_err());
        assert!(check("annual_reports", serde_json::json!({ "from_week": "2024-02", "to_week": "2024-10" })).is_ok());
        let inside = serde_json::json!({ "sites": [{ "orgnr": "5590852777", "url": "http://169.254.169.254/" }] });
        assert!(check("websites", inside).unwrap_err()[0].1.contains("not public"));
        for url in ["www.exempel.example", "exempel.example/om-oss", "https://www.exempel.example/"] {
            let outside = serde_json::json!({ "sites": [{ "orgnr": "5590852777", "url": url }] });
            assert_eq!(check("websites", outside), Ok(()), "{url}");
        }
        let mail = serde_json::json!({ "sites": [{ "orgnr": "5590852777", "url": "info exempel" }] });
        assert!(check("websites", mail).unwrap_err()[0].1.contains("https://"));
        assert!(check("elsewhere", serde_json::json!({})).unwrap_err()[0].1.contains("elsewhere"));
    }
}
