//! Asks for a token with which the carrier can take the money: the page around, by its payment handler, or a wallet of the
//! browser (Payment Request API, W3C). What a card's number is stays there.

use super::super::checkout::{Entered, Event, PaymentTry, Stage};
use super::super::handle::Report;
use super::Runner;
use crate::carrier::json::object;
use crate::domain::id::{MethodId, OrderId, TryKey};
use crate::domain::money::Money;
use crate::domain::payment::{Denial, Method, MethodKind, PaymentMethod, PaymentStatus};
use gloo_timers::future::TimeoutFuture;
use js_sys::{JSON, Object, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen]
extern "C" {
    type PaymentRequest;

    #[wasm_bindgen(constructor, catch)]
    fn new(methods: &JsValue, details: &JsValue) -> Result<PaymentRequest, JsValue>;
    #[wasm_bindgen(method, catch, js_name = canMakePayment)]
    fn can_make_payment(this: &PaymentRequest) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn show(this: &PaymentRequest) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn abort(this: &PaymentRequest) -> Result<Promise, JsValue>;

    type PaymentResponse;

    #[wasm_bindgen(method, getter)]
    fn details(this: &PaymentResponse) -> JsValue;
    #[wasm_bindgen(method, catch)]
    fn complete(this: &PaymentResponse, result: &str) -> Result<Promise, JsValue>;
}

/// After so many milliseconds whoever was told that nobody waits any more is not waited for either.
const PATIENCE: u32 = 3_000;

/// Who is asked for a token at the moment. Dropped, they are told that nobody waits any more.
pub(super) struct Asked {
    page: AbortController,
    wallet: Option<PaymentRequest>,
}

