//! The fields a column of a table can hold.

use std::collections::HashMap;
use std::sync::LazyLock;

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
            /// Every field that is no amount.
            pub const PLAIN: &'static [Self] = &[$(Self::$variant,)*];

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
    Orgnr "orgnr" ["organisationsnummer" "organisationsnr" "orgnummer" "orgno" "orgnumber" "organisationnumber" "organizationnumber" "companynumber" "organisasjonsnummer" "organisasjonsnr" "momsnummer" "momsregistreringsnummer" "vatnummer" "vatnr" "vatnumber" "vat" "registreringsnummer" "registrationnumber" "organisationsidentitet" "peorgnr" "companyregistrationnumber" "companyregistrationno" "companyregno" "registrationno" "regno" "regnr" "corporateid" "corporateidentitynumber" "companyid" "orgid" "foretaksnummer" "organisationsnummerpersonnummer"];
    Name "name" ["namn" "företagsnamn" "foretagsnamn" "företag" "bolag" "bolagsnamn" "företagetsnamn" "bolagetsnamn" "company" "companyname" "legalname" "firma" "firmanamn" "navn" "foretaksnavn" "entityname" "legalentity" "nameofcompany"];
    LegalForm "legal_form" ["juridiskform" "bolagsform" "associationsform" "företagsform" "organisationsform" "legalform" "companytype" "organisasjonsformkode"];
    Status "status" ["bolagsstatus" "företagsstatus" "companystatus"];
    Bankrupt "bankrupt" ["konkurs" "ikonkurs"];
    InLiquidation "in_liquidation" ["likvidation" "ilikvidation" "underavvikling"];
    InDissolution "in_dissolution" ["tvångslikvidation" "undertvangsavvikling" "undertvangsavviklingellertvangsopplosning"];
    RegisteredOn "registered_on" ["registreringsdatum" "registreringsdatoenhetsregisteret" "registrerad" "regdatum" "registrationdate" "registered" "incorporated"];
    DeregisteredOn "deregistered_on" ["avregistreringsdatum" "avregistrerad" "slettedato"];
    Sni "sni" ["snikod" "snikoder" "sni2007" "huvudsni" "bransch" "branschkod" "industrycode" "nace" "nacekod" "naeringskode1kode" "næringskode1" "naeringskode1"];
    ActivityDescription "activity_description" ["verksamhet" "verksamhetsbeskrivning" "beskrivning" "activity" "description" "aktivitet"];
    Street "street" ["adress" "gatuadress" "gata" "utdelningsadress" "address" "streetaddress" "forretningsadresseadresse" "forretningsadresse"];
    CareOf "care_of" ["co" "coadress"];
    Postcode "postcode" ["postnummer" "postnr" "zip" "zipcode" "postalcode" "forretningsadressepostnummer"];
    City "city" ["postort" "ort" "stad" "town" "poststed" "forretningsadressepoststed"];
    Country "country" ["land" "forretningsadresselandkode"];
    Homepage "homepage" ["hemsida" "webb" "webbplats" "webbsida" "webbadress" "website" "web" "url" "www" "hjemmeside"];
    AdvertisingBlock "advertising_block" ["reklamspärr" "reklamsparr"];
    PeriodStart "period_start" ["räkenskapsårstart" "räkenskapsåretsstart" "räkenskapsårfrom" "räkenskapsårfrån" "periodstart" "periodfrom" "startdatum" "startdate" "from" "fromdate" "fråndatum"];
    PeriodEnd "period_end" ["bokslut" "bokslutsdatum" "bokslutsdag" "bokslutsperiod" "balansdag" "balansdatum" "räkenskapsårslut" "räkenskapsåretsslut" "räkenskapsårtom" "räkenskapsårtill" "periodslut" "periodtom" "period" "slutdatum" "enddate" "yearend" "fiscalyearend" "balancesheetdate" "closingdate" "reportdate" "todate" "tilldatum" "to" "regnskapsslutt" "regnskapsårslutt" "årsslut" "balansdato" "balansedag" "fye" "financialyearend" "accountingperiodend" "yearended" "räkenskapsperiodslut" "redovisningsperiodslut" "sistadagenpåräkenskapsåret"];
    Year "year" ["år" "årtal" "ar" "räkenskapsår" "räkenskapsåret" "bokslutsår" "verksamhetsår" "redovisningsår" "fiscalyear" "financialyear" "fy" "regnskapsår"];
    YearEndMonth "year_end_month" ["bokslutsmånad" "bokslutsman" "räkenskapsåretsslutmånad" "räkenskapsårslutmånad" "fiscalyearendmonth" "yearendmonth" "financialyearendmonth" "closingmonth" "fyendmonth"];
    Months "months" ["månader" "antalmånader" "periodlängd" "antalmån" "numberofmonths" "periodlength"];
    Scope "scope" ["koncern" "omfattning" "consolidated"];
    Currency "currency" ["valuta" "valutakod" "currencycode"];
    Framework "framework" ["regelverk"];
    Employees "employees" ["anställda" "antalanställda" "antaletanställda" "medelantaletanställda" "medelantalanställda" "medelantal" "medeltalanställda" "medeltaletanställda" "anst" "antalanst" "medarbetare" "antalmedarbetare" "headcount" "fte" "noofemployees" "numberofemployees" "averagenumberofemployees" "averageemployees" "ansatte" "antallansatte"];
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

