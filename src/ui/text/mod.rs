//! The widget's words: one table of keys, and for each language a table that the compiler checks to be whole.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

mod en;
mod fr;

use en::EN;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

macro_rules! texts {
    ($($key:ident)+) => {
        /// All words of one language. `{…}` stands for a value.
        #[expect(missing_docs, reason = "a key says what its text says")]
        pub struct Texts {
            $(pub $key: &'static str,)+
        }

        #[cfg(test)]
        impl Texts {
            fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($key), self.$key)),+]
            }
        }
    };
}

texts! {
    about
    active
    active_until
    add_data
    amount
    and_more
    another_total
    another_total_text
    as_of
    back_to_payment
    bundles
    call
    cart_expired
    cart_expired_text
    check_now
    check_order
    checkout_failed
    choose
    consent
    consent_missing
    contract_summary
    data
    date
    declined
    declined_text
    delivering
    delivering_text
    do_not_pay_again
    done
    each
    edit
    ended
    ended_on
    ended_text
    ends
    ends_soon
    extras
    for_period
    free
    goes_on
    held_text
    how_many
    invitation
    invitation_text
    keep_open
    lang
    left
    left_out
    left_until
    line
    loading_checkout
    loading_offers
    loading_plan
    messages
    my_plan
    new_price
    next_payment
    no_payment
    no_plan
    no_plan_text
    no_price
    not_authenticated
    not_authenticated_text
    not_opened
    not_opened_text
    not_sent
    not_sent_text
    nothing
    nothing_text
    now_ends
    of
    offers
    offers_failed
    one_left_out
    one_less
    one_more
    one_offer
    opening
    order
    order_cancelled
    order_cancelled_text
    order_failed
    order_failed_text
    order_free
    order_partial
    order_partial_text
    order_rejected
    order_rejected_text
    order_to_pay
    order_unknown
    order_unknown_text
    ordering
    other_offers
    pay
    pay_again
    payment_cancelled
    payment_cancelled_text
    payment_elsewhere
    payment_elsewhere_text
    payment_failed
    payment_failed_text
    payment_open
    payment_open_text
    payment_unknown
    payment_unknown_text
    per_gigabyte
    plan_failed
    plans
    price_changed
    price_changed_text
    pricing
    print
    provider
    quantity
    quantity_hint
    reference
    refused
    refused_text
    renew
    renewal
    renewal_terms
    renewed
    renewed_free
    roaming
    service
    sign_in
    sign_in_failed
    sign_out
    signed_in
    signed_out
    signed_out_text
    sim_ends_in
    since
    step_choose
    step_done
    step_of
    step_pay
    step_review
    still_to_pay
    takes_longer
    tax_within
    then_ends
    times
    to_my_plan
    to_pay_now
    to_review
    total_paid
    total_with_tax
    trouble_broken
    trouble_busy
    trouble_offline
    trouble_refused
    trouble_signed_out
    trouble_slow
    try_again
    unclear
    unclear_text
    unlimited
    unpaid
    unpaid_text
    usage_failed
    voice
    ways_to_renew
    withdrawal
    withdrawal_terms
    works_in
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
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let mut names: Vec<_> = text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn each_language_uses_the_same_values() {
        for ((key, english), (_, french)) in EN.all().into_iter().zip(fr::FR.all()) {
            assert!(!english.is_empty() && !french.is_empty(), "{key} is empty");
            assert_eq!(names(english), names(french), "{key}");
        }
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