impl Asked {
    fn stop(&self) {
        self.page.abort();
        if let Some(wallet) = &self.wallet {
            // One that is closed already has nothing to stop.
            let _ = wallet.abort();
        }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Runner {
    /// The ways to pay that this page and this browser add to the carrier's.
    pub(super) async fn add_own_methods(self, methods: &mut Vec<PaymentMethod>) {
        let handler = self.app.payment_handler();
        let wallet = self.app.config.try_with_value(|config| config.wallet.clone()).flatten();
        let has_wallet = match wallet {
            Some(wallet) => can_pay(&wallet).await,
            None => false,
        };
        for (kind, _) in
            [(MethodKind::Wallet, has_wallet), (MethodKind::Page, handler.is_some())].iter().filter(|(_, is)| *is)
        {
            if let Some(id) = MethodId::new(crate::carrier::profile::method_type(*kind)) {
                methods.insert(0, PaymentMethod { method: Method { id, kind: *kind }, brand: None, last_four: None });
            }
        }
    }

    /// Asks for a token.
    pub(super) fn enter(self, total: Money, order: OrderId, this: PaymentTry) {
        let Ok(page) = AbortController::new() else {
            return self.tell(Event::Entered { key: this.key, entered: Entered::Nothing });
        };
        let is_wallet = this.method.as_ref().is_some_and(|method| method.kind == MethodKind::Wallet);
        let (wallet, shown) = if is_wallet { self.show_wallet(total) } else { (None, None) };
        let signal = page.signal();
        self.asked.set_value(Some(Asked { page, wallet }));
        spawn_local(async move {
            let entered = match shown {
                Some(shown) => ask_wallet(shown).await,
                None if is_wallet => Entered::Nothing,
                None => self.ask_page(&order, &this.key, total, &signal).await,
            };
            self.tell(Event::Entered { key: this.key, entered });
        });
    }

    /// The subscriber does not want to pay in this way. Whoever is asked is told so, and may still say that money was taken.
    pub fn stop_entering(self) {
        self.asked.with_value(|asked| asked.iter().for_each(Asked::stop));
        let key = self.stage.with_untracked(|stage| match stage {
            Stage::Entering { this, .. } => Some(this.key.clone()),
            _ => None,
        });
        if let Some(key) = key {
            spawn_local(async move {
                TimeoutFuture::new(PATIENCE).await;
                self.tell(Event::Entered { key, entered: Entered::Declined(Denial::CanceledByPayer) });
            });
        }
    }

    async fn ask_page(self, order: &OrderId, key: &TryKey, total: Money, signal: &AbortSignal) -> Entered {
        let Some(handler) = self.app.payment_handler() else {
            return Entered::Nothing;
        };
        let request = Object::new();
        let fields: [(&str, JsValue); 5] = [
            ("amount", total.to_decimal().into()),
            ("currency", total.currency().code().into()),
            ("order", order.as_str().into()),
            ("key", key.as_str().into()),
            ("signal", signal.into()),
        ];
        for (name, value) in fields {
            // A new object takes any property.
            let _ = Reflect::set(&request, &name.into(), &value);
        }
        let answer = match handler.call1(&JsValue::UNDEFINED, &request) {
            Ok(answer) => JsFuture::from(Promise::resolve(&answer)).await,
            Err(error) => Err(error),
        };
        let entered = answer.map_or(Some(Entered::Nothing), |answer| read(&answer));
        match entered {
            // Who was told to stop and did, or came too late.
            Some(Entered::Nothing | Entered::Token(_)) if signal.aborted() => {
                return Entered::Declined(Denial::CanceledByPayer);
            }
            Some(Entered::Nothing) | None => {
                self.app.report(Report::Error { code: "payment-handler", about: "paymentHandler".to_owned() });
            }
            Some(_) => {}
        }
        // What makes no sense may be about money that was taken.
        entered.unwrap_or(Entered::Unknown)
    }

    /// Shows the wallet at once, while the browser still counts the click.
    fn show_wallet(self, total: Money) -> (Option<PaymentRequest>, Option<Promise>) {
        let (wallet, carrier) =
            self.app.config.with_value(|config| (config.wallet.clone(), config.carrier.clone().unwrap_or_default()));
        let asked = wallet.and_then(|wallet| request(&wallet, &carrier, total.currency().code(), &total.to_decimal()));
        let shown = asked.as_ref().and_then(|asked| asked.show().ok());
        (asked, shown)
    }
}

async fn ask_wallet(shown: Promise) -> Entered {
    match JsFuture::from(shown).await {
        Ok(response) => {
            let response: PaymentResponse = response.unchecked_into();
            let token = JSON::stringify(&response.details()).ok().and_then(|text| text.as_string());
            // Whether it is paid is not known yet: the wallet only closes.
            if let Ok(closed) = response.complete("unknown") {
                let _ = JsFuture::from(closed).await;
            }
            token.map_or(Entered::Nothing, Entered::Token)
        }
        Err(error) => {
            let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
            let is_closed = name.as_deref() == Some("AbortError");
            if is_closed { Entered::Declined(Denial::CanceledByPayer) } else { Entered::Nothing }
        }
    }
}

/// What a payment handler answered: one of `token`, `redirect`, `declined` and `unknown`. `None` where it is none of these.
fn read(answer: &JsValue) -> Option<Entered> {
    let field = |name: &str| Reflect::get(answer, &name.into()).ok().filter(JsValue::is_truthy);
    let text = |name: &str| field(name)?.as_string();
    if let Some(token) = text("token") {
        return Some(Entered::Token(token));
    }
    if let Some(page) = text("redirect") {
        return Some(Entered::Page(page));
    }
    if field("unknown").is_some() {
        return Some(Entered::Unknown);
    }
    let reason = field("declined")?;
    match PaymentStatus::from_words("denied", reason.as_string().as_deref()) {
        PaymentStatus::Ended(denial) => Some(Entered::Declined(denial)),
        _ => None,
    }
}

/// A payment request (W3C) of the configured methods; `None` where the browser has none, or cannot read them.
fn request(wallet: &str, carrier: &str, currency: &str, value: &str) -> Option<PaymentRequest> {
    let total = object! { "label": carrier, "amount": object! { "currency": currency, "value": value } };
    let details = JSON::parse(&object! { "total": total }.to_string()).ok()?;
    PaymentRequest::new(&JSON::parse(wallet).ok()?, &details).ok()
}

async fn can_pay(wallet: &str) -> bool {
    let asked = request(wallet, "", "EUR", "0").and_then(|request| request.can_make_payment().ok());
    match asked {
        Some(asked) => JsFuture::from(asked).await.is_ok_and(|can| can.is_truthy()),
        None => false,
    }
}
