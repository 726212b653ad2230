//! The life of one `<esim-renewal>`: what its small JavaScript class calls.

use super::events;
use super::page_tokens::{function, page_tokens, token_provider};
use super::settings::{self, Settings};
use super::sign_in::{self, Arrival, Failure, MayLeave};
use crate::app::open::{Carried, OpenError, Opened};
use crate::app::session::{Session, TokenSource};
use crate::app::{App, HandlerSource, Report, Teller, storage};
use crate::domain::basket::Quantity;
use crate::domain::id::OfferingId;
use crate::ui::own_texts::{self, Own};
use crate::ui::text::{Texts, texts};
use crate::ui::{Ui, Widget};
use futures::future::FutureExt;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::mount::mount_to;
use leptos::prelude::*;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, spawn_local};
use web_sys::HtmlElement;

thread_local! {
    /// How many elements were mounted on this page so far: the ids of each bear its number.
    static MOUNTED: Cell<u32> = const { Cell::new(0) };
}

/// One element on a page. `unmount` frees all that it holds.
#[wasm_bindgen]
pub struct Instance(Rc<Inner>);

struct Inner {
    element: HtmlElement,
    /// Where the widget stands within the shadow root.
    node: HtmlElement,
    ready: Function,
    number: u32,
    /// The language and its words, once the widget is shown.
    language: RefCell<Option<ArcRwSignal<Language>>>,
    /// Counts the starts, so that one that was overtaken while it waited does nothing.
    start: Cell<u32>,
    /// Counts the changes of the language, for the same reason.
    change: Cell<u32>,
    running: RefCell<Option<Running>>,
    /// The settings of which the page was told that they make no sense.
    told: RefCell<Vec<String>>,
}

/// A language (BCP 47) and its words, the host's own among them.
#[derive(Clone)]
struct Language {
    locale: String,
    texts: &'static Texts,
    own: Own,
}

impl Language {
    /// That of an element, and which of the host's own words make no sense.
    async fn of(element: &HtmlElement) -> (Self, Vec<String>) {
        let locale = settings::locale(element);
        let texts = texts(&locale).await;
        // Numbers and dates in a language that there are no words of would stand among words of another.
        let is_spoken = locale.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case(texts.lang));
        let locale = if is_spoken { locale } else { texts.lang.to_owned() };
        let (own, mut wrong) = own_words(element);
        let (texts, unknown) = own_texts::texts(texts, &own).await;
        wrong.extend(unknown);
        (Self { locale, texts, own }, wrong.iter().map(|name| ["texts.", name].concat()).collect())
    }

    /// Whether two say the same.
    fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.texts, other.texts) && self.locale == other.locale && self.own == other.own
    }
}

/// The page's own words, and the names of those that are no texts.
fn own_words(element: &HtmlElement) -> (Own, Vec<String>) {
    let object = Reflect::get(element, &"texts".into()).ok().and_then(|texts| texts.dyn_into::<Object>().ok());
    let (mut own, mut wrong) = (Own::new(), Vec::new());
    for entry in object.map(|object| Object::entries(&object)).unwrap_or_default() {
        let entry = Array::from(&entry);
        let name = entry.get(0).as_string().unwrap_or_default();
        match entry.get(1).as_string() {
            Some(text) => own.push((name, text)),
            None => wrong.push(name),
        }
    }
    (own, wrong)
}

/// Who gives the tokens, or why nobody does where that is a failure.
type SignedIn = Result<TokenSource, Option<Failure>>;

/// What is on the page. Dropped, it takes itself away.
struct Running {
    app: App,
    on_sign_in: Callback<()>,
    session: Session,
    _view: Box<dyn Any>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.session.abort();
    }
}

/// Puts the widget into an element, below `node`. `ready` is called each time that it stands there, and with a stable code
/// where it could not be put there.
#[wasm_bindgen]
pub fn mount(element: HtmlElement, node: HtmlElement, ready: Function) -> Instance {
    let number = MOUNTED.with(|mounted| {
        mounted.set(mounted.get() + 1);
        mounted.get()
    });
    let (language, start, change, running, told) = Default::default();
    let inner = Rc::new(Inner { element, node, ready, number, language, start, change, running, told });
    inner.begin();
    Instance(inner)
}

#[wasm_bindgen]
impl Instance {
    /// One of the element's attributes or properties has changed.
    pub fn changed(&self, name: &str) {
        let inner = &self.0;
        match name {
            "locale" | "lang" | "texts" => {
                let change = inner.change.get() + 1;
                inner.change.set(change);
                // What is about to be shown reads the language then.
                let Some(shown) = inner.language.borrow().clone() else { return };
                let inner = Rc::clone(inner);
                let change = async move {
                    let (language, wrong) = Language::of(&inner.element).await;
                    // Another language was asked for while the words of this one came.
                    if inner.change.get() != change {
                        return;
                    }
                    inner.tell_wrong(&wrong);
                    // Frameworks write the same anew each time they draw: that would take the focus away.
                    if !shown.with_untracked(|shown| shown.is(&language)) {
                        // The element may be gone when the words come: then nobody listens.
                        shown.try_set(language);
                    }
                };
                spawn_local(change.boxed_local());
            }
            "consent" => inner.mind_consent(),
            _ => inner.begin(),
        }
    }

