//! Which words mean which figure. Labels of the catalogue and of the statements' lines are understood as they are; these are the
//! other words that people use.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::item::Mention;
use super::super::lex::{Token, tokens};
use super::starts;
use crate::catalogue::{FIELDS, Unit};
use crate::line::Line;

/// Keys, and the words for them; `word/en/ens` stands for `word`, `worden`, `wordens`.
const WORDS: &[(&str, &str)] = &[
    (
        "revenue",
        "nettoomsättning/en/ens|omsättning/en/ens|försäljning/en/ens|nettoförsäljning/en|omsatte|omsätter|omsatt|nettointäkt/er/erna|\
         revenue/s|net revenue/s|sales|net sales|turned over|turns over|turnover|net turnover|top line|sales revenue",
    ),
    ("revenue operating_income", "intäkter/na/nas"),
    (
        "operating_income",
        "rörelseintäkter/na|rörelsens intäkter|totala intäkter|de totala intäkterna|totala rörelseintäkter|summa rörelseintäkter|\
         total operating income|operating revenue/s|total income|total revenue/s",
    ),
    ("ebit operating_income", "operating income"),
    (
        "ebitda",
        "ebitda|ebitda-resultat/et|rörelseresultat/et före avskrivningar|rörelseresultat/et före av- och nedskrivningar|\
         resultat/et före avskrivningar|operating result before depreciation|operating profit before depreciation|\
         earnings before interest, taxes, depreciation and amortisation",
    ),
    (
        "ebit",
        "ebit|rörelseresultat/et/ets|rörelsens resultat|ebit-resultat/et|operating result|operating earnings|operating results",
    ),
    ("+ebit", "rörelsevinst/en/ens|operating profit/s"),
    ("-ebit", "rörelseförlust/en/ens|operating loss/es"),
    (
        "result_after_financial_items",
        "resultat/et efter finansiella poster|resultat/et efter finansnetto|result after financial items|profit after financial items|\
         vinst/en efter finansiella poster|earnings after financial items|result after net financial items",
    ),
    (
        "result_before_tax",
        "resultat/et före skatt|vinst/en före skatt|result before tax|profit before tax|pre-tax profit|pre-tax result|earnings before tax|\
         profit before taxes|pretax profit",
    ),
    (
        "net_income",
        "årets resultat|nettoresultat/et/ets|resultat/et efter skatt|årets nettoresultat|net income|net result|net earnings|\
         result for the year|result after tax|the year's result|result of the year|bottom line",
    ),
    (
        "+net_income",
        "nettovinst/en/ens|årets vinst|vinst/en efter skatt|net profit/s|profit for the year|profit after tax",
    ),
    (
        "-net_income",
        "nettoförlust/en/ens|årets förlust|förlust/en efter skatt|net loss/es|loss for the year|loss after tax",
    ),
    ("net_income result_after_financial_items result_before_tax", "resultat/et/ets|result/s|earnings"),
    ("+net_income result_after_financial_items result_before_tax", "vinst/en/ens|profit/s|överskott/et|surplus"),
    ("-net_income result_after_financial_items result_before_tax", "förlust/en/ens|loss/es|underskott/et|deficit"),
    ("net_financial_items", "finansnetto/t|net financial items|net financials"),
    ("financial_income", "finansiella intäkter|de finansiella intäkterna|ränteintäkter/na|financial income"),
    (
        "financial_costs",
        "finansiella kostnader|de finansiella kostnaderna|räntekostnader/na|financial costs|financial expenses|interest expense/s|\
         finance costs",
    ),
    ("gross_profit", "bruttoresultat/et|bruttovinst/en|gross profit|gross result"),
    (
        "personnel_costs",
        "personalkostnad/er/erna/ernas|lönekostnad/er/erna|personnel costs|personnel expenses|staff costs|employee costs|payroll costs",
    ),
    (
        "depreciation",
        "avskrivningar/na|av- och nedskrivningar/na|depreciation|depreciation and amortisation|depreciation and amortization",
    ),
    (
        "other_external_costs",
        "övriga externa kostnader/na|externa kostnader/na|other external costs|other external expenses|external costs",
    ),
    ("raw_materials", "råvaror och förnödenheter|råvarukostnad/er/erna|raw materials and consumables|raw materials"),
    ("goods_for_resale", "handelsvaror/na|goods for resale"),
    ("cost_of_goods_sold", "kostnad/en för sålda varor|cost of goods sold|cost of sales|cogs"),
    ("operating_costs", "rörelsekostnad/er/erna|rörelsens kostnader|operating costs|operating expenses|opex"),
    ("other_operating_income", "övriga rörelseintäkter/na|other operating income"),
    ("tax", "skatt/en|skattekostnad/en|skatt på årets resultat|tax|income tax|tax expense|taxes"),
    ("appropriations", "bokslutsdispositioner/na|appropriations"),
    (
        "inventory",
        "stock levels|stocks|inventories|varulager|varulagret|lager|lagret|varulagrets|inventory|inventories|lagervärde/t",
    ),
    ("trade_receivables", "kundfordringar/na|trade receivables|accounts receivable|receivables"),
    ("current_receivables", "kortfristiga fordringar/na|current receivables"),
    ("short_term_investments", "kortfristiga placeringar/na|short-term investments"),
    (
        "cash",
        "kassa/n|kassa och bank|likvida medel|de likvida medlen|kassabehållning/en|banktillgodohavanden|cash|cash and bank|\
         cash and cash equivalents|cash balance|cash position|cash at bank|cash and bank balances|cash holdings",
    ),
    ("current_assets", "omsättningstillgångar/na|current assets"),
    ("fixed_assets", "anläggningstillgångar/na|fixed assets|non-current assets"),
    (
        "intangible_assets",
        "immateriella tillgångar/na|immateriella anläggningstillgångar/na|intangible assets|intangibles",
    ),
    (
        "tangible_assets",
        "materiella tillgångar/na|materiella anläggningstillgångar/na|tangible assets|tangible fixed assets",
    ),
    ("financial_assets", "finansiella tillgångar/na|finansiella anläggningstillgångar/na|financial assets"),
    (
        "total_assets",
        "summa tillgångar|totala tillgångar/na|de totala tillgångarna|tillgångar/na/nas|balansomslutning/en/ens|total assets|assets|\
         balance sheet total|tillgångarnas summa",
    ),
    ("share_capital", "aktiekapital/et|share capital"),
    ("retained_earnings", "balanserat resultat|balanserade vinstmedel|retained earnings"),
    (
        "equity",
        "eget kapital|det egna kapitalet|egna kapitalet/s|equity|shareholders equity|shareholders' equity|shareholder equity|total equity",
    ),
    ("adjusted_equity", "justerat eget kapital|det justerade egna kapitalet|adjusted equity"),
    ("untaxed_reserves", "obeskattade reserver/na|untaxed reserves"),
    ("provisions", "avsättningar/na|provisions"),
    (
        "total_liabilities",
        "skulder/na/nas|summa skulder|totala skulder/na|de totala skulderna|total liabilities|liabilities",
    ),
    ("long_term_liabilities", "långfristiga skulder/na|long-term liabilities|non-current liabilities"),
    ("current_liabilities", "kortfristiga skulder/na|current liabilities|short-term liabilities"),
    ("trade_payables", "leverantörsskulder/na|trade payables|accounts payable|payables"),
    ("long_term_bank_loans", "långfristiga banklån|long-term bank loans"),
    ("short_term_bank_loans", "kortfristiga banklån|short-term bank loans"),
    ("overdraft", "checkräkningskredit/en|checkkredit/en|overdraft|bank overdraft"),
    (
        "operating_cash_flow",
        "kassaflöde/t från den löpande verksamheten|kassaflöde/t från rörelsen|operativt kassaflöde|det operativa kassaflödet|\
         operating cash flow|cash flow from operations|cash flow from operating activities",
    ),
    ("capital_expenditure", "investeringar/na|capital expenditure/s|capex|investments"),
    ("net_cash_flow", "årets kassaflöde|kassaflöde/t|net cash flow|cash flow|cash flow for the year"),
    ("proposed_dividend", "utdelning/en|föreslagen utdelning|den föreslagna utdelningen|dividend|proposed dividend"),
    (
        "employees",
        "anställda/s|medelantal/et anställda|medeltal/et anställda|antal/et anställda|medarbetare/n|antal/et medarbetare|årsanställda|\
         personalstyrka/n|personalen|arbetsstyrka/n|employees|number of employees|average number of employees|headcount|staff|workforce|coworkers|\
         average headcount",
    ),
    (
        "growth_yoy",
        "omsättningstillväxt/en|försäljningstillväxt/en|intäktstillväxt/en|tillväxttakt/en|revenue growth|sales growth|growth rate|\
         revenue growth rate",
    ),
    ("cagr_3y", "tillväxt per år, 3 år|three-year cagr|3-year cagr"),
    ("gross_margin", "bruttomarginal/en|gross margin"),
    ("ebitda_margin", "ebitda-marginal/en|ebitdamarginal/en|ebitda margin"),
    (
        "ebit_margin",
        "rörelsemarginal/en|ebit-marginal/en|ebitmarginal/en|operating margin|ebit margin|operating profit margin",
    ),
    ("net_margin", "nettomarginal/en|vinstmarginal/en|net margin|profit margin|net profit margin"),
    ("ebitda_margin ebit_margin net_margin gross_margin", "marginal/en|margin"),
    (
        "roe",
        "räntabilitet/en på eget kapital|avkastning/en på eget kapital|räntabilitet/en på det egna kapitalet|avkastning/en på det egna kapitalet|return on equity|roe",
    ),
    (
        "roce",
        "räntabilitet/en på sysselsatt kapital|avkastning/en på sysselsatt kapital|return on capital employed|roce",
    ),
    (
        "roa",
        "räntabilitet/en på totalt kapital|avkastning/en på totalt kapital|return on assets|return on total assets|roa",
    ),
    (
        "equity_ratio",
        "solvency ratio|solvency|equity/assets ratio|soliditet/en/ens|equity ratio|equity/assets ratio|equity-to-assets ratio|equity assets ratio|solidity",
    ),
    ("quick_ratio", "kassalikviditet/en|quick ratio|acid test ratio"),
    ("current_ratio", "balanslikviditet/en|current ratio"),
    (
        "debt_to_equity",
        "skuldsättningsgrad/en|debt-to-equity ratio|debt-to-equity|debt to equity|debt/equity ratio|gearing",
    ),
    ("net_debt", "nettoskuld/en/ens|nettolåneskuld/en|net debt"),
    // More cash than debt: net debt with the other sign.
    ("-net_debt", "nettokassa/n|net cash|net cash position|net cash positive|net cash balance"),
    (
        "net_debt_to_ebitda",
        "nettoskuld/en / ebitda|nettoskuld genom ebitda|nettoskuld/en i förhållande till ebitda|net debt / ebitda|net debt to ebitda|\
         net debt-to-ebitda|net debt-to-ebitda ratio",
    ),
    (
        "interest_cover",
        "räntetäckningsgrad/en|räntetäckning/en|interest cover|interest coverage|interest coverage ratio|interest cover ratio",
    ),
    (
        "asset_turnover",
        "kapitalomsättningshastighet/en|kapitalets omsättningshastighet|asset turnover|capital turnover",
    ),
    (
        "revenue_per_employee",
        "omsättning/en per anställd|omsättning/en per medarbetare|revenue per employee|sales per employee|turnover per employee",
    ),
    ("ebitda_per_employee", "ebitda per anställd|ebitda per medarbetare|ebitda per employee"),
    (
        "dso",
        "dso|kundkredittid/en|kredittid/en till kunder|genomsnittlig kundkredittid|kundfordringarnas omsättningstid|days sales outstanding|receivable days",
    ),
    ("dio", "dio|lagerdagar/na|lagrets omsättningstid|lagringstid/en|days inventory outstanding|inventory days"),
    (
        "dpo",
        "dpo|leverantörskredittid/en|leverantörsskuldernas omsättningstid|days payables outstanding|days payable outstanding|payable days",
    ),
    ("cash_cycle", "kassacykel/n|kassacykeln i dagar|cash conversion cycle|cash cycle"),
    ("altman_z2", "altman z|z-score|altmans z|altman z-score"),
    ("health_score", "hälsopoäng/en|health score"),
];

