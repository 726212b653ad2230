//! Which ways of the model are taken: to each kind of state the shortest, and from there each action once.

use std::collections::HashSet;

use esim_renewal::app::checkout::Stage;
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::PaymentStatus;

use crate::action::{Action, Deed, Fate};
use crate::carrier::Verdict;
use crate::choices::actions;
use crate::fingerprint::fingerprint;
use crate::model::Model;
use crate::scenario::Scenario;
use crate::view::Screen;
use crate::world::{Post, Tab, World};

/// So many states are looked at.
const STATES: usize = 60_000;

/// Ways of the model.
pub struct Ways {
    /// Each as its actions.
    pub all: Vec<Vec<Action>>,
}

impl Ways {
    /// The shortest way to each kind of state of a world and each action there, as far as the sandbox can go it.
    pub fn of(scenario: Scenario, most: usize) -> Self {
        let mut model = Model::new(Stage::step, scenario);
        let mut seen = HashSet::from([fingerprint(&World::default())]);
        let mut taken = HashSet::new();
        let mut ends = vec![];
        let mut states = vec![(World::default(), usize::MAX, None)];
        let mut at = 0;
        while at < states.len() && ends.len() < most {
            let world = states[at].0;
            let here = kind(&world, &model);
            for action in actions(&world, &model.machine, &scenario) {
                if !can_go(&world, &model, action) {
                    continue;
                }
                if taken.insert((here.clone(), action)) {
                    ends.push((at, action));
                }
                let next = model.apply(&world, action).world;
                if states.len() < STATES && seen.insert(fingerprint(&next)) {
                    states.push((next, at, Some(action)));
                }
            }
            at += 1;
        }
        ends.truncate(most);
        let way = |(end, last): (usize, Action)| {
            let (mut way, mut at) = (vec![last], end);
            while let Some((_, from, Some(action))) = states.get(at) {
                way.push(*action);
                at = *from;
            }
            way.reverse();
            way
        };
        Self { all: ends.into_iter().map(way).collect() }
    }
}

/// States of one kind: the same in each tab, the same at the carrier, and whether something is on its way for nobody.
type Kind = ([Shown; 2], Vec<OrderState>, Vec<(PaymentStatus, bool, bool)>, bool);

/// What a tab shows and waits for: the screen, how often it has looked, a POST, and what was read of a look.
type Shown = (Screen, u8, Option<(bool, bool)>, [bool; 2]);

fn kind(world: &World, model: &Model) -> Kind {
    let shown = world.tabs.map(|tab| {
        let view = model.machine.view(tab.stage);
        let call = tab.call.map(|call| (matches!(call.post, Post::Order(..)), call.reply.is_some()));
        let look = tab.looks[0];
        let read = [look.is_some_and(|look| look.order.is_some()), look.is_some_and(|look| look.payment.is_some())];
        (view.screen, view.looks, call, read)
    });
    let orders = world.carrier.orders.iter().flatten().map(|order| order.state).collect();
    let payments = world.carrier.payments.iter().flatten().map(|one| (one.status, one.visited, one.refunded)).collect();
    let strays = world.stray_orders.iter().chain(&world.stray_payments).any(|count| *count > 0);
    (shown, orders, payments, strays)
}

/// Whether the sandbox, and the network of a script, can do what the model's do.
fn can_go(world: &World, model: &Model, action: Action) -> bool {
    let carrier = &world.carrier;
    let is_pending =
        |attempt: u8| carrier.orders[usize::from(attempt)].is_some_and(|one| one.state == OrderState::Pending);
    let status = |key: u8| carrier.payments[usize::from(key)].map(|payment| payment.status);
    // The sandbox does by the clock what the model's carrier does at any time: with all orders and payments at once.
    let are = |state| carrier.orders.iter().flatten().filter(|order| order.state == state).count();
    let agreed = carrier.payments.iter().flatten().filter(|one| one.status == PaymentStatus::Authorized).count();
    match action {
        Action::Echo(_) | Action::Carrier(Deed::EndAs(..)) => false,
        Action::Call(at, Fate::Arrive(Verdict::Take)) => match world.tabs[usize::from(at)].call.map(|call| call.post) {
            // The model's carrier refuses what comes too late. The sandbox says 409, which the widget looks into.
            Some(Post::Payment(attempt, _)) => is_pending(attempt),
            _ => true,
        },
        Action::Call(_, fate) => !matches!(fate, Fate::Arrive(_) | Fate::NotSent | Fate::AnsweredTwice),
        Action::StrayOrder(_, verdict) | Action::StrayPayment(_, verdict) => {
            matches!(verdict, None | Some(Verdict::Take))
        }
        // What was read of a look is not read again after many others.
        Action::Later(at) => {
            let look = world.tabs[usize::from(at)].looks[0];
            look.is_some_and(|look| look.order.is_none() && (look.what.this.is_none() || look.payment.is_none()))
        }
        Action::Carrier(Deed::Complete(_)) => are(OrderState::InProgress) == 1 && agreed == 0,
        Action::Carrier(Deed::Capture(key)) if status(key) == Some(PaymentStatus::Authorized) => {
            are(OrderState::InProgress) == 0 && agreed == 1
        }
        Action::Carrier(Deed::Cancel(_)) => {
            // When half an hour goes by, a price that is on a screen, or in an order on its way, is over.
            let is_priced =
                |tab: &Tab| matches!(model.machine.view(tab.stage).screen, Screen::Reviewing | Screen::Ordering);
            let is_alone = are(OrderState::Pending) == 1 && are(OrderState::InProgress) == 0 && agreed == 0;
            let is_taken = |(consent, order): (&Option<u8>, &Option<_>)| consent.is_none() || order.is_some();
            is_alone && !world.tabs.iter().any(is_priced) && world.consents.iter().zip(&carrier.orders).all(is_taken)
        }
        Action::Carrier(Deed::Deny(key)) => status(key) == Some(PaymentStatus::Open),
        _ => true,
    }
}
