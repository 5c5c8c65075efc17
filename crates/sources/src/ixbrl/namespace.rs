//! Namespaces by family: what a taxonomy is, whatever its date and whatever prefix a document gives it.

/// The family of a namespace.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    /// Inline XBRL itself.
    Inline,
    /// XBRL instances: contexts and units.
    Instance,
    /// Links: references to the taxonomy.
    Link,
    /// Dimensions.
    Dimension,
    /// Currency codes.
    Currency,
    /// XML Schema instance attributes.
    SchemaInstance,
    /// A Transformation Registry of XBRL International, of whatever date.
    Transformation,
    /// The transformations of the SEC (ixt-sec).
    SecTransformation,
    /// A Swedish taxonomy, by its conventional prefix such as `se-gen-base`.
    Swedish(&'static str),
    /// IFRS.
    Ifrs,
    /// Anything else, XHTML included.
    Other,
}

/// Parts of a Swedish taxonomy's address and the prefix that its documentation uses. Bolagsverket's base was
/// written se-comp-base, then se-bol-base, for one address.
const SWEDISH: &[(&str, &str)] = &[
    ("/gen-base/", "se-gen-base"),
    ("/cd-base/", "se-cd-base"),
    ("/comp-base/", "se-comp-base"),
    ("/bol-base/", "se-comp-base"),
    ("/mem-base/", "se-mem-base"),
    ("/misc-base/", "se-misc-base"),
    ("/gaap-ext/", "se-gaap-ext"),
    ("/k2-ext/", "se-k2-ext"),
    ("/k3-ext/", "se-k3-ext"),
    ("/k3k-ext/", "se-k3k-ext"),
    ("/k2/datatype", "se-k2-type"),
    ("/k3/datatype", "se-k3-type"),
    ("/ar/base/", "se-ar-base"),
];

impl Family {
    /// The family that a namespace address belongs to.
    pub(crate) fn of(uri: &str) -> Self {
        match uri {
            "http://www.xbrl.org/2013/inlineXBRL" | "http://www.xbrl.org/2008/inlineXBRL" => Self::Inline,
            "http://www.xbrl.org/2003/instance" => Self::Instance,
            "http://www.xbrl.org/2003/linkbase" => Self::Link,
            "http://xbrl.org/2006/xbrldi" => Self::Dimension,
            "http://www.xbrl.org/2003/iso4217" => Self::Currency,
            "http://www.w3.org/2001/XMLSchema-instance" => Self::SchemaInstance,
            "http://www.xbrl.org/2008/inlineXBRL/transformation" => Self::Transformation,
            _ if uri.starts_with("http://www.xbrl.org/inlineXBRL/transformation/") => Self::Transformation,
            _ if uri.starts_with("http://www.sec.gov/inlineXBRL/transformation/") => Self::SecTransformation,
            _ if uri.contains("/se/fr/") => SWEDISH
                .iter()
                .find(|(part, _)| uri.contains(part))
                .map_or(Self::Other, |(_, prefix)| Self::Swedish(prefix)),
            _ if uri.contains("ifrs.org/taxonomy/") && uri.ends_with("/ifrs-full") => Self::Ifrs,
            _ => Self::Other,
        }
    }

    /// The conventional prefix of the family's concepts, where there is one.
    pub(crate) fn prefix(&self) -> Option<&'static str> {
        match self {
            Self::Swedish(prefix) => Some(prefix),
            Self::Ifrs => Some("ifrs-full"),
            _ => None,
        }
    }
}

/// The first date (`2021-10-31`) that stands between slashes or dashes in an address.
pub(crate) fn date_in(uri: &str) -> Option<chrono::NaiveDate> {
    let bytes = uri.as_bytes();
    (0..bytes.len().saturating_sub(9)).find_map(|at| {
        let part = uri.get(at..at + 10)?;
        if bytes[at].is_ascii_digit() && part.as_bytes()[4] == b'-' { part.parse().ok() } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_does_not_depend_on_the_date() {
        for date in ["2017-09-30", "2020-12-01", "2021-10-31", "2024-09-12", "2031-01-01"] {
            let uri = format!("http://www.taxonomier.se/se/fr/gen-base/{date}");
            assert_eq!(Family::of(&uri), Family::Swedish("se-gen-base"));
            assert_eq!(date_in(&uri), date.parse().ok());
        }
        assert_eq!(
            Family::of("http://www.bolagsverket.se/se/fr/comp-base/2020-12-01"),
            Family::Swedish("se-comp-base")
        );
        assert_eq!(Family::of("http://xbrl.ifrs.org/taxonomy/2021-03-24/ifrs-full"), Family::Ifrs);
        assert_eq!(Family::of("http://bonesupport.com/2022-12-31"), Family::Other);
    }
}
