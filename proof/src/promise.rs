//! The promises, each asked of every state.

use esim_renewal::domain::order::OrderState;

use crate::machine::Machine;
use crate::scenario::Scenario;
use crate::view::Screen;
use crate::world::World;

/// A promise that could be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Promise {
    /// No consent is charged more than once, but for money that the carrier owes back.
    ChargedOnce,
    /// No consent makes more than one order.
    OneOrder,
    /// Nothing but the consented total is charged or asked for.
    OwnTotal,
    /// Nothing is ordered without a consent to just that total.
    OnlyConsented,
    /// What is sent is kept before.
    KeptFirst,
    /// Done is said only of what is done.
    Delivered,
    /// "Nothing was ordered or charged" is said only where nothing is.
    NothingOrdered,
    /// "Nothing was charged" is said of an order that stands only where nothing is.
    NothingCharged,
    /// "Nothing was charged" is said of what is over only where nothing is.
    NothingTaken,
    /// A payment is offered only while no other of the order may bring money.
    PayOffer,
    /// A payment is sent only while no other of the order may bring money.
    OneTry,
}

impl Promise {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::ChargedOnce,
        Self::OneOrder,
        Self::OwnTotal,
        Self::OnlyConsented,
        Self::KeptFirst,
        Self::Delivered,
        Self::NothingOrdered,
        Self::NothingCharged,
        Self::NothingTaken,
        Self::PayOffer,
        Self::OneTry,
    ];

    /// Whether the machine makes it there. Without locks, a copied tab knows nothing of the other's tries: there,
    /// that only one is open is the carrier's part (409 `paymentOpen`), and the machine's that it is charged once all the same.
    pub fn is_made(self, scenario: &Scenario) -> bool {
        let is_carriers = scenario.has_loose_copy() && matches!(self, Self::PayOffer | Self::OneTry);
        !is_carriers && !scenario.known.contains(&self)
    }

    /// Whether a state keeps it. `drawn` is the tab whose screen is new.
    fn is_kept(self, world: &World, drawn: Option<u8>, machine: &Machine, scenario: &Scenario) -> bool {
        let is_top_up = scenario.is_top_up();
        let orders = || (0_u8..).zip(&world.carrier.orders);
        // Without locks, a copied tab's screen is of the moment when it was drawn: what the other one does later is not on it.
        let is_live = |at: u8| !scenario.has_loose_copy() || drawn == Some(at);
        let mut tabs = (0_u8..).zip(&world.tabs).filter(|(at, _)| is_live(*at));
        let charges = |key: u8| {
            let done = |order: crate::carrier::Order| order.state != OrderState::Rejected;
            let order = world.carrier.orders[usize::from(key)].filter(|order| is_top_up && done(*order));
            world.charges(key) + order.map_or(0, |order| order.copies)
        };
        match self {
            Self::ChargedOnce => orders().all(|(key, _)| {
                let owed = world.carrier.payments.iter().flatten().filter(|one| one.attempt == key && one.owed);
                charges(key) - owed.map(crate::carrier::Payment::charges).sum::<u8>() <= 1
            }),
            Self::OneOrder => world.carrier.orders.iter().flatten().all(|order| order.copies == 1),
            Self::OwnTotal => world.carrier.payments.iter().flatten().all(|payment| {
                payment.charges() == 0 || world.consents[usize::from(payment.attempt)] == Some(payment.price)
            }),
            Self::OnlyConsented => {
                orders().all(|(key, order)| order.is_none() || world.consents[usize::from(key)].is_some())
            }
            Self::Delivered => tabs.all(|(_, tab)| {
                let view = machine.view(tab.stage);
                let order = view.attempt.and_then(|key| world.carrier.orders[usize::from(key)]);
                view.screen != Screen::Delivered || order.is_some_and(|order| order.state == OrderState::Completed)
            }),
            Self::NothingOrdered => tabs.all(|(_, tab)| {
                let order = tab.refused.and_then(|key| world.carrier.orders[usize::from(key)]);
                order.is_none_or(|order| order.state == OrderState::Rejected)
            }),
            Self::NothingCharged | Self::NothingTaken => tabs.all(|(_, tab)| {
                let view = machine.view(tab.stage);
                let is_over = matches!(view.screen, Screen::Ended(_));
                let says_so = view.says_nothing_was_charged(is_top_up) && is_over == (self == Self::NothingTaken);
                !says_so || view.attempt.is_none_or(|key| charges(key) == 0)
            }),
            Self::PayOffer => tabs.all(|(_, tab)| {
                let view = machine.view(tab.stage);
                !view.offers_to_pay()
                    || view.attempt.is_none_or(|key| !world.another_may_capture(key, None, scenario.idempotent))
            }),
            // Asked when something is sent.
            Self::KeptFirst | Self::OneTry => true,
        }
    }
}

/// The first promise that a state breaks.
pub fn broken(world: &World, drawn: Option<u8>, machine: &Machine, scenario: &Scenario) -> Option<Promise> {
    let mut made = Promise::ALL.into_iter().filter(|promise| promise.is_made(scenario));
    made.find(|promise| !promise.is_kept(world, drawn, machine, scenario))
}