/// What people and programs call the lines beside Lode's names and labels, in folded form.
const LINE_NAMES: &[(Line, &[&str])] = &[
    (
        Line::Revenue,
        &[
            "omsättning",
            "nettooms",
            "oms",
            "omsättn",
            "nettoomsätt",
            "nettoomsättn",
            "netsales",
            "sales",
            "turnover",
            "revenues",
            "nettoomsetning",
            "salgsinntekter",
            "försäljning",
            "nettoförsäljning",
            "omsetning",
        ],
    ),
    (
        Line::OperatingIncome,
        &[
            "rörelseintäkter",
            "rörelsensintäkter",
            "summaintäkter",
            "totalaintäkter",
            "summarörelsensintäkter",
            "totalrevenue",
            "totaloperatingrevenue",
            "operatingincome",
            "driftsinntekter",
            "sumdriftsinntekter",
        ],
    ),
    (Line::InventoryChange, &["förändringavlager", "förändringavvarulager", "lagerförändringar"]),
    (Line::OwnWorkCapitalised, &["aktiveratarbeteföregenräkning"]),
    (Line::OtherOperatingIncome, &["övrigaintäkter", "övrrörelseintäkter", "otherincome"]),
    (Line::RawMaterials, &["råvaror", "materialkostnader", "rawmaterials"]),
    (Line::GoodsForResale, &["varukostnad", "varukostnader", "kostnadhandelsvaror"]),
    (
        Line::CostOfGoodsSold,
        &[
            "kostnadsåldavaror",
            "kostnadsåldavarorochtjänster",
            "kostnadförsåldavarorochtjänster",
            "ksv",
            "cogs",
            "costofsales",
        ],
    ),
    (Line::GrossProfit, &["bruttovinst", "bruttores", "grossresult"]),
    (
        Line::OtherExternalCosts,
        &[
            "externakostnader",
            "övrextkostn",
            "övrigaextkostn",
            "övrexternakostnader",
            "övrigaexternakostn",
            "otherexternalexpenses",
        ],
    ),
    (
        Line::PersonnelCosts,
        &[
            "personalkostnad",
            "personalkostn",
            "perskostn",
            "perskostnader",
            "kostnaderförpersonal",
            "personnelexpenses",
            "staffcosts",
            "employeecosts",
            "lönnskostnader",
            "lönekostnader",
        ],
    ),
    (Line::SellingCosts, &["försäljningskostnad", "sellingexpenses"]),
    (Line::AdministrativeCosts, &["administrationskostnad", "administrativakostnader", "administrativeexpenses"]),
    (Line::ResearchCosts, &["forskningsochutvecklingskostnader", "researchanddevelopmentcosts"]),
    (
        Line::Depreciation,
        &[
            "avskrivningar",
            "avskrivning",
            "avskrivn",
            "avskr",
            "avskrivningarochnedskrivningar",
            "avochnedskrivning",
            "depreciation",
            "depreciationandamortization",
            "avskrivningaravmateriellaochimmateriellaanläggningstillgångar",
        ],
    ),
    (
        Line::OperatingCosts,
        &[
            "rörelsekostnader",
            "rörelsenskostnader",
            "summakostnader",
            "totalakostnader",
            "operatingexpenses",
            "operatingcosts",
            "driftskostnader",
        ],
    ),
    (
        Line::Ebit,
        &[
            "rörelseresultatebit",
            "rörelseres",
            "rörres",
            "rörelsevinst",
            "ebit",
            "operatingprofit",
            "operatingresult",
            "driftsresultat",
        ],
    ),
    (Line::FinancialIncome, &["finansiellaintäkt", "finintäkter", "ränteintäkter", "financeincome"]),
    (
        Line::FinancialCosts,
        &["finansiellakostnad", "finkostnader", "räntekostnader", "financialexpenses", "financecosts"],
    ),
    (
        Line::NetFinancialItems,
        &[
            "nettofinans",
            "finnetto",
            "finansnettot",
            "resultatfrånfinansiellaposter",
            "summafinansiellaposter",
            "netfinance",
        ],
    ),
    (
        Line::ResultAfterFinancialItems,
        &[
            "resultatefterfinansnetto",
            "resultatefterfinnetto",
            "resultatefterfinansposter",
            "resultatefterfin",
            "resefterfin",
            "resefterfinposter",
            "resefterfinnetto",
            "resefin",
            "vinstefterfinansnetto",
            "vinstefterfinansiellaposter",
            "profitafterfinancialitems",
            "resultafterfinancialnet",
        ],
    ),
    (Line::Appropriations, &["summabokslutsdispositioner", "dispositioner"]),
    (
        Line::ResultBeforeTax,
        &[
            "vinstföreskatt",
            "resföreskatt",
            "resultatinnanskatt",
            "profitbeforetax",
            "incomebeforetax",
            "pretaxprofit",
            "ebt",
            "pbt",
        ],
    ),
    (Line::Tax, &["skatt", "skattpååretsres", "inkomstskatt", "incometax", "taxes"]),
    (
        Line::NetIncome,
        &[
            "nettoresultat",
            "åretsvinst",
            "åretsres",
            "åretsnettoresultat",
            "resultatefterskatt",
            "nettovinst",
            "vinstefterskatt",
            "netincome",
            "netprofit",
            "netresult",
            "profitfortheyear",
            "profitaftertax",
            "resultfortheyear",
            "årsresultat",
        ],
    ),
    (
        Line::IntangibleAssets,
        &["immateriellaanläggningstillgångar", "immateriellaanltillgångar", "immanltillg", "intangibles"],
    ),
    (Line::TangibleAssets, &["materiellaanläggningstillgångar", "tangiblefixedassets", "ppe"]),
    (Line::FinancialAssets, &["finansiellaanläggningstillgångar", "financialfixedassets"]),
    (
        Line::FixedAssets,
        &[
            "summaanläggningstillgångar",
            "anltillgångar",
            "anltillg",
            "totalfixedassets",
            "noncurrentassets",
            "anleggsmidler",
        ],
    ),
    (Line::Inventory, &["lager", "varulagermm", "inventories", "stock"]),
    (Line::TradeReceivables, &["accountsreceivable", "kundfordran", "kundfordr"]),
    (Line::CurrentReceivables, &["summakortfristigafordringar", "fordringar"]),
    (
        Line::Cash,
        &[
            "kassa",
            "kassabank",
            "likvidamedel",
            "likvmedel",
            "cashandcashequivalents",
            "cashandbankbalances",
            "bankochkassa",
        ],
    ),
    (
        Line::CurrentAssets,
        &["summaomsättningstillgångar", "omstillgångar", "omstillg", "totalcurrentassets", "omløpsmidler"],
    ),
    (
        Line::TotalAssets,
        &[
            "tillgångar",
            "totalatillgångar",
            "totaltillgångar",
            "balansomslutning",
            "balansomslutningen",
            "balanssumma",
            "balansoms",
            "balansomsl",
            "balomsl",
            "summatillg",
            "totalatillg",
            "assets",
            "sumeiendeler",
            "balancesheettotal",
        ],
    ),
    (Line::ShareCapital, &["aktiekapitalet", "sharescapital"]),
    (
        Line::Equity,
        &[
            "summaegetkapital",
            "egetkap",
            "summaegetkap",
            "totaltegetkapital",
            "totalequity",
            "shareholdersequity",
            "egenkapital",
        ],
    ),
    (Line::UntaxedReserves, &["summaobeskattadereserver"]),
    (Line::Provisions, &["summaavsättningar"]),
    (
        Line::LongTermLiabilities,
        &[
            "summalångfristigaskulder",
            "långfristskulder",
            "långfrskulder",
            "långaskulder",
            "longtermdebt",
            "noncurrentliabilities",
        ],
    ),
    (
        Line::CurrentLiabilities,
        &[
            "summakortfristigaskulder",
            "kortfristskulder",
            "kortfrskulder",
            "kortaskulder",
            "shorttermliabilities",
            "totalcurrentliabilities",
        ],
    ),
    (Line::TradePayables, &["accountspayable", "leverantörsskuld", "levskulder", "leverantörssk"]),
    (Line::TotalLiabilities, &["skulder", "totalaskulder", "liabilities", "sumgjeld"]),
    (Line::EquityAndLiabilities, &["summaegetkapitalochskulder", "egetkapitalochskulder", "totalequityandliabilities"]),
    (
        Line::OperatingCashFlow,
        &["kassaflödefråndenlöpandeverksamheten", "löpandekassaflöde", "cashflowfromoperatingactivities"],
    ),
    (Line::CapitalExpenditure, &["capex"]),
    (Line::NetCashFlow, &["kassaflöde", "netcashflow"]),
    (Line::ProposedDividend, &["utdelning", "dividend"]),
];

