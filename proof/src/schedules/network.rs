//! The network between a page and the carrier's router, and what goes wrong on it. What the page makes of an answer is
//! what `carrier/transport.rs` makes of it, which only runs in a browser.

use esim_renewal::carrier::json::Json;
use esim_renewal::carrier::{CarrierError, ParseError, Request};
use serde_json::{Value, json};

use super::call::Call;
use super::fault::Fault;
use super::shop::Reply;
use super::world::{Shared, World};

/// How long a page waits for an answer.
const TIME_LIMIT: i64 = 15_000;

/// What a page may read.
pub type Read = Result<(Json, bool), CarrierError>;

/// Sends one request, once.
pub async fn exchange(world: &Shared, at: usize, request: &Request, token: Option<&str>) -> Read {
    let call = Call::of(request);
    if let Some(script) = &world.script {
        return script.exchange(world, at, call, request, token).await;
    }
    let fault = draw(world, at, call);
    send(world, call, request, token, fault).await
}

/// What goes wrong with the next call.
pub fn draw(world: &World, at: usize, call: Call) -> Option<Fault> {
    let is_faulty = world.is_stormy.get() && world.chance(world.plan.faults);
    let fault = is_faulty.then(|| world.rng.borrow_mut().pick(&Fault::ALL, Fault::ALL[0]).0);
    world.trace.borrow_mut().call(world.time.now(), World::place(at), call, fault);
    fault
}

async fn send(world: &Shared, call: Call, request: &Request, token: Option<&str>, fault: Option<Fault>) -> Read {
    let (up, down) = (world.between(10, 150), world.between(10, 150));
    let is_lost = fault == Some(Fault::DropBefore);
    if fault == Some(Fault::Late) {
        return late(world, call, request, token).await;
    }
    let binding = u32::from(call.is_binding() && !is_lost);
    world.on_their_way.set(world.on_their_way.get() + binding);
    world.time.sleep(up).await;
    world.on_their_way.set(world.on_their_way.get() - binding);
    let wait = world.between(0, 3);
    match fault {
        Some(Fault::DropBefore) => return Err(CarrierError::NoReply),
        Some(busy @ (Fault::Busy429 | Fault::Busy503)) => {
            world.time.sleep(down).await;
            let wait_ms = u32::try_from(wait * 1_000).ok();
            return Err(CarrierError::Busy { wait_ms, undone: busy == Fault::Busy429 });
        }
        Some(Fault::Fail500) => {
            world.time.sleep(down).await;
            return Err(CarrierError::Failing(500));
        }
        Some(Fault::TokenExpired) => {
            world.time.sleep(down).await;
            return Err(CarrierError::SignedOut);
        }
        _ => {}
    }
    let mut reply = reach(world, call, request, token);
    if fault == Some(Fault::Duplicate) {
        world.judge.borrow_mut().top_up_twice |= call.name() == "topup";
        if world.chance(50) {
            reply = reach(world, call, request, token);
        } else {
            again_later(world, call, request, token);
        }
    }
    if fault == Some(Fault::Delay) {
        let delay = world.between(500, 25_000);
        world.time.sleep(delay.min(TIME_LIMIT)).await;
        if delay > TIME_LIMIT {
            return Err(CarrierError::TimedOut);
        }
    }
    world.time.sleep(down).await;
    match fault {
        Some(Fault::DropAfter) => Err(CarrierError::NoReply),
        Some(Fault::Fail500After) => Err(CarrierError::Failing(500)),
        Some(Fault::Html) => Err(CarrierError::Failing(502)),
        Some(Fault::Truncated) => {
            let half = reply.text.chars().take(reply.text.chars().count() / 2).collect();
            read(&Reply { text: half, ..reply })
        }
        Some(Fault::WrongJson) => read(&of_another_shape(reply)),
        Some(Fault::UnknownState) => read(&in_unknown_state(reply)),
        _ => read(&reply),
    }
}

/// The request is long on its way: the page may have given up when it arrives.
async fn late(world: &Shared, call: Call, request: &Request, token: Option<&str>) -> Read {
    let delay = if world.chance(40) { world.between(500, 14_000) } else { world.between(15_000, 240_000) };
    let binding = u32::from(call.is_binding());
    world.on_their_way.set(world.on_their_way.get() + binding);
    if delay < TIME_LIMIT {
        world.time.sleep(delay).await;
        world.on_their_way.set(world.on_their_way.get() - binding);
        return read(&reach(world, call, request, token));
    }
    // A question that nobody waits for any more is not worth asking.
    if call.is_binding() {
        arrive(world, delay, call, request, token);
    }
    world.time.sleep(TIME_LIMIT).await;
    Err(CarrierError::TimedOut)
}

/// The same request arrives once more, and nobody reads the answer.
fn again_later(world: &Shared, call: Call, request: &Request, token: Option<&str>) {
    if call.is_binding() {
        world.on_their_way.set(world.on_their_way.get() + 1);
        arrive(world, world.between(100, 60_000), call, request, token);
    }
}

fn arrive(world: &Shared, delay: i64, call: Call, request: &Request, token: Option<&str>) {
    let (later, request, token) = (world.clone(), request.clone(), token.map(str::to_owned));
    world.spawn(async move {
        later.time.sleep(delay).await;
        later.on_their_way.set(later.on_their_way.get() - 1);
        later.note("network", &["arrives after all:", call.name()]);
        reach(&later, call, &request, token.as_deref());
    });
}

/// The carrier does it. What is said elsewhere at that moment must still be so.
pub fn reach(world: &Shared, call: Call, request: &Request, token: Option<&str>) -> Reply {
    let reply = world.shop.send(request, token);
    world.note("carrier", &[call.name(), status(reply.status)]);
    if call.is_binding() {
        world.look_around();
    }
    reply
}

const fn status(status: u16) -> &'static str {
    match status {
        200 => "200",
        201 => "201",
        400 => "400",
        401 => "401",
        404 => "404",
        409 => "409",
        422 => "422",
        500 => "500",
        599 => "none",
        _ => "other",
    }
}

/// What the page makes of an answer.
pub fn read(reply: &Reply) -> Read {
    let body = Json::parse(&reply.text);
    match reply.status {
        status @ 200..=299 => match body {
            Some(body) => Ok((body, status == 206)),
            None => Err(CarrierError::Unreadable(ParseError { field: "body" })),
        },
        401 => Err(CarrierError::SignedOut),
        status @ (429 | 503) => Err(CarrierError::Busy { wait_ms: None, undone: status == 429 }),
        status @ 400..=499 => {
            let code = reply.json()["code"].as_str().map(str::to_owned);
            Err(CarrierError::Refused { status, code })
        }
        status => Err(CarrierError::Failing(status)),
    }
}

/// A list where a resource belongs, and a resource where a list does.
fn of_another_shape(reply: Reply) -> Reply {
    let said = json!({ "message": "Done." });
    let other = if reply.json().is_array() { said } else { json!([said]) };
    Reply { text: other.to_string(), ..reply }
}

/// An unknown word as each `state` and `status` of what was done.
fn in_unknown_state(reply: Reply) -> Reply {
    if !(200..300).contains(&reply.status) {
        return reply;
    }
    let mut value = reply.json();
    set_states(&mut value);
    Reply { text: value.to_string(), ..reply }
}

fn set_states(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if matches!(name.as_str(), "state" | "status") && member.is_string() {
                    *member = Value::from("assessing");
                } else {
                    set_states(member);
                }
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(set_states),
        _ => {}
    }
}
