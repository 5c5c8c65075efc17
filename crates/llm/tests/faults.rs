//! Every fault that compatible servers were seen to have, and what becomes of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use llm::{
    Budget, CallError, Client, Gate, LocalBudget, LocalGate, MemoryLedger, Message, Outcome, Patience, Provider,
    RedisGate, Request, Role, Schema, Structure, probe,
};
use serde_json::json;
use testing::model_server::{Act, ModelServer};
use tokio_util::sync::CancellationToken;

const RIGHT: &str = r#"{"word": "a plain answer in some pieces"}"#;

struct Rig {
    server: ModelServer,
    client: Client,
    ledger: Arc<MemoryLedger>,
    budget: Arc<LocalBudget>,
}

fn provider(server: &ModelServer) -> Provider {
    // Tests speak plain HTTP; the client still wants a provider of cryptography.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut provider = Provider::new("local", &server.base_url(), "m");
    (provider.input_price, provider.output_price, provider.max_output_tokens) = (1_000_000, 2_000_000, 400);
    (provider.time_limit, provider.silence_limit) = (Duration::from_millis(1500), Duration::from_millis(400));
    provider.api_key = Some("key".to_owned());
    provider
}

const PATIENCE: Patience =
    Patience { tries: 3, first_wait: Duration::from_millis(10), longest_wait: Duration::from_millis(40) };

async fn rig(script: Vec<Act>) -> Rig {
    let server = ModelServer::start(script).await;
    let (ledger, budget) = (Arc::new(MemoryLedger::default()), Arc::new(LocalBudget::new(None, None)));
    let client =
        Client::new(provider(&server), Arc::new(LocalGate::default()), budget.clone(), ledger.clone(), PATIENCE)
            .unwrap();
    Rig { server, client, ledger, budget }
}

fn request() -> Request {
    let schema = json!({"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"], "additionalProperties": false});
    Request {
        messages: vec![Message::new(Role::User, "Say a word.")],
        schema: Some(Schema::new("word", schema).unwrap()),
        max_tokens: 100,
        prompt_version: "test@1".to_owned(),
        purpose: "run".to_owned(),
        subject: None,
        dossier_sha256: None,
    }
}

impl Rig {
    async fn ask(&self) -> Result<llm::Answer, CallError> {
        let asked = self.client.ask(&request(), &CancellationToken::new()).await;
        let calls = self.ledger.calls();
        assert_eq!(calls.len(), self.server.requests().len(), "every request is written down");
        assert_eq!(
            calls.iter().map(|call| call.cost).sum::<i64>(),
            self.budget.taken(),
            "the budget holds what the calls cost"
        );
        asked
    }

    fn outcomes(&self) -> Vec<Outcome> {
        self.ledger.calls().iter().map(|call| call.outcome).collect()
    }
}

#[tokio::test]
async fn plain_answer_is_checked_settled_and_recorded() {
    let rig = rig(vec![Act::Say(RIGHT.to_owned())]).await;
    let answer = rig.ask().await.unwrap();
    assert_eq!(answer.value, Some(json!({"word": "a plain answer in some pieces"})));
    assert_eq!(answer.cost, 120 + 60);
    let (call, sent) = (&rig.ledger.calls()[0], &rig.server.requests()[0]);
    assert_eq!((call.input_tokens, call.output_tokens, call.is_estimated), (Some(120), Some(30), false));
    assert_eq!(call.finish_reason.as_deref(), Some("stop"));
    assert_eq!(sent.authorization.as_deref(), Some("Bearer key"));
    assert_eq!(sent.body["response_format"]["json_schema"]["strict"], true);
    assert_eq!(sent.body["stream"], true);
}

