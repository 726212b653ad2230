//! TMF677 Usage Consumption: what is left of a plan.

use super::json::{Json, list, object};
use super::wire::Wire;
use super::{Api, Operation, ParseError, Request, profile};
use crate::domain::allowance::{Usage, Volume};
use crate::domain::consumption::{Bucket, Consumption, Past};
use crate::domain::id::{ProductId, QueryId};

/// Where a usage query stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsageQuery {
    /// The carrier is still counting: to be asked again by this id.
    Running(QueryId),
    /// Counted.
    Done(Consumption),
    /// The carrier gave up.
    Failed,
}

/// `POST /queryUsageConsumption` (TMF677): begins to count what is left on a line. A question, so it may be repeated.
pub struct QueryUsage<'a> {
    /// The line.
    pub line: &'a ProductId,
}

impl Operation for QueryUsage<'_> {
    type Output = UsageQuery;

    fn request(&self) -> Request {
        let line = object! { "id": self.line.as_str() };
        let body = object! { "searchCriteria": object! { "product": list![line] } };
        Request::post(Api::UsageConsumption, &["queryUsageConsumption"], &body).repeatable()
    }

    fn parse(&self, body: &Json) -> Result<UsageQuery, ParseError> {
        read_query(body)
    }
}

/// `GET /queryUsageConsumption/{id}` (TMF677): asks again.
pub struct GetUsageQuery {
    /// The query.
    pub id: QueryId,
}

impl Operation for GetUsageQuery {
    type Output = UsageQuery;

    fn request(&self) -> Request {
        Request::get(Api::UsageConsumption, &["queryUsageConsumption", self.id.as_str()])
    }

    fn parse(&self, body: &Json) -> Result<UsageQuery, ParseError> {
        read_query(body)
    }
}

fn read_query(body: &Json) -> Result<UsageQuery, ParseError> {
    let consumptions = body.list("usageConsumption");
    let state = |word: &str| consumptions.iter().any(|one| one.text("state") == Some(word));
    if state("terminatedWithError") {
        return Ok(UsageQuery::Failed);
    }
    let done = !consumptions.is_empty() && consumptions.iter().all(|one| one.text("state") == Some("done"));
    if !done {
        let id = QueryId::new(body.need_text("id")?);
        return id.map(UsageQuery::Running).ok_or(ParseError { field: "id" });
    }
    let buckets = || consumptions.iter().flat_map(|one| one.list("bucketRefOrValue"));
    let is_past = |bucket: &&Json| bucket.text("status") == Some(profile::PAST);
    Ok(UsageQuery::Done(Consumption {
        as_of: consumptions.iter().find_map(|one| one.time("lastUpdate")),
        buckets: buckets().filter(|bucket| !is_past(bucket)).filter_map(read_bucket).collect(),
        past: buckets().filter(is_past).filter_map(read_past).collect(),
    }))
}

fn usage_of(entry: &Json) -> Option<Usage> {
    Some(match entry.text("usageType")? {
        "data" => Usage::Data,
        "voice" => Usage::Voice,
        "messages" => Usage::Messages,
        _ => return None,
    })
}

fn read_volume(usage: Usage, quantity: &Json) -> Option<Volume> {
    Volume::parse(usage, quantity.number("amount")?, quantity.text("units")?).ok()
}

/// What a counter of a bucket says, in base units.
fn counter(entry: &Json, usage: Usage, name: &str) -> Option<u64> {
    let mut counters = entry.list("bucketCounter").iter();
    let counter = counters.find(|counter| counter.text("counterType") == Some(name))?;
    match read_volume(usage, counter.field("value"))? {
        Volume::Of(volume) => Some(volume),
        Volume::Unlimited => None,
    }
}

/// `None` for a bucket that is not understood: it is not shown, the others are.
fn read_bucket(entry: &Json) -> Option<Bucket> {
    let usage = usage_of(entry)?;
    let remaining = if entry.text("remainingValueName") == Some(profile::UNLIMITED) {
        Volume::Unlimited
    } else {
        read_volume(usage, entry.field("remainingValue"))?
    };
    Some(Bucket {
        usage,
        name: entry.text("name").map(str::to_owned),
        remaining,
        initial: counter(entry, usage, profile::INITIAL),
        starts: entry.field("validFor").time("startDateTime"),
    })
}

fn read_past(entry: &Json) -> Option<Past> {
    let usage = usage_of(entry)?;
    let valid = entry.field("validFor");
    let (starts, ends) = (valid.time("startDateTime")?, valid.time("endDateTime")?);
    let used = counter(entry, usage, profile::USED)?;
    (starts < ends).then_some(Past { usage, used, initial: counter(entry, usage, profile::INITIAL), starts, ends })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn query(state: &str) -> Value {
        json!({ "id": "query-1", "usageConsumption": [{ "state": state, "lastUpdate": "2026-11-22T13:05:00Z", "bucketRefOrValue": [
            { "usageType": "data", "remainingValue": { "amount": 2.8, "units": "GB" },
              "bucketCounter": [{ "counterType": "used", "value": { "amount": 7.2, "units": "GB" } },
                                { "counterType": "initial", "value": { "amount": 10, "units": "GB" } }] },
            { "usageType": "messages", "remainingValueName": "unlimited" },
            { "usageType": "data", "remainingValue": { "amount": 1, "units": "parsec" } },
            { "usageType": "fax", "remainingValue": { "amount": 1, "units": "page" } }] }] })
    }

    #[test]
    fn reads_what_is_left() {
        let Ok(UsageQuery::Done(consumption)) = read_query(&query("done").into()) else { panic!("not done") };
        assert_eq!(consumption.buckets.len(), 2);
        assert_eq!(consumption.data().and_then(Bucket::permille_left), Some(280));
        assert!(consumption.as_of.is_some());
    }

    #[test]
    fn reads_what_earlier_periods_used() {
        let mut entry = query("done");
        let period = json!({ "startDateTime": "2026-10-01T00:00:00Z", "endDateTime": "2026-10-31T00:00:00Z" });
        let used = |amount: f64| json!([{ "counterType": "used", "value": { "amount": amount, "units": "GB" } }]);
        let past = |period: &Value, counters: Value| json!({ "usageType": "data", "status": "past", "validFor": period, "bucketCounter": counters });
        entry["usageConsumption"][0]["bucketRefOrValue"] =
            json!([past(&period, used(7.2)), past(&json!({}), used(1.0)), past(&period, json!([]))]);
        let Ok(UsageQuery::Done(consumption)) = read_query(&entry.into()) else { panic!("not done") };
        assert_eq!(consumption.buckets, [], "what is over is not left");
        let read: Vec<_> = consumption.past_of(Usage::Data).map(|past| (past.used, past.initial)).collect();
        assert_eq!(read, [(7_200_000_000, None)]);
    }

    #[test]
    fn goes_on_asking_until_all_is_counted() {
        let running = UsageQuery::Running(QueryId::new("query-1").unwrap());
        assert_eq!(read_query(&query("inProgress").into()), Ok(running.clone()));
        assert_eq!(read_query(&query("accepted").into()), Ok(running.clone()));
        assert_eq!(read_query(&json!({ "id": "query-1" }).into()), Ok(running));
        assert_eq!(read_query(&query("terminatedWithError").into()), Ok(UsageQuery::Failed));
        assert!(read_query(&json!({}).into()).is_err());
    }
}
