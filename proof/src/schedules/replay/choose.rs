//! Which ways of the model are taken: to each kind of state the shortest, and from there each action once.

use std::collections::HashSet;

use esim_renewal::app::checkout::Stage;
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::PaymentStatus;

use crate::action::{Action, Deed, Fate, Tap};
use crate::carrier::Verdict;
use crate::choices::actions;
use crate::fingerprint::fingerprint;
use crate::model::Model;
use crate::scenario::Scenario;
use crate::view::Screen;
use crate::world::{Post, World};

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

/// States of one kind: the same screen, the same on its way, the same at the carrier.
type Kind = (Screen, u8, Option<(bool, bool)>, Vec<OrderState>, Vec<(PaymentStatus, bool, bool)>, [bool; 3]);

fn kind(world: &World, model: &Model) -> Kind {
    let tab = &world.tabs[0];
    let view = model.machine.view(tab.stage);
    let call = tab.call.map(|call| (matches!(call.post, Post::Order(..)), call.reply.is_some()));
    let orders = world.carrier.orders.iter().flatten().map(|order| order.state).collect();
    let payments = world.carrier.payments.iter().flatten().map(|one| (one.status, one.visited, one.refunded)).collect();
    let look = tab.looks[0];
    let rest = [
        world.stray_orders.iter().chain(&world.stray_payments).any(|count| *count > 0),
        look.is_some_and(|look| look.order.is_some()),
        look.is_some_and(|look| look.payment.is_some()),
    ];
    (view.screen, view.looks, call, orders, payments, rest)
}

/// Whether the sandbox, and the network of a script, can do what the model's do.
fn can_go(world: &World, model: &Model, action: Action) -> bool {
    let carrier = &world.carrier;
    let is_pending =
        |attempt: u8| carrier.orders[usize::from(attempt)].is_some_and(|one| one.state == OrderState::Pending);
    let status = |key: u8| carrier.payments[usize::from(key)].map(|payment| payment.status);
    match action {
        Action::Tap(_, Tap::Copy) | Action::Echo(_) | Action::Carrier(Deed::EndAs(..)) => false,
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
        // The sandbox pays an order by what the bank agreed to in time.
        Action::Carrier(Deed::Cancel(key)) => {
            let agreed = carrier
                .payments
                .iter()
                .flatten()
                .any(|one| one.attempt == key && one.status == PaymentStatus::Authorized);
            // When half an hour goes by, a price that is on the screen is over.
            let screen = model.machine.view(world.tabs[0].stage).screen;
            !agreed && !matches!(screen, Screen::Reviewing | Screen::Ordering)
        }
        Action::Carrier(Deed::Deny(key)) => status(key) == Some(PaymentStatus::Open),
        _ => true,
    }
}