/// Headings that may mean several lines, and which; nobody can tell, so that a mapping has to.
const SEVERAL: &[(&str, &str)] = &[
    ("intäkter", "revenue or operating_income"),
    ("income", "revenue, operating_income or net_income"),
    ("resultat", "ebit, result_after_financial_items or net_income"),
    ("result", "ebit, result_after_financial_items or net_income"),
    ("vinst", "ebit, result_after_financial_items or net_income"),
    ("profit", "ebit, result_after_financial_items or net_income"),
    ("kostnader", "operating_costs or one of its parts"),
    ("costs", "operating_costs or one of its parts"),
    ("ek", "equity, or depreciation in the codes of commercial sites"),
];

/// The lines that a heading may mean, where it may mean several.
pub(super) fn meant_by_several(heading: &str) -> Option<&'static str> {
    let folded = fold(heading);
    SEVERAL.iter().find(|(name, _)| *name == folded).map(|(_, lines)| *lines)
}

/// Lower case, letters and digits only: `Org.nr` and `orgnr` are one heading, `&` is “och”.
pub(super) fn fold(heading: &str) -> String {
    let line = domain::one_line::one_line(heading);
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a heading is a code of a commercial site.
pub(super) fn is_code(heading: &str) -> bool {
    let folded = fold(heading);
    folded.len() <= 3 && THIRD_PARTY.iter().any(|(code, _)| *code == folded)
}

/// How well a heading names a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// In words that may stand beside a better column, such as a VAT number beside the organisation number.
    Weak,
    /// In one of the usual words for it.
    Usual,
    /// By Lode's name or label.
    Own,
}