/// Adjectives that make another figure out of the one that they stand before.
pub(in crate::evidence) const NARROWING: [&str; 41] = [
    "återkommande",
    "organisk",
    "organiska",
    "organiskt",
    "justerad",
    "justerat",
    "justerade",
    "proforma",
    "recurring",
    "organic",
    "adjusted",
    "pro-forma",
    "underlying",
    "underliggande",
    "normaliserad",
    "normaliserat",
    "normalised",
    "normalized",
    "export",
    "domestic",
    "inhemsk",
    "inhemska",
    "utländsk",
    "utländska",
    "foreign",
    "international",
    "internationell",
    "digital",
    "digitala",
    "budgeterad",
    "prognostiserad",
    "forecast",
    "budgeted",
    // Pro forma, in two words.
    "forma",
    // Another company of the group.
    "dotterbolag",
    "dotterbolaget",
    "dotterbolagen",
    "dotterbolags",
    "dotterbolagets",
    "subsidiary",
    "subsidiaries",
];

struct Table {
    by_first: HashMap<String, Vec<(Vec<String>, Mention)>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut by_first: HashMap<String, Vec<(Vec<String>, Mention)>> = HashMap::new();
    let mut add = |keys: &str, phrase: &str| {
        let words = phrase_words(phrase);
        let (is_loss, is_gain) = (keys.starts_with('-'), keys.starts_with('+'));
        let fields = keys.trim_start_matches(['-', '+']).split(' ').map(str::to_owned).collect();
        let Some(first) = words.first().cloned() else { return };
        let list = by_first.entry(first).or_default();
        if !list.iter().any(|(known, _)| *known == words) {
            list.push((words, Mention { fields, is_loss, is_gain }));
        }
    };
    for (keys, phrases) in WORDS {
        for phrase in phrases.split('|') {
            for form in forms(phrase.trim()) {
                add(keys, &form);
            }
        }
    }
    for line in Line::ALL {
        for label in [line.label().sv, line.label().en] {
            add(line.key(), label);
        }
    }
    let figures =
        |unit: Unit| matches!(unit, Unit::Sek | Unit::Share | Unit::Times | Unit::Days | Unit::People | Unit::Score);
    for field in FIELDS.iter().filter(|field| figures(field.unit)) {
        for label in [field.label.sv, field.label.en] {
            add(field.key, label);
        }
    }
    for list in by_first.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    Table { by_first }
});

