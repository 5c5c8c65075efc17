//! Metrics against calculations by hand on real annual reports; each calculation stands beside its result.

use crate::filed::{judged, k2_broken_year, k2_loss, k3, statement};
use domain::facts::FactValue;
use domain::line::Line;
use domain::metric::{Series, bucket, health_signs, period_metrics};
use domain::statement::{Quality, Statement};

/// The metrics of the newest period by key.
fn newest(years: &[Statement]) -> impl Fn(&str) -> FactValue + use<> {
    let judged: Vec<_> = years.iter().map(judged).collect();
    let metrics = period_metrics(&judged, false).remove(0);
    move |key| metrics.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone()).unwrap()
}

fn amount(value: i64) -> FactValue {
    FactValue::Integer(value)
}

fn ratio(value: f64) -> FactValue {
    FactValue::Real(value)
}

fn code(value: &str) -> FactValue {
    FactValue::Text(value.into())
}

#[test]
fn real_reports_obey_every_identity() {
    for years in [k2_broken_year(), k2_loss(), k3()] {
        assert_eq!(domain::identity::check(&years[0]), []);
        assert_eq!(judged(&years[0]).1, Quality::Ok);
        assert_eq!(judged(&years[1]).1, Quality::Ok);
        assert!(years[2..].iter().all(|overview| judged(overview).1 == Quality::Partial));
    }
}

#[test]
fn k2_with_untaxed_reserves_and_a_broken_year() {
    let of = newest(&k2_broken_year());
    // The period ends in 2020: 21.4 %. Deferred tax 1 895 000 × 0.214 = 405 530; 2 343 571 + 1 895 000 − 405 530.
    assert_eq!(of("adjusted_equity"), amount(3_833_041));
    // 3 833 041 / 4 775 453; the report itself says 80 %.
    assert_eq!(of("equity_ratio"), ratio(0.8027));
    // 1 829 655 + 49 000.
    assert_eq!(of("ebitda"), amount(1_878_655));
    assert_eq!(of("ebitda_margin"), ratio(0.6641)); // 1 878 655 / 2 829 042
    assert_eq!(of("ebit_margin"), ratio(0.6467)); // 1 829 655 / 2 829 042
    assert_eq!(of("net_margin"), ratio(0.436)); // 1 233 417 / 2 829 042
    assert_eq!(of("gross_margin"), FactValue::Null); // no cost of goods is filed
    assert_eq!(of("growth_yoy"), ratio(0.1568)); // 2 829 042 / 2 445 484 − 1
    assert_eq!(of("cagr_3y"), ratio(0.0798)); // (2 829 042 / 2 247 000)^(1/3) − 1
    assert_eq!(of("cagr_5y"), FactValue::Null); // four periods are known
    // Rates 0.15684, 0.17458, −0.07343: mean 0.08600, deviations 0.07084, 0.08858, −0.15943.
    assert_eq!(of("growth_volatility"), ratio(0.113));
    // Previous adjusted equity 1 692 354 + 1 495 000 × 0.786 = 2 867 424; 1 976 318 / 3 350 232.5.
    assert_eq!(of("roe"), ratio(0.5899));
    // (1 829 655 + 148 000) / (4 775 453 − 536 882 − 405 530): no liability bears interest.
    assert_eq!(of("roce"), ratio(0.5159));
    assert_eq!(of("roa"), ratio(0.4402)); // 1 829 655 / ((4 775 453 + 3 537 318) / 2)
    assert_eq!(of("asset_turnover"), ratio(0.6806)); // 2 829 042 / 4 156 385.5
    assert_eq!(of("quick_ratio"), ratio(8.621)); // 4 628 453 / 536 882, no inventory
    assert_eq!(of("current_ratio"), ratio(8.621));
    assert_eq!(of("debt_to_equity"), ratio(0.0));
    assert_eq!(of("net_debt"), amount(-1_031_101)); // no bank debt − cash
    assert_eq!(of("net_debt_to_ebitda"), ratio(-0.5489)); // −1 031 101 / 1 878 655
    assert_eq!(of("interest_cover"), ratio(1479.1735)); // 1 977 655 / 1 337
    assert_eq!(of("dso"), ratio(70.8961)); // 548 000 / 2 829 042 × 366 days (leap year)
    assert_eq!(of("dpo"), ratio(4.6025)); // 4 420 / 351 490 × 366
    assert_eq!(of("cash_cycle"), FactValue::Null); // no inventory
    assert_eq!(of("revenue_per_employee"), amount(2_829_042));
    // 6.56 × 4 091 571/4 775 453 + 3.26 × 2 293 571/4 775 453 + 6.72 × 1 829 655/4 775 453 + 1.05 × 2 343 571/536 882
    // = 5.62056 + 1.56572 + 2.57468 + 4.58346.
    assert_eq!(of("altman_z2"), ratio(14.3444));
    assert_eq!(of("altman_zone"), code("safe"));
    assert_eq!(of("capital_flag"), FactValue::Boolean(false));
    assert_eq!(of("size_class"), code("micro"));
    assert_eq!(of("growth_class"), code("growing")); // 8 % a year
    assert_eq!(of("profitability_class"), code("high"));
    // Good: profit, return 0.4385 → 0.4402, no new shares, margin 0.564 → 0.647. Bad: leverage 0.099 → 0.112, liquidity 9.5 → 8.6,
    // turnover 0.777 → 0.681. Unknown: both about cash flow.
    assert_eq!((of("health_score"), of("health_score_of")), (amount(4), amount(7)));
}

