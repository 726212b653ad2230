//! The ways to pay, by reference: a card's number is never typed here.

use super::super::context::Ui;
use super::super::live::live;
use super::super::text::fill;
use super::frame::runner;
use super::words::words;
use crate::domain::basket::Basket;
use crate::domain::money::Money;
use crate::domain::offering::OfferingKind;
use crate::domain::payment::{MethodKind, PaymentMethod};
use leptos::prelude::*;
use markup::html;

/// The choice between the ways to pay; nothing where there is none.
#[component]
pub fn Methods(
    /// What is paid for.
    basket: Basket,
    /// The total.
    total: Money,
    /// Whether order and payment are one: then no page can follow.
    #[prop(optional)]
    at_once: bool,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let chosen = runner.chosen;
    let holds_credit = basket.items.iter().any(|item| item.kind == OfferingKind::Credit);
    live(move || {
        let balance = ui.app.balance.get();
        // Credit cannot be paid with credit, nor with too little of it.
        let has_enough = || balance.and_then(|left| left.compare(total)).is_some_and(std::cmp::Ordering::is_ge);
        let can_pay = |one: &PaymentMethod| match one.method.kind {
            MethodKind::Credit => !holds_credit && has_enough(),
            MethodKind::Hosted | MethodKind::Page | MethodKind::Wallet => !at_once,
            MethodKind::Card | MethodKind::Billing => true,
        };
        let methods: Vec<_> = runner.methods.get().into_iter().filter(can_pay).collect();
        // What was chosen stays while it can be used; until then it is where nothing happens by itself: the fields of the
        // page around, or the carrier's page.
        let known = chosen.get_untracked().filter(|one| methods.iter().any(|method| method.method == *one));
        let of = |kind| methods.iter().find(|one| one.method.kind == kind);
        let calm = of(MethodKind::Page).or_else(|| of(MethodKind::Hosted));
        let current = known.or_else(|| calm.or(methods.first()).map(|one| one.method.clone()));
        chosen.set(current.clone());
        let current = current.filter(|one| methods.len() > 1 || one.kind != MethodKind::Hosted)?;
        let choice = |one: PaymentMethod| {
            let text = name(ui, &one, balance);
            let is_chosen = (one.method == current).then_some("");
            html! {
                <label class="check">
                    <input type="radio" name=ui.id("method") checked=is_chosen on:change=move |_| chosen.set(Some(one.method.clone())) />
                    <span>{text}</span>
                </label>
            }
        };
        let choices = methods.into_iter().map(choice).collect_view();
        Some(html! { <fieldset class="field methods"><legend>{w.how_to_pay}</legend>{choices}</fieldset> })
    })
}

fn name(ui: Ui, one: &PaymentMethod, balance: Option<Money>) -> String {
    let w = words();
    match one.method.kind {
        MethodKind::Hosted => ui.with_carrier(w.pay_hosted),
        MethodKind::Page => w.pay_page.to_owned(),
        MethodKind::Wallet => w.pay_wallet.to_owned(),
        MethodKind::Billing => ui.with_carrier(w.pay_billing),
        MethodKind::Credit => {
            let amount = balance.map(|left| ui.write(|format| format.money(left))).unwrap_or_default();
            fill(w.pay_credit, &[("amount", &amount)])
        }
        MethodKind::Card => {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            fill(w.pay_card, &[("brand", &text(&one.brand)), ("digits", &text(&one.last_four))])
        }
    }
}
