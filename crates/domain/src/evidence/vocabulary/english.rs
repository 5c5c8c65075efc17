//! English phrases.

use super::super::item::{Approx, Factor, Item, Relative, Strength, Way};
use super::{PLANNED, Row};

pub(super) fn rows() -> Vec<Row> {
    use Item::*;
    let mut rows = vec![
        (
            "increased|increase|increases|increasing|an increase|rose|rise|rises|risen|rising|grew|grow|grows|grown|growing|climbed|climb|\
             strengthened|expanded|expansion|went up|up|jumped|jump|surged|soared|gained|gain|edged up|ticked up|advanced|picked up|rebounded|rebounding|recovered|recovering|bounced back|lengthened|lengthening|widened|widening|ballooned|swelled|deepened|deepening|higher by|upturn|uplift",
            Change(Way::Up),
        ),
        (
            "decreased|decrease|decreases|decreasing|a decrease|fell|fall|falls|fallen|falling|declined|decline|declines|declining|dropped|drop|shrank|shrunk|shrinking|\
             contracted|contraction|weakened|went down|down|slipped|was cut|were cut|was trimmed|shed|plunged|plummeted|slid|sank|tumbled|reduced|reduction|lost ground|edged down|shortened|shortening|narrowed|narrowing|\
             dipped|lower by|downturn|came down",
            Change(Way::Down),
        ),
        (
            "unchanged|flat|stable|remained stable|remained flat|remained unchanged|held steady|steady|stagnated",
            Change(Way::Flat),
        ),
        ("higher|larger|better|more|greater|stronger|bigger", Compare(Way::Up)),
        ("lower|smaller|worse|fewer|less|weaker", Compare(Way::Down)),
        ("improved|improve|improving|improvement", Turn(true)),
        ("worsened|deteriorated|deterioration|worsening", Turn(false)),
        (
            "than|compared with|compared to|against|versus|vs|relative to|as against|in comparison with|in comparison to",
            Than,
        ),
        (
            "doubled|double|doubling|twofold|twice as large as|twice as high as|twice as much as|twice as many as|twice the|twice as big as|twice",
            Factor(factor(2.0)),
        ),
        (
            "tripled|triple|tripling|threefold|trebled|three times as large as|three times as high as",
            Factor(factor(3.0)),
        ),
        ("quadrupled|quadruple|fourfold|quadrupling", Factor(factor(4.0))),
        ("quintupled|fivefold", Factor(factor(5.0))),
        ("tenfold", Factor(factor(10.0))),
        (
            "halved|halving|half as large as|half as high as|half as much as|half as many as|half the",
            Factor(factor(0.5)),
        ),
        (
            "sharply|strongly|significantly|markedly|substantially|considerably|dramatically|steeply|strong|sharp|rapidly|robustly",
            Strength(self::Strength::Strong),
        ),
        ("slightly|marginally|a little|somewhat|modestly|slight|marginal", Strength(self::Strength::Slight)),
        (
            "about|around|approximately|roughly|circa|some|approx|ca|in the region of|in the order of|close to about",
            Approx(self::Approx::About),
        ),
        (
            "just over|just above|slightly over|slightly above|a little over|slightly more than|a little more than|just more than",
            Approx(self::Approx::JustAbove),
        ),
        (
            "nearly|almost|just under|just below|close to|just short of|slightly under|slightly below|approaching|not quite|a little under|a little less than|slightly less than",
            Approx(self::Approx::JustBelow),
        ),
        (
            "more than|over|above|exceeded|exceeding|exceeds|in excess of|greater than|higher than|larger than|upwards of|surpassed|topped|passed|north of|well over|well above",
            Approx(self::Approx::Above),
        ),
        ("at least|no less than|not less than|no fewer than|a minimum of", Approx(self::Approx::AtLeast)),
        ("less than|under|below|fewer than|lower than|smaller than|short of|not even", Approx(self::Approx::Below)),
        ("at most|up to|no more than|not more than|a maximum of", Approx(self::Approx::AtMost)),
        ("from", From),
        ("to|reached|reaching|reaches|hit", To),
        ("growth|growth rate", Growth),
        ("in|for|within|across|among|inside|outside", Within),
        ("by", By),
        ("of", Of),
        ("at|on", At),
        ("never", Never),
        ("not|no|neither|nor|without|none|cannot|hardly|lacks|lacked|failed to", Not),
        (
            "highest|largest|best|strongest|greatest|biggest|peaked|most|the most|peak|its peak|a peak|its high|a high|high point|higher than in any other year|higher than any other year",
            Extreme(Way::Up),
        ),
        (
            "lowest|smallest|worst|weakest|fewest|bottomed|bottomed out|trough|troughed|its low|a low|low point|the least|least|lower than in any other year|lower than any other year",
            Extreme(Way::Down),
        ),
        ("since|ever since|after", Since),
        ("totalled|totaled|totalling|added up to|summed to", Totalled),
        ("calendar|calendar year", Calendar),
        (
            "slower|faster|slower pace|faster pace|at a slower pace|at a faster pace|at a slower rate|at a faster rate|steeper|steepest",
            Unproved("a comparison of rates"),
        ),
        ("despite|in spite of|notwithstanding", Despite),
        ("the only|its only|the sole|only year|only one", Sole),
        ("ranged|ranging|ranges|varied|varying|fluctuated|fluctuating", Ranged),
        (
            "other years|the other years|remaining years|the remaining years|all other years|the rest of the years|the rest of the period",
            Unproved("years that are not named"),
        ),
        (
            "two years in a row|two consecutive years|two years running|two straight years|second consecutive year|second year in a row|second straight year",
            Streak(2),
        ),
        (
            "three years in a row|three consecutive years|three years running|three straight years|third consecutive year|third year in a row|third straight year",
            Streak(3),
        ),
        (
            "four years in a row|four consecutive years|four years running|four straight years|fourth consecutive year|fourth year in a row",
            Streak(4),
        ),
        (
            "five years in a row|five consecutive years|five years running|five straight years|fifth consecutive year",
            Streak(5),
        ),
        (
            "every year|each year|year after year|all years|in every year|in each year|in each of|each of|in every one of|every one of|in all of",
            EveryYear,
        ),
        (
            "last year|last year's|the latest year|latest year|the last year|latest fiscal year|most recent year|the most recent year|last fiscal year|most recent fiscal year|latest financial year|\
             most recent financial year|last financial year|the latest reported year|latest reported year|the past year|past year|latest accounts|latest annual report|latest full year|most recent accounts",
            Item::Relative(self::Relative::Newest),
        ),
        (
            "the year before|year before|previous year|the previous year|prior year|the prior year|a year earlier|one year earlier|the preceding year|preceding year|year-on-year|year-over-year|\
             year on year|year over year|yoy|y-o-y|the year prior|previous fiscal year|prior fiscal year|the year earlier",
            Item::Relative(self::Relative::Back(1)),
        ),
        ("two years earlier|two years before", Item::Relative(self::Relative::Back(2))),
        ("three years earlier|three years before", Item::Relative(self::Relative::Back(3))),
        ("four years earlier|four years before", Item::Relative(self::Relative::Back(4))),
        ("a year ago|one year ago", Item::Relative(self::Relative::Ago(1))),
        ("two years ago", Item::Relative(self::Relative::Ago(2))),
        ("three years ago", Item::Relative(self::Relative::Ago(3))),
        ("last two years|past two years|in two years|over two years", Window(2)),
        ("last three years|past three years|in three years|over three years", Window(3)),
        ("last four years|past four years|in four years|over four years", Window(4)),
        ("last five years|past five years|in five years|over five years", Window(5)),
        ("group|group-level|consolidated|group level|group-wide", Group),
        ("the company|company|the firm|firm|the business", OwnCompany),
        ("parent|parent company|the parent|legal entity|the legal entity|parent-company", Parent),
        (
            "negative|loss-making|unprofitable|made a loss|posted a loss|reported a loss|in the red|ran at a loss|recorded a loss|was loss making",
            Negative,
        ),
        (
            "positive|profitable|made a profit|posted a profit|reported a profit|in the black|turned a profit|recorded a profit",
            Positive,
        ),
        (
            "per year|a year|annually|per annum|annual|each year on average|annualised|annualized|compound|cagr|yearly",
            PerYear,
        ),
        ("per employee|per head", PerEmployee),
        ("average|on average|averaged|mean|averaging", Average),
        ("combined|together|cumulative|in total over|accumulated", Total),
        (
            "and|but|before|while|whereas|which|that|or|when|where|with|though|although|respectively|however|yet|as well as|plus",
            Join,
        ),
        (
            "thanks to|due to|because|because of|owing to|as a result of|as a result|driven by|caused by|following the|on the back of|therefore|attributable to|reflecting",
            Unproved("a cause"),
        ),
        (
            "ever|record|record-high|all-time|in its history|in company history|of all time|to date|on record",
            Unproved("all of history"),
        ),
        (
            "market-leading|leading|leader|unique|industry|industry's|sector|competitors|peers|world|nation|country|region|market|peer group",
            Unproved("a comparison with others"),
        ),
        (
            "quarter|quarterly|half-year|first half|second half|the first half|the second half|month|months|monthly|q1|q2|q3|q4|h1|h2|interim|this year|next year|forecast|budget|guidance|outlook|ttm|rolling|so far",
            Unproved("another period than a fiscal year"),
        ),
        (
            "will|shall|plan|plans|planned|planning|expect|expects|expected|expecting|projected|aims|aim|intends|intend|intending|hope|hopes|hoping|wants|wish|wishes|strives|strive|would|might|considering",
            Unproved(PLANNED),
        ),
        (
            "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec",
            Month,
        ),
    ];
    rows.push((
        "made up|makes up|make up|making up|the|a|an|is|was|were|are|be|been|being|has|had|have|having|its|it|their|they|this|these|those|during|as|into|total|amounted|amounts|amounting|stood|stands|\
         came|come|ended|landed|posted|reported|reports|recorded|records|showed|shows|generated|generates|earned|booked|delivered|achieved|employed|employs|made|year|years|fiscal|financial|ended|ending|\
         full|full-year|fy|level|levels|result of|equal|equals|equalled|equalling|equivalent|corresponding|corresponded|corresponds|correspond|represented|represents|representing|accounted|accounts|accounting|constituted|ratio|number|amount|value|figure|figures|share|percentage|\
         according|annual report|report|accounts|statements|period|periods|between|both|only|just|exactly|precisely|also|thus|so|then|there|who|people|still|again|itself|overall|one|measured|expressed|terms|basis|against which|year-end|end|start|\
         beginning|balance|sheet|date|sek|kronor|kr|percent|per|cent|percentage points|points|times|much|many|large|high|big|as much as|in terms of|net|gross|ltd|ab|limited|plc|inc|posting|reporting|giving|gave|yielding|yielded|implying|implies|meaning|means|i e|namely|now|already|further|additional|bringing|taking|took|brought|saw|seen|remained|remains|finished|closed|closing|came in|worked out|turned out|operating|turned|swung|actually|then|out|registered|hold|held|holds|noted|logged|experienced|stayed|until|through|over the period",
        Filler,
    ));
    rows
}

const fn factor(exact: f64) -> Factor {
    if exact < 1.0 {
        return Factor { low: exact / 1.075, exact, high: exact / 0.95 };
    }
    Factor { low: exact * 0.95, exact, high: exact * 1.075 }
}
