//! The words that the rules look for, Swedish and English, in small letters.

/// A topic and the words that show it. A word matches at the start of a word; one that ends in `$` must be the whole word.
pub struct Words {
    /// Stable name.
    pub code: &'static str,
    /// Any of these.
    pub words: &'static [&'static str],
}

/// How the company earns its money.
pub static BUSINESS_MODELS: &[Words] = &[
    Words {
        code: "recurring_revenue",
        words: &[
            "abonnemang",
            "prenumeration",
            "serviceavtal",
            "underhållsavtal",
            "driftavtal",
            "ramavtal",
            "saas$",
            "subscription",
            "service agreement",
            "maintenance contract",
            "recurring revenue",
            "månadsavgift",
            "monthly fee",
        ],
    },
    Words {
        code: "manufacturing",
        words: &[
            "tillverkar",
            "tillverkning",
            "egen produktion",
            "egen fabrik",
            "vår fabrik",
            "legotillverk",
            "manufactur",
            "our factory",
            "in-house production",
        ],
    },
    Words {
        code: "consulting",
        words: &[
            "konsultbolag",
            "konsultföretag",
            "konsulttjänst",
            "våra konsulter",
            "rådgivning",
            "consultancy",
            "consulting",
            "advisory",
        ],
    },
    Words {
        code: "wholesale",
        words: &[
            "grossist",
            "partihandel",
            "återförsäljare",
            "generalagent",
            "agentur",
            "distributör",
            "wholesale",
            "distributor",
            "resellers",
        ],
    },
    Words {
        code: "e_commerce",
        words: &[
            "webbutik",
            "webshop",
            "e-handel",
            "nätbutik",
            "webbshop",
            "online store",
            "web shop",
            "e-commerce",
            "lägg i varukorg",
            "add to cart",
        ],
    },
    Words {
        code: "installation_and_service",
        words: &[
            "installation",
            "installatör",
            "service och underhåll",
            "servicetekniker",
            "montage",
            "montering",
            "installers",
        ],
    },
    Words {
        code: "software",
        words: &[
            "mjukvara",
            "programvara",
            "systemutveckling",
            "vår plattform",
            "molntjänst",
            "software",
            "our platform",
            "cloud service",
        ],
    },
    Words {
        code: "transport",
        words: &["åkeri", "transporter", "spedition", "logistik", "haulage", "freight", "logistics"],
    },
];

/// Whom the company serves.
pub static MARKETS: &[Words] = &[
    Words {
        code: "public_sector",
        words: &[
            "kommuner",
            "regioner",
            "myndigheter",
            "offentlig sektor",
            "offentlig upphandling",
            "public sector",
            "municipalities",
            "authorities",
        ],
    },
    Words {
        code: "consumers",
        words: &[
            "privatpersoner",
            "privatkund",
            "konsumenter",
            "villaägare",
            "private customers",
            "consumers",
            "homeowners",
        ],
    },
    Words {
        code: "businesses",
        words: &[
            "företagskund",
            "till företag",
            "b2b$",
            "industrikund",
            "corporate customers",
            "for businesses",
            "business customers",
        ],
    },
    Words {
        code: "export",
        words: &["export", "hela världen", "internationell", "länder", "worldwide", "countries", "international"],
    },
    Words { code: "nordic", words: &["norden$", "nordiska", "skandinavien", "nordic", "scandinavia"] },
];

/// Who owns it and how it is held.
pub static OWNERSHIP: &[Words] = &[
    Words {
        code: "family_owned",
        words: &[
            "familjeföretag",
            "familjeägt",
            "familjeägd",
            "generationsskifte",
            "tredje generationen",
            "andra generationen",
            "family-owned",
            "family owned",
            "family business",
            "third generation",
            "second generation",
        ],
    },
    Words {
        code: "part_of_group",
        words: &[
            "ingår i koncernen",
            "en del av koncernen",
            "dotterbolag till",
            "ägs av",
            "part of the",
            "subsidiary of",
            "owned by",
            "moderbolag",
        ],
    },
    Words {
        code: "owner_led",
        words: &["ägarlett", "ägarledd", "ägardriv", "owner-led", "owner-managed", "privatägt"],
    },
];

