//! The rules of changing a prospect.

use super::*;

fn stage(key: &str, outcome: Outcome) -> Stage {
    Stage { key: key.to_owned(), name: None, outcome, stale_after_days: None }
}

fn stages() -> Vec<Stage> {
    vec![stage("new", Outcome::Open), stage("contacted", Outcome::Open), stage("passed", Outcome::Passed)]
}

fn prospect() -> Prospect {
    Prospect {
        id: Uuid::from_u128(1),
        orgnr: "556016-0680".parse().unwrap(),
        scope: Visibility::Team,
        stage: "new".to_owned(),
        stage_since: DateTime::UNIX_EPOCH,
        owner: None,
        next_action: None,
        next_action_on: None,
        last_contact_on: None,
        value_sek: None,
        pass_reason: None,
        pass_note: None,
        created_by: Some(Uuid::from_u128(7)),
        removed_at: None,
        version: 1,
    }
}

fn to(stage: &str) -> Change {
    Change { stage: Some(stage.to_owned()), ..Change::default() }
}

#[test]
fn a_move_notes_when_and_what() {
    let mut card = prospect();
    let now = Utc::now();
    assert_eq!(apply(&mut card, &to("contacted"), &stages(), now).unwrap(), ["stage"]);
    assert_eq!((card.stage.as_str(), card.stage_since), ("contacted", now));
    assert!(apply(&mut card, &to("contacted"), &stages(), Utc::now()).unwrap().is_empty());
    assert_eq!(card.stage_since, now, "staying is not moving");
    assert_eq!(apply(&mut card, &to("sold"), &stages(), now).unwrap_err().field, "stage");
}

#[test]
fn passing_needs_a_reason_and_taking_it_up_again_forgets_it() {
    let mut card = prospect();
    let now = Utc::now();
    let reason = |reason: &str, note: Option<&str>| Change {
        pass_reason: Some(Some(reason.to_owned())),
        pass_note: note.map(|note| Some(note.to_owned())),
        ..to("passed")
    };
    assert_eq!(apply(&mut card.clone(), &to("passed"), &stages(), now).unwrap_err().field, "pass_reason");
    assert_eq!(apply(&mut card.clone(), &reason("bored", None), &stages(), now).unwrap_err().field, "pass_reason");
    assert_eq!(apply(&mut card.clone(), &reason("other", None), &stages(), now).unwrap_err().field, "pass_note");
    let done = apply(&mut card, &reason("other", Some("Tvist")), &stages(), now).unwrap();
    assert_eq!(done, ["stage", "pass_reason", "pass_note"]);
    apply(&mut card, &to("new"), &stages(), now).unwrap();
    assert_eq!((card.pass_reason, card.pass_note), (None, None));
    let stray = Change { pass_reason: Some(Some("price".to_owned())), ..Change::default() };
    assert_eq!(apply(&mut prospect(), &stray, &stages(), now).unwrap_err().field, "pass_reason");
}

#[test]
fn bounds_are_kept_and_a_retired_stage_holds_no_one_back() {
    let now = Utc::now();
    let wrong = Change { value_sek: Some(Some(-1)), ..Change::default() };
    assert_eq!(apply(&mut prospect(), &wrong, &stages(), now).unwrap_err().field, "value_sek");
    let wrong = Change { next_action: Some(Some("x".repeat(501))), ..Change::default() };
    assert_eq!(apply(&mut prospect(), &wrong, &stages(), now).unwrap_err().field, "next_action");
    let mut card = Prospect { stage: "old".to_owned(), ..prospect() };
    let note = Change { next_action: Some(Some("Ring".to_owned())), ..Change::default() };
    assert_eq!(apply(&mut card, &note, &stages(), now).unwrap(), ["next_action"]);
    let mut own = Prospect { scope: Visibility::Private, ..prospect() };
    let given = Change { owner: Some(Some(Uuid::from_u128(8))), ..Change::default() };
    assert_eq!(apply(&mut own, &given, &stages(), now).unwrap_err().field, "owner_id");
}
