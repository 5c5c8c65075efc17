//! Merging what one source says into what is kept: field by field, the stronger source wins, silence erases nothing.
//!
//! The result does not depend on the order in which different sources arrive: a field ends up with the value of the
//! strongest source that has spoken of it, and within one source with the latest.

use chrono::{DateTime, Utc};
use domain::company::{CompanyRecord, CompanySource};

use super::StoredCompany;

/// Merges `incoming` into `kept`; true when anything changed, `now` being noted as the time of the change.
pub fn merge(kept: &mut StoredCompany, incoming: &CompanyRecord, now: DateTime<Utc>) -> bool {
    let source = incoming.source;
    let mut changed = false;
    macro_rules! fields {
        ($($field:ident),*) => {$(
            if let Some(value) = &incoming.$field {
                let held = kept.field_sources.get(stringify!($field)).copied();
                if held.is_none_or(|held| source >= held) {
                    if kept.record.$field.as_ref() != Some(value) {
                        kept.record.$field = Some(value.clone());
                        changed = true;
                    }
                    if held != Some(source) {
                        kept.field_sources.insert(stringify!($field).to_owned(), source);
                        changed = true;
                    }
                }
            }
        )*};
    }
    fields!(
        name,
        other_names,
        legal_form,
        status,
        is_operating,
        registered_on,
        deregistered_on,
        deregistration_reason,
        procedures,
        activity_description,
        sni,
        address,
        advertising_block,
        homepage
    );
    changed |= merge_demo(kept, incoming);
    if changed || !kept.sources.contains_key(&source) {
        kept.sources.insert(source, now);
        kept.record.source = kept.sources.keys().next_back().copied().unwrap_or(source);
        changed = true;
    }
    changed
}

/// A company is fictitious only while nothing but fictitious sources speak of it.
fn merge_demo(kept: &mut StoredCompany, incoming: &CompanyRecord) -> bool {
    let only_demo_before = kept.sources.keys().all(|source| *source == CompanySource::Demo);
    let is_demo = incoming.is_demo && (kept.sources.is_empty() || kept.record.is_demo) && only_demo_before;
    let changed = kept.record.is_demo != is_demo;
    kept.record.is_demo = is_demo;
    changed
}

#[cfg(test)]
mod tests {
    use domain::company::{Address, CompanyStatus, SniCode, SniEdition};
    use domain::orgnr::Orgnr;
    use proptest::prelude::*;

    use super::*;

    fn orgnr() -> Orgnr {
        Orgnr::from_number(5_590_852_777).unwrap()
    }

    fn said(source: CompanySource, change: impl Fn(&mut CompanyRecord)) -> CompanyRecord {
        let mut record = CompanyRecord::empty(orgnr(), source);
        change(&mut record);
        record
    }

    #[test]
    fn a_stronger_source_wins_and_silence_erases_nothing() {
        let mut kept = StoredCompany::unknown(orgnr());
        let now = DateTime::UNIX_EPOCH;
        let strong = said(CompanySource::BolagsverketBulk, |r| {
            r.name = Some("Exempel AB".into());
            r.address = Some(Address { city: Some("Umeå".into()), ..Address::default() });
        });
        let weak = said(CompanySource::Scb, |r| {
            r.name = Some("EXEMPEL AB".into());
            r.sni = Some(vec![SniCode { code: "62010".into(), edition: SniEdition::Sni2007 }]);
        });
        assert!(merge(&mut kept, &strong, now));
        assert!(merge(&mut kept, &weak, now));
        assert_eq!(kept.record.name.as_deref(), Some("Exempel AB"));
        assert_eq!(kept.record.sni.as_ref().map(Vec::len), Some(1));
        assert!(!merge(&mut kept, &strong, now), "the same again changes nothing");
        assert!(!merge(&mut kept, &weak, now));
        let failed_producer = said(CompanySource::BolagsverketApi, |_| {});
        merge(&mut kept, &failed_producer, now);
        assert_eq!(kept.record.name.as_deref(), Some("Exempel AB"));
        assert!(merge(&mut kept, &said(CompanySource::Scb, |r| r.sni = Some(vec![])), now));
        assert_eq!(kept.record.sni, Some(vec![]), "an explicitly empty list erases");
    }

    #[test]
    fn a_company_that_sleeps_for_the_statistics_office_is_dormant_whichever_file_comes_last() {
        use CompanyStatus::{Active, Bankrupt, Dormant};
        let now = DateTime::UNIX_EPOCH;
        for (registered, is_operating, overall) in
            [(Active, false, Dormant), (Active, true, Active), (Bankrupt, true, Bankrupt)]
        {
            let register = said(CompanySource::BolagsverketBulk, |r| r.status = Some(registered));
            let statistics = said(CompanySource::Scb, |r| r.is_operating = Some(is_operating));
            for order in [[&register, &statistics], [&statistics, &register]] {
                let mut kept = StoredCompany::unknown(orgnr());
                for record in order {
                    merge(&mut kept, record, now);
                }
                assert_eq!(kept.record.overall_status(), overall);
            }
        }
    }

    fn any_record() -> impl Strategy<Value = CompanyRecord> {
        let source = prop::sample::select(vec![
            CompanySource::Demo,
            CompanySource::Table,
            CompanySource::Scb,
            CompanySource::BolagsverketBulk,
            CompanySource::BolagsverketApi,
        ]);
        (source, prop::option::of("[a-c]"), prop::option::of("[a-c]"), prop::bool::ANY).prop_map(
            |(source, name, form, status)| {
                said(source, |r| {
                    r.name.clone_from(&name);
                    r.legal_form.clone_from(&form);
                    r.status = status.then_some(CompanyStatus::Active);
                    r.is_operating = (!status).then_some(source == CompanySource::Scb);
                    r.is_demo = source == CompanySource::Demo;
                })
            },
        )
    }

    proptest! {
        #[test]
        fn the_order_of_different_sources_does_not_matter(a in any_record(), b in any_record()) {
            prop_assume!(a.source != b.source);
            let now = DateTime::UNIX_EPOCH;
            let (mut ab, mut ba) = (StoredCompany::unknown(orgnr()), StoredCompany::unknown(orgnr()));
            merge(&mut ab, &a, now);
            merge(&mut ab, &b, now);
            merge(&mut ba, &b, now);
            merge(&mut ba, &a, now);
            prop_assert_eq!(ab, ba);
        }

        #[test]
        fn merging_twice_is_merging_once(a in any_record(), b in any_record()) {
            let mut kept = StoredCompany::unknown(orgnr());
            merge(&mut kept, &a, DateTime::UNIX_EPOCH);
            merge(&mut kept, &b, DateTime::UNIX_EPOCH);
            let once = kept.clone();
            prop_assert!(!merge(&mut kept, &b, DateTime::UNIX_EPOCH));
            prop_assert_eq!(kept, once);
        }
    }
}
