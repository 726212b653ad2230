//! TMF677: what is left of a plan.

use crate::shop::{ALICE, BRUNO, CHIARA, SECOND, Shop, Subscriber, refused, time};
use esim_renewal::carrier::usage_consumption::{GetUsageQuery, QueryUsage, UsageQuery};
use esim_renewal::domain::advice::{Advice, Candidate, Habit, NoAdvice, advise};
use esim_renewal::domain::allowance::{Usage, Volume};
use esim_renewal::domain::consumption::Bucket;
use esim_renewal::domain::forecast::{Forecast, cost_beyond, forecast};
use esim_renewal::domain::id::{ProductId, QueryId};

pub const GB: u64 = 1_000_000_000;

fn bucket(usage: Usage, remaining: Volume, initial: Option<u64>) -> Bucket {
    let name = match usage {
        Usage::Data => "Data",
        Usage::Voice => "Calls",
        Usage::Messages => "Messages",
    };
    Bucket { usage, name: Some(name.to_owned()), remaining, initial, starts: None }
}

/// A query is asked by its id until the carrier has counted.
#[tokio::test]
async fn a_query_runs_until_it_is_done() {
    let alice = Subscriber::new(ALICE).await;
    let asked = alice.call(&QueryUsage { line: &alice.line.id }).await.unwrap();
    let UsageQuery::Running(id) = asked.clone() else { panic!("{asked:?}") };
    assert_eq!(alice.call(&GetUsageQuery { id: id.clone() }).await, Ok(asked));
    alice.shop.clock.advance(SECOND);
    let done = alice.call(&GetUsageQuery { id }).await.unwrap();
    assert!(matches!(done, UsageQuery::Done(_)), "{done:?}");
}

/// Plenty, nearly nothing and nothing are read to the megabyte and the minute.
#[tokio::test]
async fn what_is_left_is_read_exactly() {
    let shop = Shop::new();
    let unlimited = bucket(Usage::Messages, Volume::Unlimited, None);
    for (msisdn, buckets, low) in [
        (
            ALICE,
            [
                bucket(Usage::Data, Volume::Of(14_800_000_000), Some(20 * GB)),
                bucket(Usage::Voice, Volume::Of(193 * 60), Some(240 * 60)),
                unlimited.clone(),
            ],
            false,
        ),
        (
            BRUNO,
            [
                bucket(Usage::Data, Volume::Of(400_000_000), Some(10 * GB)),
                bucket(Usage::Voice, Volume::Of(24 * 60), Some(120 * 60)),
                unlimited.clone(),
            ],
            true,
        ),
        (
            CHIARA,
            [
                bucket(Usage::Data, Volume::Of(0), Some(3 * GB)),
                bucket(Usage::Voice, Volume::Of(0), Some(30 * 60)),
                bucket(Usage::Messages, Volume::Of(0), Some(100)),
            ],
            true,
        ),
    ] {
        let subscriber = shop.sign_in(msisdn).await;
        let as_of = Some(time("2026-11-22T13:05:00Z"));
        let mut left = subscriber.consumption().await;
        for bucket in &mut left.buckets {
            assert!(bucket.starts.take().is_some_and(|start| Some(start) < as_of), "{bucket:?}");
        }
        assert_eq!(left.buckets, buckets);
        assert_eq!(subscriber.consumption().await.data().unwrap().is_low(), low);
    }
}

/// The time of the count is the carrier's, not the time of asking for it.
#[tokio::test]
async fn the_count_has_its_own_time() {
    let alice = Subscriber::new(ALICE).await;
    alice.shop.clock.advance(5 * SECOND);
    assert_eq!(alice.consumption().await.as_of, Some(time("2026-11-22T13:05:05Z")));
}

/// Asking twice asks two questions, each of which is answered: the call may be repeated.
#[tokio::test]
async fn a_question_may_be_asked_twice() {
    let alice = Subscriber::new(ALICE).await;
    let ask = QueryUsage { line: &alice.line.id };
    let (first, second) = (alice.call(&ask).await.unwrap(), alice.call(&ask).await.unwrap());
    assert_ne!(first, second);
    assert_eq!(alice.consumption().await.buckets, alice.consumption().await.buckets);
}

/// Another's line and another's query are as unknown as none.
#[tokio::test]
async fn nobody_counts_for_another() {
    let alice = Subscriber::new(ALICE).await;
    let bruno = alice.shop.sign_in(BRUNO).await;
    let line = ProductId::new("line-1").unwrap();
    assert_eq!(bruno.call(&QueryUsage { line: &line }).await, Err(refused(422, "unknownLine")));
    let Ok(UsageQuery::Running(id)) = alice.call(&QueryUsage { line: &line }).await else { panic!("not running") };
    assert_eq!(bruno.call(&GetUsageQuery { id }).await, Err(refused(404, "notFound")));
    let id = QueryId::new("../line?é").unwrap();
    assert_eq!(alice.call(&GetUsageQuery { id }).await, Err(refused(404, "notFound")));
}

async fn advice(who: &Subscriber) -> Result<Advice, NoAdvice> {
    let plans = crate::catalogue::offerings(&who.shop).await;
    let candidates: Vec<_> =
        plans.iter().filter_map(|one| Some(Candidate { offering: one, price: one.price.fixed()? })).collect();
    advise(&who.consumption().await, &candidates)
}

/// From what the carrier says of the periods before: half of it would do, more is needed, it fits, and too little is known.
#[tokio::test]
async fn what_earlier_periods_used_leads_to_one_plan() {
    let shop = Shop::new();
    // Alice would need less data, and makes more calls than the smaller plan holds.
    for (msisdn, plan, habit, ran_out, by_data) in [
        (ALICE, "riviera-20", Habit::Light, 0, false),
        (BRUNO, "riviera-20", Habit::Heavy, 2, true),
        (crate::shop::DORA, "riviera-10", Habit::Normal, 0, true),
    ] {
        let who = shop.sign_in(msisdn).await;
        let advice = advice(&who).await.unwrap();
        assert_eq!((advice.offering.as_str(), advice.habit, advice.ran_out), (plan, habit, ran_out), "{msisdn}");
        assert_eq!((advice.periods, advice.by_data), (3, by_data));
    }
    assert_eq!(advice(&shop.sign_in(CHIARA).await).await, Err(NoAdvice::TooEarly));
}

/// Bruno's data ends before his plan does, and what he would use beyond it has its price.
#[tokio::test]
async fn what_runs_out_is_foreseen() {
    let bruno = Subscriber::new(BRUNO).await;
    let left = bruno.consumption().await;
    let ends = bruno.plan.ends.unwrap();
    let Some(Forecast::RunsOut { at, beyond, .. }) = forecast(left.data().unwrap(), left.as_of.unwrap(), ends) else {
        panic!("{left:?}")
    };
    assert!(at < ends && at > left.as_of.unwrap());
    let plans = crate::catalogue::offerings(&bruno.shop).await;
    let price = plans.iter().find(|one| Some(&one.id) == bruno.plan.offering.as_ref()).unwrap().beyond.unwrap();
    assert!(cost_beyond(beyond, price).is_some_and(|cost| !cost.is_zero()));
    let alice = bruno.shop.sign_in(ALICE).await;
    let left = alice.consumption().await;
    let forecast = forecast(left.data().unwrap(), left.as_of.unwrap(), alice.plan.ends.unwrap());
    assert!(matches!(forecast, Some(Forecast::Lasts { .. })), "{forecast:?}");
}