#[test]
fn k2_with_a_loss() {
    let of = newest(&k2_loss());
    assert_eq!(of("equity_ratio"), ratio(0.4893)); // 244 182 / 499 040; the report itself says 48,93
    assert_eq!(of("current_ratio"), ratio(4.8531)); // 298 710 / 61 550
    assert_eq!(of("ebitda"), amount(-97_190)); // −135 913 + 38 723
    assert_eq!(of("ebitda_margin"), ratio(-0.1718));
    assert_eq!(of("gross_margin"), ratio(0.9605)); // (565 637 − 22 362) / 565 637
    assert_eq!(of("growth_yoy"), ratio(-0.2358)); // 565 637 / 740 127 − 1
    assert_eq!(of("growth_class"), code("shrinking"));
    assert_eq!(of("profitability_class"), code("loss"));
    assert_eq!(of("roe"), ratio(-0.4339)); // −135 288 / ((244 182 + 379 470) / 2)
    // The report files its financial costs with a minus, so they are an income of 625: no cover can be told.
    assert_eq!(of("interest_cover"), FactValue::Null);
    assert_eq!(of("net_debt_to_ebitda"), FactValue::Null); // EBITDA ≤ 0
    assert_eq!(of("net_debt"), amount(-239_410));
    // 6.56 × 237 160/499 040 + 3.26 × 194 182/499 040 + 6.72 × −135 913/499 040 + 1.05 × 244 182/254 858.
    assert_eq!(of("altman_z2"), ratio(3.5619));
    assert_eq!(of("revenue_per_employee"), FactValue::Null); // employees are not filed
    assert_eq!(of("size_class"), code("micro")); // by revenue and assets
}

#[test]
fn k3_without_filed_depreciation() {
    let of = newest(&k3());
    assert_eq!(of("ebitda"), FactValue::Null);
    assert_eq!(of("ebitda_margin"), FactValue::Null);
    assert_eq!(of("ebitda_per_employee"), FactValue::Null);
    assert_eq!(of("equity_ratio"), ratio(0.7736)); // 36 208 554 / 46 807 277; the report itself says 77,4
    assert_eq!(of("current_ratio"), ratio(3.9917)); // 42 307 277 / 10 598 723
    assert_eq!(of("ebit_margin"), ratio(0.6238)); // 43 787 074 / 70 196 324
    assert_eq!(of("growth_yoy"), ratio(0.4703)); // 70 196 324 / 47 743 151 − 1
    assert_eq!(of("cagr_3y"), ratio(0.3773)); // (70 196 324 / 26 869 910)^(1/3) − 1
    assert_eq!(of("growth_volatility"), ratio(0.0666)); // of 0.47029, 0.35253, 0.31370
    assert_eq!(of("growth_class"), code("fast"));
    assert_eq!(of("roe"), ratio(1.5005)); // 43 782 028 / ((36 208 554 + 22 147 475) / 2)
    assert_eq!(of("roce"), ratio(1.2093)); // 43 787 074 / (46 807 277 − 10 598 723)
    assert_eq!(of("roa"), ratio(1.1446)); // 43 787 074 / 38 256 693.5
    assert_eq!(of("asset_turnover"), ratio(1.8349)); // 70 196 324 / 38 256 693.5
    assert_eq!(of("interest_cover"), ratio(8677.5811)); // 43 787 074 / 5 046
    assert_eq!(of("revenue_per_employee"), amount(2_699_859)); // 70 196 324 / 26 = 2 699 858.6
    assert_eq!(of("dso"), ratio(3.9572)); // 761 041 / 70 196 324 × 365
    assert_eq!(of("dpo"), ratio(11.6887)); // 245 322 / 7 660 583 × 365
    // 6.56 × 31 708 554/46 807 277 + 3.26 × 33 311 211/46 807 277 + 6.72 × 43 787 074/46 807 277 + 1.05 × 36 208 554/10 598 723;
    // share premium of 2 833 922 is no retained earning.
    assert_eq!(of("altman_z2"), ratio(16.6375));
    // 26 employees: small; revenue 70.2 m: small; assets 46.8 m: small.
    assert_eq!(of("size_class"), code("small"));
}

