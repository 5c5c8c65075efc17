//! The fields a column of a table can hold.

use domain::line::Line;

macro_rules! fields {
    ($($variant:ident $key:literal [$($alias:literal)*];)*) => {
        /// What a column holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Field {
            $($variant,)*
            /// An amount.
            Amount(Line),
        }

        impl Field {
            /// The field with Lode's name for it.
            pub fn from_key(key: &str) -> Option<Self> {
                match key {
                    $($key => Some(Self::$variant),)*
                    _ => Line::from_key(key).map(Self::Amount),
                }
            }

            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                    Self::Amount(line) => line.key(),
                }
            }
        }

        /// Headings in folded form (see [`fold`]) and what they mean.
        const HEADINGS: &[(&str, Field)] = &[$(($key, Field::$variant), $(($alias, Field::$variant),)*)*];
    };
}

fields! {
    Orgnr "orgnr" ["organisationsnummer" "organisationsnr" "orgnummer" "orgno" "organisationnumber" "organizationnumber" "companynumber" "organisasjonsnummer"];
    Name "name" ["namn" "företagsnamn" "foretagsnamn" "företag" "bolag" "bolagsnamn" "company" "companyname" "firma"];
    LegalForm "legal_form" ["juridiskform" "bolagsform" "associationsform" "legalform"];
    Status "status" ["bolagsstatus"];
    RegisteredOn "registered_on" ["registreringsdatum" "registrerad" "registrationdate" "registered"];
    DeregisteredOn "deregistered_on" ["avregistreringsdatum" "avregistrerad"];
    Sni "sni" ["snikod" "snikoder" "bransch" "branschkod" "industrycode" "nace"];
    ActivityDescription "activity_description" ["verksamhet" "verksamhetsbeskrivning" "beskrivning" "activity" "description"];
    Street "street" ["adress" "gatuadress" "utdelningsadress" "address"];
    CareOf "care_of" ["co" "coadress"];
    Postcode "postcode" ["postnummer" "postnr" "zip" "zipcode" "postalcode"];
    City "city" ["postort" "ort" "stad"];
    Country "country" ["land"];
    Homepage "homepage" ["hemsida" "webb" "webbplats" "website" "url" "www"];
    AdvertisingBlock "advertising_block" ["reklamspärr" "reklamsparr"];
    PeriodStart "period_start" ["räkenskapsårstart" "periodstart" "startdatum" "from"];
    PeriodEnd "period_end" ["bokslut" "bokslutsdatum" "bokslutsperiod" "periodslut" "slutdatum" "periodend" "to"];
    Year "year" ["år" "ar" "räkenskapsår" "bokslutsår" "fiscalyear"];
    Months "months" ["månader" "antalmånader" "periodlängd"];
    Scope "scope" ["koncern" "omfattning"];
    Currency "currency" ["valuta"];
    Framework "framework" ["regelverk"];
    Employees "employees" ["anställda" "antalanställda" "medelantaletanställda" "medelantalanställda" "numberofemployees"];
}

/// Codes of commercial sites. They mislead: ORS is the profit before tax, EK depreciation, SEK equity, SED total
/// assets, SGE equity and liabilities.
pub(super) const THIRD_PARTY: &[(&str, Line)] = &[
    ("si", Line::Revenue),
    ("sdi", Line::OperatingIncome),
    ("dr", Line::NetIncome),
    ("ors", Line::ResultBeforeTax),
    ("ek", Line::Depreciation),
    ("fk", Line::FinancialCosts),
    ("adi", Line::OtherOperatingIncome),
    ("sv", Line::Inventory),
    ("sek", Line::Equity),
    ("sed", Line::TotalAssets),
    ("sge", Line::EquityAndLiabilities),
    ("som", Line::CurrentAssets),
    ("skg", Line::CurrentLiabilities),
    ("kbp", Line::Cash),
];

/// Lower case, letters and digits only: `Org.nr` and `orgnr` are one heading.
pub(super) fn fold(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The field that a heading stands for by itself: Lode's names, or the labels of the lines in Swedish or English.
pub(super) fn recognise(heading: &str) -> Option<Field> {
    let folded = fold(heading);
    if folded.is_empty() {
        return None;
    }
    let known = HEADINGS.iter().find(|(name, _)| fold(name) == folded).map(|(_, field)| *field);
    known.or_else(|| {
        let names = |line: &Line| [fold(line.key()), fold(line.label().sv), fold(line.label().en)];
        Line::ALL.iter().find(|line| names(line).contains(&folded)).map(|line| Field::Amount(*line))
    })
}