    /// Opens the checkout for so many of an offering, with a promo code; without an offering, with what was begun. A promise
    /// of whether it is open; refused with a stable code.
    pub fn open(&self, offering: Option<String>, quantity: Option<u32>, code: Option<String>) -> Promise {
        let running = self.0.running.borrow().as_ref().map(|running| (running.app, running.on_sign_in));
        let open = async move {
            let (app, on_sign_in) = running.ok_or_else(|| JsValue::from_str(OpenError::NotReady.code()))?;
            let carried = match offering {
                Some(offering) => {
                    let offering = OfferingId::new(&offering);
                    let quantity = Quantity::new(quantity.unwrap_or(1));
                    let unknown = || JsValue::from_str(OpenError::Unknown.code());
                    let (offering, quantity) = offering.zip(quantity).ok_or_else(unknown)?;
                    Some(Carried { offering, quantity, code: code.filter(|code| !code.is_empty()) })
                }
                None => None,
            };
            let opened = app.open(carried).await.map_err(|error| JsValue::from_str(error.code()))?;
            if opened == Opened::AfterSignIn {
                on_sign_in.run(());
            }
            Ok(JsValue::from_bool(opened == Opened::Yes))
        };
        future_to_promise(open.boxed_local())
    }

    /// Asks the carrier for everything anew; a promise of nothing.
    pub fn refresh(&self) -> Promise {
        let app = self.0.running.borrow().as_ref().map(|running| running.app);
        let refresh = async move {
            if let Some(app) = app {
                app.refresh().await;
            }
            Ok(JsValue::UNDEFINED)
        };
        future_to_promise(refresh.boxed_local())
    }

    /// Takes the widget away.
    pub fn unmount(self) {
        self.0.start.set(self.0.start.get() + 1);
        self.0.running.take();
    }
}

impl Inner {
    /// Reads the settings and shows the widget; until then, and where that fails, the element's own children are shown.
    fn begin(self: &Rc<Self>) {
        self.mind_consent();
        let start = self.start.get() + 1;
        self.start.set(start);
        let inner = Rc::clone(self);
        let prepare = async move {
            let mut change = inner.change.get();
            let (prepared, (mut language, mut wrong)) = futures::join!(inner.prepare(), Language::of(&inner.element));
            while inner.change.get() != change {
                change = inner.change.get();
                (language, wrong) = Language::of(&inner.element).await;
            }
            if inner.start.get() != start {
                return;
            }
            inner.running.take();
            match prepared {
                Ok(Some((settings, signed_in))) => {
                    inner.tell_wrong(&settings.wrong);
                    inner.tell_wrong(&wrong);
                    inner.show(settings, signed_in, language);
                }
                Ok(None) => inner.show_children(),
                Err(code) => {
                    inner.show_children();
                    tell_error(&inner.element, code, "esim-renewal");
                    inner.is_ready(Some(code));
                }
            }
        };
        spawn_local(prepare.boxed_local());
        if self.running.borrow().is_none() {
            self.show_children();
        }
    }

    /// Tells the page which settings make no sense: of each once.
    fn tell_wrong(&self, wrong: &[String]) {
        for name in wrong {
            let is_new = !self.told.borrow().contains(name);
            if is_new {
                self.told.borrow_mut().push(name.clone());
                tell_error(&self.element, "setting-invalid", name);
            }
        }
    }

