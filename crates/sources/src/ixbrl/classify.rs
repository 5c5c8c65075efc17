//! What kind of document it is, told by the taxonomies it refers to and never by its place in the package.

use chrono::NaiveDate;
use domain::filing::Framework;

use super::namespace::date_in;

/// The kind of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An annual report under Swedish rules.
    AnnualReport {
        /// K2 or K3.
        framework: Framework,
        /// Whether its taxonomy is the one for group accounts (K3K).
        group: bool,
        /// Date of the taxonomy.
        taxonomy: Option<NaiveDate>,
    },
    /// A listed group's report under IFRS.
    Esef {
        /// Date of the IFRS taxonomy.
        taxonomy: Option<NaiveDate>,
    },
    /// The auditor's report: no figures.
    Audit,
    /// The certificate of adoption (fastställelseintyg), or the cover of an ESEF package: no figures.
    Certificate,
    /// None of these.
    Unknown,
}

impl Kind {
    /// Words for messages.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::AnnualReport { .. } => "an annual report",
            Self::Esef { .. } => "an ESEF report",
            Self::Audit => "an auditor's report",
            Self::Certificate => "a certificate of adoption",
            Self::Unknown => "a document without a known taxonomy",
        }
    }
}

/// Tells the kind from the addresses of a document's schemaRefs and, for IFRS, the namespace in use.
///
/// A report refers to several taxonomies: its own (`gaap/k2/risbs/…`) and those of the certificate inside it
/// (`gaap/k2/rcoa`, `gaap/coa/rplc`) or of extra information (`misc/race`); the report's own decides.
pub(crate) fn classify(schema_refs: &[String], ifrs: Option<&str>) -> Kind {
    for address in schema_refs {
        let Some(at) = address.find("/gaap/k") else { continue };
        let mut parts = address[at + "/gaap/".len()..].split('/');
        let (Some(family), Some(report)) = (parts.next(), parts.next()) else { continue };
        if matches!(report, "rcoa" | "rplc" | "rcplcs") {
            continue;
        }
        let (framework, group) = match family {
            "k2" => (Framework::K2, false),
            "k3" => (Framework::K3, false),
            "k3k" => (Framework::K3, true),
            _ => (Framework::Unknown, false),
        };
        return Kind::AnnualReport { framework, group, taxonomy: date_in(address) };
    }
    if let Some(uri) = ifrs {
        return Kind::Esef { taxonomy: date_in(uri) };
    }
    let refers_to = |parts: &[&str]| schema_refs.iter().any(|address| parts.iter().any(|part| address.contains(part)));
    if refers_to(&["/fr/ar/"]) {
        return Kind::Audit;
    }
    if refers_to(&["/gaap/coa/", "/rcoa/", "/fr/ci/"]) {
        return Kind::Certificate;
    }
    Kind::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(addresses: &[&str]) -> Kind {
        classify(&addresses.iter().map(|address| (*address).to_owned()).collect::<Vec<_>>(), None)
    }

    #[test]
    fn the_reports_own_taxonomy_decides_whatever_the_order() {
        let certificate = "http://xbrl.taxonomier.se/se/fr/gaap/k2/rcoa/2017-09-30/se-k2-rcoa-2017-09-30.xsd";
        let report = "http://xbrl.taxonomier.se/se/fr/gaap/k2/risbs/2017-09-30/se-k2-risbs-2017-09-30.xsd";
        let expected =
            Kind::AnnualReport { framework: Framework::K2, group: false, taxonomy: "2017-09-30".parse().ok() };
        assert_eq!(kind(&[certificate, report]), expected);
        assert_eq!(kind(&[report, certificate]), expected);
        assert_eq!(kind(&[certificate]), Kind::Certificate);
    }

    #[test]
    fn every_taxonomy_date_and_group_accounts_are_known() {
        for date in ["2018-12-17", "2020-12-01", "2021-10-31", "2024-09-12"] {
            let address = format!("http://xbrl.taxonomier.se/se/fr/gaap/k3k/raiab/{date}/se-k3k-raiab-{date}.xsd");
            assert_eq!(
                kind(&[&address]),
                Kind::AnnualReport { framework: Framework::K3, group: true, taxonomy: date.parse().ok() }
            );
        }
        assert_eq!(kind(&["http://xbrl.taxonomier.se/se/fr/ar/rar/2020-12-01/se-ar-rar-2020-12-01.xsd"]), Kind::Audit);
        assert_eq!(kind(&["http://xbrl.taxonomier.se/se/fr/gaap/coa/rcplcs/2022-09-01/x.xsd"]), Kind::Certificate);
        let esef =
            classify(&["http://x.com/a.xsd".to_owned()], Some("http://xbrl.ifrs.org/taxonomy/2021-03-24/ifrs-full"));
        assert_eq!(esef, Kind::Esef { taxonomy: "2021-03-24".parse().ok() });
    }
}