/// `omsättning/en per anställd` → `omsättning per anställd`, `omsättningen per anställd`. A ` / ` between spaces is a mark.
fn forms(phrase: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in phrase.split_whitespace() {
        let endings: Vec<String> =
            if word == "/" || word.contains("/a") && word.starts_with("equity") || word.starts_with("debt/") {
                vec![word.to_owned()]
            } else {
                let mut parts = word.split('/');
                let base = parts.next().unwrap_or_default();
                std::iter::once(base.to_owned()).chain(parts.map(|ending| format!("{base}{ending}"))).collect()
            };
        out = out
            .iter()
            .flat_map(|start| {
                endings.iter().map(move |word| if start.is_empty() { word.clone() } else { format!("{start} {word}") })
            })
            .collect();
    }
    out
}

/// The phrase as the lexer would see it.
fn phrase_words(phrase: &str) -> Vec<String> {
    tokens(&phrase.to_lowercase())
        .into_iter()
        .map(|token| match token {
            Token::Word { lower, .. } => lower,
            Token::Number { digits, .. } => digits,
            Token::Mark(mark) => mark.to_string(),
        })
        .collect()
}

/// The figure that is named here, and how many tokens its name takes.
pub(in crate::evidence) fn fields_of(tokens: &[Token]) -> Option<(Mention, usize)> {
    let first = tokens.first()?.word()?;
    let list = TABLE.by_first.get(first)?;
    list.iter().find(|(words, _)| starts(tokens, words)).map(|(words, mention)| (mention.clone(), words.len()))
}

/// The words of a key that is in no table: `order_backlog` → `order backlog`.
pub(in crate::evidence) fn words_of_key(key: &str) -> Option<Vec<String>> {
    let known = Line::from_key(key).is_some() || crate::catalogue::find(key).is_some();
    (!known).then(|| key.split('_').map(str::to_lowercase).collect())
}