/// The field that a heading stands for by itself: Lode's names, the labels of the lines in Swedish or English, or what
/// people call them. “Rörelseresultat (EBIT)” says one thing twice.
pub(super) fn recognise(heading: &str) -> Option<Field> {
    ranked(heading).map(|(field, _)| field)
}

pub(super) fn ranked(heading: &str) -> Option<(Field, Rank)> {
    known(heading).or_else(|| {
        let (name, rest) = heading.split_once(['(', '['])?;
        let (inner, behind) = rest.split_once([')', ']'])?;
        let (field, rank) = known(name)?;
        (behind.trim().is_empty() && known(inner)?.0 == field).then_some((field, rank))
    })
}

fn known(heading: &str) -> Option<(Field, Rank)> {
    NAMES.get(&fold(heading)).copied()
}

/// The field whose name is part of a heading that says more: “Omsättning 2023”, “Omsättning per anställd”.
pub(super) fn resembled(heading: &str) -> Option<Field> {
    let is_gap = |c: char| !c.is_alphanumeric();
    // Every run of words is looked up: of a heading, its beginning.
    let words: Vec<&str> = heading.split(is_gap).filter(|word| !word.is_empty()).take(16).collect();
    // The longest run of words that names a field; short names are words of other things, too.
    (1..=words.len()).rev().find_map(|length| {
        words.windows(length).find_map(|run| {
            let name = run.concat();
            recognise(&name)
                .filter(|field| matches!(field, Field::Amount(_) | Field::Employees) && name.chars().count() >= 4)
        })
    })
}

/// Names that are used only where no other column names the field.
const WEAK: [&str; 14] = [
    "momsnummer",
    "momsregistreringsnummer",
    "vatnummer",
    "vatnr",
    "vatnumber",
    "vat",
    "registreringsnummer",
    "registrationnumber",
    "registrationno",
    "regno",
    "regnr",
    "companyid",
    "firma",
    "period",
];

/// Every name in folded form.
static NAMES: LazyLock<HashMap<String, (Field, Rank)>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for (name, field) in HEADINGS {
        let rank = match (field.key() == *name, WEAK.contains(name)) {
            (true, _) => Rank::Own,
            (false, true) => Rank::Weak,
            (false, false) => Rank::Usual,
        };
        names.entry(fold(name)).or_insert((*field, rank));
    }
    for line in Line::ALL {
        for name in [line.key(), line.label().sv, line.label().en] {
            names.entry(fold(name)).or_insert((Field::Amount(*line), Rank::Own));
        }
    }
    for (line, name) in LINE_NAMES.iter().flat_map(|(line, usual)| usual.iter().map(move |name| (line, name))) {
        names.entry(fold(name)).or_insert((Field::Amount(*line), Rank::Usual));
    }
    names
});
