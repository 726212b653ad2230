//! What every view is given: the state, the words, and how numbers and dates are written.

use super::advice::advice;
use super::format::Format;
use super::own_texts::Own;
use super::text::{Texts, fill};
use crate::app::{App, Report};
use crate::domain::advice::{Advice, NoAdvice};
use crate::domain::offering::Offering;
use leptos::prelude::*;

/// The state, the words and the formats of one element. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Ui {
    /// What is loaded, and how to ask for more.
    pub app: App,
    /// The words in the subscriber's language.
    pub t: &'static Texts,
    /// The host's own words.
    pub(super) own: StoredValue<Own>,
    /// The plan that suits the subscriber's use, or why none is known to; `None` while that is not counted.
    pub(super) advice: Memo<Option<Result<Advice, NoAdvice>>>,
    /// Signs the subscriber in, or asks the page to.
    pub sign_in: Callback<()>,
    /// Money, volumes, dates and countries in the subscriber's language.
    pub(super) format: StoredValue<Format, LocalStorage>,
    /// Tells the ids of this element from those of another on the page.
    instance: u32,
}

impl Ui {
    /// For one language (BCP 47).
    pub fn new(app: App, (t, own): (&'static Texts, Own), locale: &str, instance: u32, sign_in: Callback<()>) -> Self {
        let time_zone = app.config.with_value(|config| config.time_zone.clone());
        Self {
            app,
            t,
            own: StoredValue::new(own),
            advice: advice(app),
            sign_in,
            format: StoredValue::new_local(Format::new(locale, time_zone)),
            instance,
        }
    }

    /// The one that the views around were given.
    pub(super) fn get() -> Self {
        expect_context()
    }

    /// An id that no other element on the page has.
    pub(super) fn id(self, name: &str) -> String {
        let mut id = String::from("esim-");
        // An id in a list of ids has no space in it; a carrier's may.
        id.extend(name.chars().map(|letter| if letter.is_whitespace() { '-' } else { letter }));
        id.push('-');
        id.push_str(&self.instance.to_string());
        id
    }

    /// The carrier's name, or words for it.
    pub(super) fn carrier(self) -> String {
        let name = self.app.config.with_value(|config| config.carrier.clone());
        name.unwrap_or_else(|| self.t.your_carrier.to_owned())
    }

    /// A text with the carrier's name in it.
    pub(super) fn with_carrier(self, text: &str) -> String {
        fill(text, &[("carrier", &self.carrier())])
    }

    /// Whether a choice may be taken: the host is asked, and told of it.
    pub(super) fn may_select(self, offering: &Offering) -> bool {
        let may = self.app.may(Report::BeforeSelect(offering.id.clone()));
        if may {
            self.app.report(Report::Selected(offering.id.clone()));
        }
        may
    }

    /// Writes a value in the subscriber's language.
    pub(super) fn write(self, write: impl FnOnce(&Format) -> String) -> String {
        self.format.with_value(write)
    }
}