    /// The settings, and who gives the tokens or why nobody does; nothing while the browser leaves for the sign-in.
    async fn prepare(&self) -> Result<Option<(Settings, SignedIn)>, &'static str> {
        let mut settings = settings::read(&self.element).await.map_err(settings::SettingsError::code)?;
        if settings.config.leads_elsewhere() {
            // For anybody: whoever chooses something signs in where it is bought.
            settings.sign_in = None;
            return Ok(Some((settings, Err(None))));
        }
        if token_provider(&self.element).is_some() {
            // Who is signed in is the page's affair then.
            settings.sign_in = None;
            return Ok(Some((settings, Ok(page_tokens(self.element.clone())))));
        }
        let signed_in = match &settings.sign_in {
            Some(server) => match sign_in::arrive(server.clone(), self.may_leave_for(&server.issuer)).await {
                Arrival::SignedIn(tokens) => Ok(tokens()),
                Arrival::SignedOut(failure) => Err(failure.take()),
                Arrival::Leaving => return Ok(None),
            },
            None => Err(None),
        };
        Ok(Some((settings, signed_in)))
    }

    fn may_leave_for(&self, issuer: &str) -> MayLeave {
        let element = self.element.clone();
        let report = Report::BeforeLeave { url: issuer.to_owned(), reason: "sign-in" };
        Rc::new(move || events::dispatch(&element, &report, false))
    }

    fn show(&self, settings: Settings, signed_in: SignedIn, language: Language) {
        let (source, failure) = signed_in.map_or_else(|failure| (None, failure), |source| (Some(source), None));
        let session = Session::new(&settings.config, source, settings.debug);
        let element = self.element.clone();
        let debug = settings.debug;
        let report: Teller = Rc::new(move |report| events::dispatch(&element, &report, debug));
        let element = self.element.clone();
        let payment_handler: HandlerSource = Rc::new(move || function(&element, "paymentHandler"));
        let language = ArcRwSignal::new(language);
        *self.language.borrow_mut() = Some(language.clone());
        let number = self.number;
        let running = session.clone();
        self.node.replace_children_with_node_0();
        let handles = Rc::new(Cell::new(None));
        let made = Rc::clone(&handles);
        let view = mount_to(self.node.clone(), move || {
            let app = App::new(settings.config, session, report, payment_handler);
            app.load();
            if let Some(failure) = failure {
                failure.tell(app);
            }
            let server = StoredValue::new(settings.sign_in);
            let on_sign_in = Callback::new(move |()| {
                if let Some(url) = server.with_value(|server| Some(server.as_ref()?.issuer.clone())) {
                    if !app.may(Report::BeforeLeave { url, reason: "sign-in" }) {
                        return;
                    }
                    app.sign_in_failed.set(None);
                    act(server, move |server| async move {
                        if let Err(failure) = sign_in::sign_in(server).await {
                            failure.tell(app);
                        }
                    });
                } else {
                    app.report(Report::SignIn);
                }
            });
            made.set(Some((app, on_sign_in)));
            let sign_out = move |()| {
                let url =
                    server.with_value(|server| server.as_ref().map(|server| server.issuer.clone())).unwrap_or_default();
                if !app.may(Report::BeforeLeave { url, reason: "sign-out" }) {
                    return;
                }
                // Read now: the element may be gone when the server has answered.
                let kept = app.kept_names();
                act(server, move |server| async move {
                    match sign_in::sign_out(server).await {
                        Ok(()) => {
                            for name in &kept {
                                storage::remove(name);
                                storage::forget_shared(name);
                            }
                        }
                        Err(failure) => failure.tell(app),
                    }
                });
            };
            let on_sign_out = server.with_value(Option::is_some).then(|| Callback::new(sign_out));
            // Another language draws all anew; what is loaded stays.
            (move || {
                let Language { locale, texts, own } = language.get();
                let ui = Ui::new(app, (texts, own), &locale, number, on_sign_in);
                view! { <Widget ui on_sign_out /> }
            })
            .into_any()
        });
        if let Some((app, on_sign_in)) = handles.get() {
            *self.running.borrow_mut() = Some(Running { app, on_sign_in, session: running, _view: Box::new(view) });
            self.is_ready(None);
        }
    }

    /// Says that the widget stands, or why it does not.
    fn is_ready(&self, failure: Option<&str>) {
        // It only keeps a promise.
        let _ = self.ready.call1(&JsValue::UNDEFINED, &failure.map_or(JsValue::UNDEFINED, JsValue::from_str));
    }

    /// Keeps what is kept in memory alone, where the page says that nothing may be stored. An element that says nothing of
    /// it leaves it as another one has said.
    fn mind_consent(&self) {
        let consent = Reflect::get(&self.element, &"consent".into()).unwrap_or_default();
        let storage = consent.is_object().then(|| Reflect::get(&consent, &"storage".into()).ok()).flatten();
        if let Some(is_allowed) = storage.and_then(|storage| storage.as_bool()) {
            storage::allow(is_allowed);
        }
    }

    fn show_children(&self) {
        let slot = document().create_element("slot");
        if let Ok(slot) = slot {
            self.node.replace_children_with_node_1(&slot);
        }
    }
}

pub(super) fn tell_error(element: &HtmlElement, code: &'static str, about: &str) {
    events::dispatch(element, &Report::Error { code, about: about.to_owned() }, false);
    web_sys::console::error_1(&["<esim-renewal>: ", code, " ", about].concat().into());
}

/// Does something at the sign-in server, if there is one.
fn act<F: Future<Output = ()> + 'static>(
    server: StoredValue<Option<settings::SignInSettings>>,
    act: impl FnOnce(settings::SignInSettings) -> F + 'static,
) {
    if let Some(server) = server.get_value() {
        spawn_local(act(server).boxed_local());
    }
}