#[test]
fn signs_are_listed_by_name() {
    let years = k3();
    let series: Vec<_> = years.iter().collect();
    let signs = health_signs(Series::new(&series).unwrap());
    let outcome: Vec<_> = signs.iter().map(|sign| (sign.key, sign.is_good)).collect();
    assert_eq!(
        outcome,
        [
            ("profit", Some(true)),
            ("cash_flow", None),
            ("cash_above_profit", None),
            ("rising_return", Some(true)),    // 27 859 739 / 25 927 325.5 = 1.075 → 1.145
            ("falling_leverage", Some(true)), // 0.254 → 0.226
            ("rising_liquidity", Some(true)), // 3.20 → 3.99
            ("no_new_shares", Some(false)),   // 62 500 → 63 421
            ("rising_margin", Some(true)),    // EBIT margin 0.584 → 0.624
            ("rising_turnover", Some(false)), // 47 743 151 / 25 927 325.5 = 1.841 → 1.835
        ]
    );
}

#[test]
fn what_a_source_of_totals_does_not_name_is_not_known_and_not_none() {
    let mut totals = k2_broken_year().remove(0);
    totals.is_itemised = false;
    let values = period_metrics(&[judged(&totals)], false).remove(0);
    let of = |key: &str| values.iter().find(|(found, _)| *found == key).unwrap().1.clone();
    for key in ["quick_ratio", "debt_to_equity", "net_debt", "net_debt_to_ebitda", "roce"] {
        assert_eq!(of(key), FactValue::Null, "{key}");
    }
    assert_eq!(of("current_ratio"), ratio(8.621), "what needs no such line stays");
    for line in [Line::LongTermBankLoans, Line::Inventory] {
        totals.figures.set(line, Some(0));
    }
    let values = period_metrics(&[judged(&totals)], false).remove(0);
    let of = |key: &str| values.iter().find(|(found, _)| *found == key).unwrap().1.clone();
    assert_eq!((of("net_debt"), of("quick_ratio")), (amount(-1_031_101), ratio(8.621)), "a filed 0 is a 0");
}

#[test]
fn debt_inventory_and_a_short_year() {
    // A made-up wholesaler whose first year has nine months.
    let of = newest(&[statement(
        "2024-04-01",
        "2024-12-31",
        Some(0),
        &[
            (Line::Revenue, 9_000_000),
            (Line::GoodsForResale, -6_000_000),
            (Line::OtherExternalCosts, -1_500_000),
            (Line::Depreciation, -300_000),
            (Line::Ebit, 600_000),
            (Line::FinancialIncome, 30_000),
            (Line::FinancialCosts, -90_000),
            (Line::ResultAfterFinancialItems, 540_000),
            (Line::NetIncome, 420_000),
            (Line::Inventory, 2_000_000),
            (Line::TradeReceivables, 900_000),
            (Line::Cash, 300_000),
            (Line::ShortTermInvestments, 100_000),
            (Line::CurrentAssets, 3_500_000),
            (Line::TotalAssets, 5_000_000),
            (Line::Equity, 1_000_000),
            (Line::ShareCapital, 2_000_001),
            (Line::BondLoans, 200_000),
            (Line::LongTermBankLoans, 1_500_000),
            (Line::ShortTermBankLoans, 250_000),
            (Line::Overdraft, 50_000),
            (Line::LongTermLiabilities, 2_250_000),
            (Line::TradePayables, 750_000),
            (Line::CurrentLiabilities, 1_750_000),
        ],
    )]);
    assert_eq!(of("revenue"), amount(12_000_000)); // × 12 / 9
    assert_eq!(of("ebitda"), amount(1_200_000)); // 900 000 × 12 / 9
    assert_eq!(of("ebitda_margin"), ratio(0.1)); // 900 000 / 9 000 000, not annualised twice
    assert_eq!(of("gross_margin"), ratio(0.3333));
    assert_eq!(of("quick_ratio"), ratio(0.8571)); // 1 500 000 / 1 750 000
    assert_eq!(of("debt_to_equity"), ratio(2.0)); // 2 000 000 / 1 000 000
    assert_eq!(of("net_debt"), amount(1_600_000)); // 2 000 000 − 300 000 − 100 000
    assert_eq!(of("net_debt_to_ebitda"), ratio(1.3333)); // over the annualised 1 200 000
    assert_eq!(of("interest_cover"), ratio(7.0)); // 630 000 / 90 000
    assert_eq!(of("roce"), ratio(0.28)); // 840 000 a year / (5 000 000 − 2 000 000)
    assert_eq!(of("roa"), ratio(0.16)); // 800 000 a year / 5 000 000, no opening balance
    assert_eq!(of("dso"), ratio(27.5)); // 900 000 / 9 000 000 × 275 days
    assert_eq!(of("dio"), ratio(91.6667)); // 2 000 000 / 6 000 000 × 275
    assert_eq!(of("dpo"), ratio(27.5)); // 750 000 / 7 500 000 × 275
    assert_eq!(of("cash_cycle"), ratio(91.6667));
    assert_eq!(of("capital_flag"), FactValue::Boolean(true)); // 1 000 000 < 2 000 001 / 2
    assert_eq!(of("revenue_per_employee"), FactValue::Null); // 0 employees
}

