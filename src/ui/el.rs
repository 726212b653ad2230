//! An element of any tag: what the markup of the views becomes.
//!
//! One type for all of them, so that the module has one copy of the code that builds an element. It is a Leptos view like
//! any other, for the browser alone: what was drawn is replaced as a whole when it is drawn anew, and what changes within it
//! changes by [`super::live`].

use leptos::prelude::*;
use leptos::tachys::html::attribute::{Attribute, any_attribute::AnyAttribute};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::dom::Dom;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use send_wrapper::SendWrapper;
use std::borrow::Cow;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Where an element can be found once it is on the page.
pub type Kept = StoredValue<Option<HtmlElement>, LocalStorage>;

/// A place to find an element in.
pub fn kept() -> Kept {
    StoredValue::new_local(None)
}

/// An element to be.
pub struct El {
    tag: &'static str,
    namespace: Option<&'static str>,
    attributes: Vec<(&'static str, Value)>,
    children: Vec<AnyView>,
    /// What can be done in the browser alone, and so never leaves its one thread.
    local: SendWrapper<Local>,
}

type Listener = Box<dyn FnMut(Event)>;

#[derive(Default)]
struct Local {
    listeners: Vec<(&'static str, Listener)>,
    kept_in: Option<Kept>,
    live_value: Option<Box<dyn FnMut() -> String>>,
}

/// The value of an attribute.
pub enum Value {
    /// It stays; `None` leaves the attribute out.
    Fixed(Option<Cow<'static, str>>),
    /// It changes; `None` takes the attribute away.
    Live(Box<dyn FnMut() -> Option<String> + Send>),
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::Fixed(Some(Cow::Borrowed(text)))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Fixed(Some(Cow::Owned(text)))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<Option<&'static str>> for Value {
    fn from(text: Option<&'static str>) -> Self {
        Self::Fixed(text.map(Cow::Borrowed))
    }
}

/// An HTML element.
pub fn el(tag: &'static str) -> El {
    let (attributes, children, local) = (Vec::new(), Vec::new(), SendWrapper::new(Local::default()));
    El { tag, namespace: None, attributes, children, local }
}

/// An element of a drawing.
pub fn svg(tag: &'static str) -> El {
    El { namespace: Some(SVG), ..el(tag) }
}

impl El {
    /// The same with an attribute.
    pub fn attribute(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// The same with a child more.
    pub fn child(mut self, child: impl IntoView) -> Self {
        self.children.push(child.into_any());
        self
    }

    /// The same, doing something on an event.
    pub fn on(mut self, event: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        self.local.listeners.push((event, Box::new(act)));
        self
    }

    /// The same, to be found in a place.
    pub fn kept_in(mut self, place: Kept) -> Self {
        self.local.kept_in = Some(place);
        self
    }

    /// The same input with a value that the widget sets.
    pub fn live_value(mut self, value: impl FnMut() -> String + 'static) -> Self {
        self.local.live_value = Some(Box::new(value));
        self
    }
}

/// An element on the page. Dropped, it hears and changes nothing any more.
pub struct ElState {
    element: Element,
    _children: Vec<AnyViewState>,
    _listeners: Vec<Closure<dyn FnMut(Event)>>,
    _live: Vec<RenderEffect<()>>,
}

impl Render for El {
    type State = ElState;

    fn build(self) -> ElState {
        let element = Dom::create_element(self.tag, self.namespace);
        let local = self.local.take();
        let mut live = Vec::new();
        for (name, value) in self.attributes {
            match value {
                Value::Fixed(value) => set(&element, name, value.as_deref()),
                Value::Live(mut value) => {
                    let element = element.clone();
                    live.push(on_render(Box::new(move || set(&element, name, value().as_deref()))));
                }
            }
        }
        let mut children: Vec<_> = self.children.into_iter().map(Render::build).collect();
        for child in &mut children {
            child.mount(&element, None);
        }
        let listen = |(event, act): (&'static str, Listener)| {
            let listener = Closure::wrap(act);
            // Every element takes listeners of any name.
            let _ = element.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
            listener
        };
        let listeners = local.listeners.into_iter().map(listen).collect();
        if let Some(mut value) = local.live_value {
            let input: HtmlInputElement = element.clone().unchecked_into();
            live.push(on_render(Box::new(move || {
                let value = value();
                // Setting what is there already would move the caret.
                if input.value() != value {
                    input.set_value(&value);
                }
            })));
        }
        if let Some(place) = local.kept_in {
            place.set_value(Some(element.clone().unchecked_into()));
        }
        ElState { element, _children: children, _listeners: listeners, _live: live }
    }

    fn rebuild(self, state: &mut ElState) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

fn on_render(mut act: Box<dyn FnMut()>) -> RenderEffect<()> {
    RenderEffect::new(move |_| act())
}

/// Names and values are the widget's own: no name is malformed, and no value makes an element do anything.
fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

impl Mountable for ElState {
    fn unmount(&mut self) {
        self.element.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Dom::insert_node(parent, &self.element, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.element.parent_element();
        if let Some(parent) = &parent {
            child.mount(parent, Some(&self.element));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}

/// There is no server of ours: an element is drawn in the browser or not at all.
impl RenderHtml for El {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> ElState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl AddAnyAttr for El {
    type Output<SomeNewAttr: Attribute> = Self;

    /// Attributes are given in the markup alone.
    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}