#[tokio::test]
async fn truncated_answer_is_asked_again_with_more_room_once_and_never_kept() {
    let rig = rig(vec![Act::End(RIGHT.to_owned(), Some("length")), Act::Say(RIGHT.to_owned())]).await;
    assert_eq!(rig.ask().await.unwrap().requests, 2);
    assert_eq!(rig.server.requests()[1].body["max_tokens"], 200);

    rig.server.script(vec![Act::End(RIGHT.to_owned(), Some("length"))]);
    assert_eq!(rig.ask().await, Err(CallError::Truncated { max_tokens: 200 }));
}

#[tokio::test]
async fn filter_refusal_and_unknown_endings_are_errors() {
    let rig = rig(vec![Act::End(RIGHT.to_owned(), Some("content_filter"))]).await;
    assert_eq!(rig.ask().await, Err(CallError::Filtered));
    rig.server.script(vec![Act::Decline("no".to_owned())]);
    assert_eq!(rig.ask().await, Err(CallError::Declined("no".to_owned())));
    rig.server.script(vec![Act::End(RIGHT.to_owned(), Some("tool_calls"))]);
    assert!(matches!(rig.ask().await, Err(CallError::Malformed(_))));
}

#[tokio::test]
async fn answer_without_a_stated_end_is_taken_only_when_it_is_whole_by_its_form() {
    for reason in [Some(""), None] {
        let rig = rig(vec![Act::End(RIGHT.to_owned(), reason)]).await;
        assert!(rig.ask().await.is_ok(), "{reason:?}");
        rig.server.script(vec![Act::End(r#"{"word": "half"#.to_owned(), reason)]);
        assert!(matches!(rig.ask().await, Err(CallError::Malformed(_))), "{reason:?}: nothing is repaired");
    }
}

#[tokio::test]
async fn missing_usage_is_settled_by_the_reservation() {
    let rig = rig(vec![Act::WithoutUsage(RIGHT.to_owned())]).await;
    rig.ask().await.unwrap();
    let call = &rig.ledger.calls()[0];
    assert!(call.is_estimated);
    assert_eq!(call.cost, call.reserved);
}

#[tokio::test]
async fn wrong_shape_is_told_once_and_then_fails() {
    let rig = rig(vec![Act::Say(r#"{"wrong": 1}"#.to_owned()), Act::Say(RIGHT.to_owned())]).await;
    assert!(rig.ask().await.is_ok(), "claimed and not enforced: the second answer is right");
    let second = &rig.server.requests()[1].body["messages"];
    assert!(second.to_string().contains("does not match the schema"));

    rig.server.script(vec![Act::Say(r#"{"word": 7}"#.to_owned())]);
    let Err(CallError::WrongShape(violations)) = rig.ask().await else { panic!("the shape is wrong twice") };
    assert_eq!(violations[0].pointer, "/word");
}

#[tokio::test]
async fn refused_structure_falls_back_step_by_step_and_stays_there() {
    let say = Act::Say(RIGHT.to_owned());
    let rig =
        rig(vec![Act::RefuseFormat("json_schema", Box::new(Act::RefuseFormat("json_object", Box::new(say))))]).await;
    let answer = rig.ask().await.unwrap();
    assert_eq!((answer.requests, rig.client.structure()), (3, Structure::Plain));
    assert!(
        rig.server.requests()[2].body["messages"].to_string().contains("JSON schema"),
        "the schema stands in the prompt"
    );
    assert_eq!(rig.ask().await.unwrap().requests, 1);
    assert_eq!(rig.ledger.calls()[0].cost, 0, "a refused request costs nothing");
}

#[tokio::test]
async fn too_many_requests_slow_everybody_and_lose_nobody() {
    let server =
        ModelServer::start(vec![Act::Status(429, Some("1"), "slow down".to_owned()), Act::Say(RIGHT.to_owned())]).await;
    let (ledger, budget) = (Arc::new(MemoryLedger::default()), Arc::new(LocalBudget::new(None, None)));
    let gate = Arc::new(LocalGate::default());
    let first = Client::new(provider(&server), gate.clone(), budget.clone(), ledger.clone(), PATIENCE).unwrap();
    let second = Client::new(provider(&server), gate, budget, ledger, PATIENCE).unwrap();
    let (token, question) = (CancellationToken::new(), request());
    let began = Instant::now();
    let late = async {
        tokio::time::sleep(Duration::from_millis(250)).await;
        second.ask(&question, &token).await
    };
    let (a, b) = tokio::join!(first.ask(&question, &token), late);
    assert!(a.is_ok() && b.is_ok());
    assert!(began.elapsed() >= Duration::from_millis(990), "both waited at the gate: {:?}", began.elapsed());
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn redis_gate_is_shared_by_processes_and_falls_back_without_redis() {
    let redis = redis::Client::open(testing::redis().await).unwrap();
    let (one, other) = (RedisGate::new(redis.clone()), RedisGate::new(redis));
    let name = format!("p{}", std::process::id());
    one.close(&name, Duration::from_millis(400)).await;
    one.close(&name, Duration::from_millis(50)).await;
    let began = Instant::now();
    other.enter(&name).await;
    assert!(
        began.elapsed() >= Duration::from_millis(300),
        "the longer time counts, in the other process too: {:?}",
        began.elapsed()
    );
    other.enter("another provider").await;

    let gone = RedisGate::new(redis::Client::open("redis://127.0.0.1:1/").unwrap());
    gone.close(&name, Duration::from_millis(200)).await;
    let began = Instant::now();
    gone.enter(&name).await;
    assert!(began.elapsed() >= Duration::from_millis(150), "{:?}", began.elapsed());
}

#[tokio::test]
async fn failing_server_is_tried_again_and_then_given_up() {
    let fail = Act::Status(500, None, "internal error".to_owned());
    let rig = rig(vec![fail.clone(), Act::Status(503, None, "loading".to_owned()), Act::Say(RIGHT.to_owned())]).await;
    assert_eq!(rig.ask().await.unwrap().requests, 3);
    rig.server.script(vec![fail]);
    assert!(matches!(rig.ask().await, Err(CallError::ServerFailed { status: 500, tries: 3, .. })));
    rig.server.script(vec![Act::Status(401, None, "bad key".to_owned())]);
    let refused = rig.ask().await.unwrap_err();
    assert_eq!(refused, CallError::Refused { status: 401, detail: "bad key".to_owned() });
    assert!(!refused.is_temporary());
    rig.server.script(vec![Act::Status(429, None, "slow down".to_owned())]);
    assert!(matches!(rig.ask().await, Err(CallError::TooManyRequests { tries: 3, retry_after: None })));
}

#[tokio::test]
async fn hanging_and_cut_answers_end_in_time_and_are_paid_by_the_reservation() {
    for (act, outcome) in [
        (Act::Hang, Outcome::TimedOut),
        (Act::HangInside(r#"{"word": "#.to_owned()), Outcome::TimedOut),
        (Act::Break(RIGHT.to_owned(), 2), Outcome::Broken),
        (Act::Fade(RIGHT.to_owned()), Outcome::Broken),
    ] {
        let rig = rig(vec![act.clone(), Act::Say(RIGHT.to_owned())]).await;
        let answer = rig.ask().await;
        assert!(answer.is_ok(), "{act:?}: {answer:?}");
        assert_eq!(rig.outcomes(), [outcome, Outcome::Answered], "{act:?}");
        let first = &rig.ledger.calls()[0];
        assert_eq!(first.cost, first.reserved, "{act:?}: tokens may have been used");
    }
}

#[tokio::test]
async fn what_is_no_answer_is_malformed() {
    for text in ["", "<html>", "{}", r#"{"choices": []}"#, r#"{"error": {"message": "overloaded"}}"#] {
        let rig = rig(vec![Act::Raw(text.to_owned())]).await;
        assert!(matches!(rig.ask().await, Err(CallError::Malformed(_))), "{text}");
    }
}

#[tokio::test]
async fn cancelling_closes_the_connection_at_once() {
    for act in [Act::Hang, Act::HangInside("x".to_owned())] {
        let rig = rig(vec![act]).await;
        let token = CancellationToken::new();
        let stop = token.clone();
        let began = Instant::now();
        let question = request();
        let (asked, ()) = tokio::join!(rig.client.ask(&question, &token), async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            stop.cancel();
        });
        assert_eq!(asked, Err(CallError::Cancelled));
        assert!(began.elapsed() < Duration::from_millis(350), "{:?}", began.elapsed());
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(rig.server.requests()[0].was_abandoned, "the server sees it, and can stop the model");
        assert_eq!(rig.outcomes(), [Outcome::Cancelled]);
    }
}

#[tokio::test]
async fn nothing_is_sent_that_the_budget_cannot_pay() {
    let server = ModelServer::start(vec![Act::Say(RIGHT.to_owned())]).await;
    let budget = Arc::new(LocalBudget::new(None, Some(500)));
    let client = Client::new(
        provider(&server),
        Arc::new(LocalGate::default()),
        budget.clone(),
        Arc::new(MemoryLedger::default()),
        PATIENCE,
    )
    .unwrap();
    let mut answered = 0;
    let refused = loop {
        match client.ask(&request(), &CancellationToken::new()).await {
            Ok(_) => answered += 1,
            Err(error) => break error,
        }
        assert!(answered < 20);
    };
    assert!(matches!(refused, CallError::OverBudget(_)), "{refused}");
    assert_eq!(server.requests().len(), answered);
    assert!(budget.taken() <= 500);
}

/// Many callers at once and random limits: what is spent and set aside never passes a limit.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousand_random_budgets_are_never_exceeded() {
    let mut seed = 7_u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 33) % below).unwrap()
    };
    for _ in 0..1000 {
        let (all, each) = (random(900) + 1, random(500) + 1);
        let budget = Arc::new(LocalBudget::new(Some(all), Some(each)));
        let mut tasks = Vec::new();
        for caller in 0..8 {
            let (budget, amount, part) = (budget.clone(), random(200) + 1, random(101));
            tasks.push(tokio::spawn(async move {
                let Ok(reservation) = budget.reserve(if caller % 2 == 0 { "a" } else { "b" }, amount).await else {
                    return 0;
                };
                assert!(budget.taken() <= all);
                tokio::task::yield_now().await;
                let cost = amount * part / 100;
                budget.settle(reservation, cost).await;
                cost
            }));
        }
        let mut spent = 0;
        for task in tasks {
            spent += task.await.unwrap();
        }
        assert_eq!(budget.taken(), spent);
        assert!(spent <= all);
    }
}

#[tokio::test]
async fn probe_tells_enforcing_servers_from_those_that_only_claim_it() {
    let ledger = MemoryLedger::default();
    for (act, structure, is_enforced, reports_usage) in [
        (Act::Enforce, Structure::JsonSchema, true, true),
        (Act::Say(r#"{"word": "other"}"#.to_owned()), Structure::JsonSchema, false, true),
        (
            Act::RefuseFormat("json_schema", Box::new(Act::WithoutUsage(r#"{"word": "other"}"#.to_owned()))),
            Structure::JsonObject,
            false,
            false,
        ),
    ] {
        let server = ModelServer::start(vec![act.clone()]).await;
        let budget = Arc::new(LocalBudget::new(None, None));
        let seen =
            probe(&provider(&server), Arc::new(LocalGate::default()), budget, &ledger, &CancellationToken::new())
                .await
                .unwrap();
        assert_eq!(
            (seen.structure, seen.is_enforced, seen.reports_usage),
            (structure, is_enforced, reports_usage),
            "{act:?}"
        );
    }
    assert!(!ledger.calls().is_empty());
}
