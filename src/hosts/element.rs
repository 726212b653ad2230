//! The life of one `<esim-renewal>`: what its small JavaScript class calls.

use super::events;
use super::settings::{self, Settings};
use super::sign_in::{self, Arrival, Failure};
use crate::app::session::{Session, TokenSource};
use crate::app::{App, HandlerSource, Report, storage};
use crate::ui::text::{Texts, texts};
use crate::ui::{Ui, Widget};
use futures::future::FutureExt;
use js_sys::{Function, Promise, Reflect};
use leptos::mount::mount_to;
use leptos::prelude::*;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
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
    number: u32,
    /// The language and its words, once the widget is shown.
    language: RefCell<Option<ArcRwSignal<Language>>>,
    /// Counts the starts, so that one that was overtaken while it waited does nothing.
    start: Cell<u32>,
    running: RefCell<Option<Running>>,
}

/// A language (BCP 47) and its words.
#[derive(Clone)]
struct Language {
    locale: String,
    texts: &'static Texts,
}

impl Language {
    async fn of(element: &HtmlElement) -> Self {
        let locale = settings::locale(element);
        let texts = texts(&locale).await;
        // Numbers and dates in a language that there are no words of would stand among words of another.
        let is_spoken = locale.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case(texts.lang));
        Self { locale: if is_spoken { locale } else { texts.lang.to_owned() }, texts }
    }
}

/// Who gives the tokens, or why nobody does where that is a failure.
type SignedIn = Result<TokenSource, Option<Failure>>;

/// What is on the page. Dropped, it takes itself away.
struct Running {
    session: Session,
    _view: Box<dyn Any>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.session.abort();
    }
}

/// Puts the widget into an element, below `node`.
#[wasm_bindgen]
pub fn mount(element: HtmlElement, node: HtmlElement) -> Instance {
    let number = MOUNTED.with(|mounted| {
        mounted.set(mounted.get() + 1);
        mounted.get()
    });
    let (language, start, running) = Default::default();
    let inner = Rc::new(Inner { element, node, number, language, start, running });
    inner.begin();
    Instance(inner)
}

#[wasm_bindgen]
impl Instance {
    /// One of the element's attributes or properties has changed.
    pub fn changed(&self, name: &str) {
        let inner = &self.0;
        match (name, inner.language.borrow().clone()) {
            ("locale" | "lang", Some(shown)) => {
                let element = inner.element.clone();
                let change = async move {
                    // The element may be gone when the words come: then nobody listens.
                    shown.try_set(Language::of(&element).await);
                };
                spawn_local(change.boxed_local());
            }
            _ => inner.begin(),
        }
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
        let start = self.start.get() + 1;
        self.start.set(start);
        let inner = Rc::clone(self);
        let prepare = async move {
            let (prepared, language) = futures::join!(inner.prepare(), Language::of(&inner.element));
            if inner.start.get() != start {
                return;
            }
            inner.running.take();
            match prepared {
                Ok(Some((settings, signed_in))) => inner.show(settings, signed_in, language),
                Ok(None) => inner.show_children(),
                Err(code) => {
                    inner.show_children();
                    events::dispatch(&inner.element, &Report::Error { code, about: "esim-renewal".to_owned() });
                    leptos::logging::error!("<esim-renewal>: {code}");
                }
            }
        };
        spawn_local(prepare.boxed_local());
        if self.running.borrow().is_none() {
            self.show_children();
        }
    }

    /// The settings, and who gives the tokens or why nobody does; nothing while the browser leaves for the sign-in.
    async fn prepare(&self) -> Result<Option<(Settings, SignedIn)>, &'static str> {
        let mut settings = settings::read(&self.element).await.map_err(settings::SettingsError::code)?;
        if token_provider(&self.element).is_some() {
            // Who is signed in is the page's affair then.
            settings.sign_in = None;
            return Ok(Some((settings, Ok(page_tokens(self.element.clone())))));
        }
        let signed_in = match &settings.sign_in {
            Some(server) => match sign_in::arrive(server.clone()).await {
                Arrival::SignedIn(tokens) => Ok(tokens()),
                Arrival::SignedOut(failure) => Err(failure.take()),
                Arrival::Leaving => return Ok(None),
            },
            None => Err(None),
        };
        Ok(Some((settings, signed_in)))
    }

    fn show(&self, settings: Settings, signed_in: SignedIn, language: Language) {
        let (source, failure) = signed_in.map_or_else(|failure| (None, failure), |source| (Some(source), None));
        let session = Session::new(&settings.config, source);
        let element = self.element.clone();
        let report: Rc<dyn Fn(Report)> = Rc::new(move |report| events::dispatch(&element, &report));
        let element = self.element.clone();
        let payment_handler: HandlerSource = Rc::new(move || function(&element, "paymentHandler"));
        let language = ArcRwSignal::new(language);
        *self.language.borrow_mut() = Some(language.clone());
        let number = self.number;
        let running = session.clone();
        self.node.replace_children_with_node_0();
        let view = mount_to(self.node.clone(), move || {
            let app = App::new(settings.config, session, report, payment_handler);
            app.load();
            if let Some(failure) = failure {
                failure.tell(app);
            }
            let server = StoredValue::new(settings.sign_in);
            let on_sign_in = Callback::new(move |()| {
                if server.with_value(Option::is_some) {
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
            let sign_out = move |()| {
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
                let Language { locale, texts } = language.get();
                let ui = Ui::new(app, texts, &locale, number, on_sign_in);
                view! { <Widget ui on_sign_out /> }
            })
            .into_any()
        });
        *self.running.borrow_mut() = Some(Running { session: running, _view: Box::new(view) });
    }

    fn show_children(&self) {
        let slot = document().create_element("slot");
        if let Ok(slot) = slot {
            self.node.replace_children_with_node_1(&slot);
        }
    }
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

/// A function that the page has set on the element.
fn function(element: &HtmlElement, name: &str) -> Option<Function> {
    Reflect::get(element, &name.into()).ok()?.dyn_into().ok()
}

/// The function by which the page gives the subscriber's access token, if it has set one.
fn token_provider(element: &HtmlElement) -> Option<Function> {
    function(element, "tokenProvider")
}

/// Tokens that the page around gives.
fn page_tokens(element: HtmlElement) -> TokenSource {
    Rc::new(move || {
        let element = element.clone();
        async move {
            let answer = token_provider(&element)?.call0(&element).ok()?;
            JsFuture::from(Promise::resolve(&answer)).await.ok()?.as_string().filter(|token| !token.is_empty())
        }
        .map(Ok)
        .boxed_local()
    })
}