/// Sentences about what is sold.
pub static PRODUCTS: &[&str] = &[
    "vi erbjuder",
    "vi levererar",
    "vi tillverkar",
    "vi säljer",
    "vi utvecklar",
    "vi utför",
    "vi hjälper",
    "våra produkter",
    "våra tjänster",
    "vårt sortiment",
    "vårt utbud",
    "produktutbud",
    "specialiserade på",
    "specialiserat på",
    "specialister på",
    "we offer",
    "we provide",
    "we deliver",
    "we develop",
    "we manufacture",
    "we sell",
    "our products",
    "our services",
    "specialised in",
    "specialized in",
    "specialists in",
];

/// Sentences about who buys.
pub static CUSTOMERS: &[&str] = &[
    "bland våra kunder",
    "våra kunder är",
    "våra kunder finns",
    "våra kunder återfinns",
    "kunder som",
    "våra uppdragsgivare",
    "våra referenser",
    "referensprojekt",
    "kundcase",
    "vi har levererat till",
    "på uppdrag av",
    "our customers include",
    "our customers are",
    "our clients include",
    "clients such as",
    "customers such as",
    "trusted by",
    "case study",
    "on behalf of",
];

/// Certificates and marks, as they are shown, with the ways in which they are written.
pub static CERTIFICATIONS: &[(&str, &[&str])] = &[
    ("ISO 9001", &["iso 9001", "iso9001", "iso-9001"]),
    ("ISO 14001", &["iso 14001", "iso14001", "iso-14001"]),
    ("ISO 45001", &["iso 45001", "iso45001", "iso-45001"]),
    ("ISO 27001", &["iso 27001", "iso27001", "iso-27001", "iso/iec 27001"]),
    ("ISO 13485", &["iso 13485", "iso13485", "iso-13485"]),
    ("ISO 22000", &["iso 22000", "iso22000", "fssc 22000"]),
    ("ISO 17025", &["iso 17025", "iso17025", "iso/iec 17025"]),
    ("ISO 3834", &["iso 3834", "iso3834", "iso-3834"]),
    ("IATF 16949", &["iatf 16949", "iatf16949", "ts 16949"]),
    ("AS9100", &["as9100", "as 9100", "en 9100"]),
    ("EN 1090", &["en 1090", "en1090", "en-1090"]),
    ("FR2000", &["fr2000", "fr 2000"]),
    ("BF9K", &["bf9k"]),
    ("Svanen", &["svanenmärk", "svanenlicens", "nordic swan", "nordic ecolabel"]),
    ("KRAV", &["krav-certifier", "krav-märk", "krav certifier"]),
    ("FSC", &["fsc-certifier", "fsc certifi", "fsc®"]),
    ("PEFC", &["pefc"]),
    ("Fairtrade", &["fairtrade"]),
    ("BRCGS", &["brcgs", "brc food"]),
    ("SOC 2", &["soc 2$", "soc2$"]),
    ("PCI DSS", &["pci dss", "pci-dss"]),
    ("EcoVadis", &["ecovadis"]),
    ("Säker Vatten", &["säker vatten", "säkervatten"]),
    (
        "AAA credit rating",
        &["högsta kreditvärdighet", "kreditvärdighet aaa", "aaa-rating", "aaa kreditvärdighet", "trippel a"],
    ),
    ("Gasellföretag", &["gasellföretag", "di gasell", "gasell$"]),
];

/// What a page is made with, by a part of its generator's name or of a script's address.
pub static TECHNOLOGIES: &[(&str, &str)] = &[
    ("WordPress", "wordpress"),
    ("WordPress", "wp-content"),
    ("WooCommerce", "woocommerce"),
    ("Shopify", "shopify"),
    ("Squarespace", "squarespace"),
    ("Wix", "wix.com"),
    ("Wix", "wixstatic"),
    ("Webflow", "webflow"),
    ("Joomla", "joomla"),
    ("Drupal", "drupal"),
    ("TYPO3", "typo3"),
    ("Umbraco", "umbraco"),
    ("Optimizely", "episerver"),
    ("Sitevision", "sitevision"),
    ("HubSpot", "hubspot"),
    ("HubSpot", "hs-scripts"),
    ("Abicart", "abicart"),
    ("Starweb", "starweb"),
    ("Magento", "magento"),
    ("PrestaShop", "prestashop"),
    ("Next.js", "/_next/"),
    ("Nuxt", "/_nuxt/"),
    ("Google Tag Manager", "googletagmanager"),
    ("Matomo", "matomo"),
    ("Klarna", "klarna"),
    ("Stripe", "js.stripe.com"),
    ("Cookiebot", "cookiebot"),
];