#[test]
fn shares_of_nothing_are_missing() {
    let nothing = [
        (Line::Revenue, 0),
        (Line::Ebit, -5),
        (Line::Depreciation, -5),
        (Line::NetIncome, -5),
        (Line::TotalAssets, 0),
        (Line::Equity, 0),
        (Line::CurrentAssets, 0),
        (Line::CurrentLiabilities, 0),
        (Line::Cash, 0),
    ];
    let of = newest(&[statement("2024-01-01", "2024-12-31", Some(0), &nothing)]);
    let missing = "gross_margin ebitda_margin ebit_margin net_margin roe roce roa equity_ratio quick_ratio current_ratio \
                   debt_to_equity net_debt_to_ebitda interest_cover asset_turnover revenue_per_employee \
                   ebitda_per_employee dso dio dpo cash_cycle altman_z2 altman_zone growth_yoy growth_class capital_flag";
    for key in missing.split_whitespace() {
        assert_eq!(of(key), FactValue::Null, "{key}");
    }
    assert_eq!(of("ebitda"), amount(0));
}

#[test]
fn growth_does_not_bridge_a_missing_or_suspect_year() {
    let year = |year: i32, revenue| {
        statement(&format!("{year}-01-01"), &format!("{year}-12-31"), None, &[(Line::Revenue, revenue)])
    };
    let years = [year(2024, 144), year(2023, 120), year(2021, 100)];
    let with = |quality: Quality| {
        let judged: Vec<_> = years.iter().map(|year| (year, Quality::Partial)).collect();
        period_metrics(&[judged[0], (judged[1].0, quality), judged[2]], false)
    };
    let growth = |metrics: &[(&'static str, FactValue)]| {
        metrics.iter().find(|(key, _)| *key == "growth_yoy").map(|(_, value)| value.clone())
    };
    let all = with(Quality::Partial);
    assert_eq!(growth(&all[0]), Some(ratio(0.2)));
    assert_eq!(growth(&all[1]), Some(FactValue::Null));
    let without = with(Quality::Suspect);
    assert_eq!(growth(&without[0]), Some(FactValue::Null));
    assert!(without[1].iter().all(|(_, value)| value.is_null()));
}

#[test]
fn classes_change_exactly_at_their_thresholds() {
    let growth = [-0.0501, -0.05, 0.05, 0.0501, 0.2, 0.2001].map(bucket::growth_class_of);
    assert_eq!(growth, ["shrinking", "stable", "stable", "growing", "growing", "fast"]);
    let profit = [-0.0001, 0.0, 0.0499, 0.05, 0.1499, 0.15].map(bucket::profitability_class_of);
    assert_eq!(profit, ["loss", "thin", "thin", "good", "good", "high"]);
    assert_eq!([1.0999, 1.1, 2.6, 2.6001].map(bucket::altman_zone_of), ["distress", "grey", "grey", "safe"]);
    let size = |employees, revenue, assets| {
        let lines = [(Line::Revenue, revenue), (Line::TotalAssets, assets)];
        newest(&[statement("2024-01-01", "2024-12-31", employees, &lines)])("size_class")
    };
    for (employees, class) in
        [(9, "micro"), (10, "small"), (49, "small"), (50, "medium"), (249, "medium"), (250, "large")]
    {
        assert_eq!(size(Some(employees), 0, 0), code(class), "{employees}");
    }
    for (millions, class) in [(22, "micro"), (110, "small"), (550, "medium")] {
        assert_eq!(size(None, millions * 1_000_000, i64::MAX), code(class));
        assert_ne!(size(None, millions * 1_000_000 + 1, i64::MAX), code(class));
    }
    // 43 million euro of assets are enough, whatever the revenue.
    assert_eq!(size(None, i64::MAX, 473_000_000), code("medium"));
    assert_eq!(size(None, i64::MAX, 473_000_001), code("large"));
    // Few employees do not make a company with both amounts above the ceilings small.
    assert_eq!(size(Some(1), 600_000_000, 600_000_000), code("large"));
}

#[test]
fn tax_follows_the_end_of_the_period() {
    let rate = |day: &str| domain::tax::rate_permille(day.parse().unwrap());
    assert_eq!(["2018-12-31", "2019-01-01", "2020-12-31", "2021-01-01"].map(rate), [220, 214, 214, 206]);
}
