//! The widget's words: one table of keys, and for each language a table that the compiler checks to be whole.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

mod en;
mod fr;

use en::EN;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

macro_rules! table {
    ($(#[$attribute:meta])+ $table:ident $($key:ident)+) => {
        $(#[$attribute])+
        #[derive(Clone, Copy)]
        pub struct $table {
            $(pub $key: &'static str,)+
        }

        impl $crate::ui::own_texts::Table for $table {
            const NAMES: &'static [&'static str] = &[$(stringify!($key)),+];

            fn slots(&mut self) -> Vec<&mut &'static str> {
                vec![$(&mut self.$key),+]
            }
        }

        #[cfg(test)]
        impl $table {
            pub(crate) fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($key), self.$key)),+]
            }
        }
    };
}

pub(super) use table;

table! {
    /// All words of one language that the first view needs. `{…}` stands for a value.
    #[expect(missing_docs, reason = "a key says what its text says")]
    Texts
    about
    active
    active_until
    add_data
    against_mine
    amount_from_to
    an_order_unfinished
    and_more
    and_needed
    as_of
    back_to_offers
    basket_apart
    basket_has
    best_deal
    bundle_saves
    bundles
    call
    carrier_busy
    checkout_failed
    choose
    chosen_waits
    compare_only
    credit
    credit_left
    data
    deal_ends
    deal_ends_in
    deals
    ended
    ended_on
    ended_text
    ends_soon
    esim
    extras
    fair_use
    fewer
    find
    find_failed
    for_period
    forecast_cost
    forecast_early
    forecast_lasts
    forecast_out
    forecast_rate
    free
    from_date
    goes_on
    have_already
    holds
    invitation
    invitation_text
    lang
    lasts
    left
    left_out
    left_until
    less
    line_shown
    loading_checkout
    loading_find
    loading_offers
    loading_plan
    lowest_30_days
    messages
    missing
    more
    my_plan
    needs
    needs_plan
    no_advice_calls
    no_advice_data
    no_advice_early
    no_advice_no_limit
    no_line
    no_line_text
    no_plan
    no_plan_text
    not_beside
    no_deals
    nothing
    nothing_text
    of
    offers
    offers_failed
    on_top
    one_left_out
    one_offer
    order_not_shown
    order_unfinished
    parts_apart
    per_gigabyte
    plan_failed
    plans
    renew
    roaming
    roaming_barred
    services
    show_more
    sign_in
    sign_in_failed
    sign_out
    signed_in
    sim_card
    sim_ends_in
    suits_calls
    suits_light
    suits_normal
    suits_ran_out
    suspended
    suspended_text
    the_same
    then_every
    then_monthly
    to_basket
    to_order
    trouble_broken
    trouble_busy
    trouble_offline
    trouble_refused
    trouble_signed_out
    trouble_slow
    try_again
    unlimited
    until_date
    usage_failed
    voice
    ways_to_renew
    with_code
    with_other
    works_in
    you_say
    your_carrier
    your_plan
}

/// The words of a language (BCP 47). English comes with the widget; another language is loaded when it is first needed,
/// and English stands in where there is none or it cannot be loaded.
pub async fn texts(locale: &str) -> &'static Texts {
    let language = locale.split('-').next().unwrap_or_default();
    if language.eq_ignore_ascii_case("fr") { french().await.unwrap_or(&EN) } else { &EN }
}

#[wasm_split(fr, wasm_split_path = leptos::wasm_split, fallible)]
fn french() -> Result<&'static Texts, SplitLoaderError> {
    Ok(&fr::FR)
}

/// A text with its values: `{name}` becomes the value of that name.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let mut names: Vec<_> = text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    type Table = Vec<(&'static str, &'static str)>;

    /// Two languages' tables say the same of the same values, and no line breaks before a colon or within «\u{a0}quotes\u{a0}».
    pub(crate) fn assert_alike(english: Table, other: Table) {
        for ((key, english), (_, other)) in english.into_iter().zip(other) {
            assert!(!english.is_empty() && !other.is_empty(), "{key} is empty");
            assert_eq!(names(english), names(other), "{key}");
            for plain in [" :", " ;", " ?", " !", "« ", " »"] {
                assert!(!english.contains(plain) && !other.contains(plain), "{key} has a plain space in `{plain}`");
            }
        }
    }

    #[test]
    fn each_language_uses_the_same_values() {
        assert_alike(EN.all(), fr::FR.all());
    }

    #[test]
    fn fills_values_in() {
        assert_eq!(fill("{a} of {b}", &[("b", "2"), ("a", "1")]), "1 of 2");
        assert_eq!(fill("no value", &[]), "no value");
        assert_eq!(fill("{unknown}!", &[]), "!");
        assert_eq!(fill("{a}", &[("a", "{b}"), ("b", "x")]), "{b}", "a value is not a text");
    }

    #[test]
    fn falls_back_to_english() {
        let renew = |locale: &str| futures::executor::block_on(texts(locale)).renew;
        assert_eq!(renew("fr-MC"), fr::FR.renew);
        assert_eq!(renew("FR"), fr::FR.renew);
        assert_eq!(renew("xx"), EN.renew);
        assert_eq!(renew(""), EN.renew);
    }
}
