//! The checkout's words: behind the lazy door with it.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

mod en;
mod fr;

use super::super::text::table;
use leptos::prelude::expect_context;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

pub use en::EN;

table! {
    /// All words of one language that the checkout needs. `{…}` stands for a value.
    Words
    add_more
    again_every
    again_monthly
    agreed
    amount
    amount_range
    another_tab
    another_tab_text
    another_total
    another_total_text
    apply
    asked
    at_confirming
    at_ordering
    at_paying
    at_to_pay
    back_to_payment
    before
    bonus
    bought
    bought_free
    busy
    busy_text
    cart_expired
    cart_expired_text
    change
    check_now
    check_order
    code_applied
    code_expired
    code_not_applicable
    code_unknown
    code_used
    consent
    consent_missing
    contract_summary
    date
    deal_ended
    declined
    declined_text
    delivering
    delivering_text
    do_not_pay_again
    done
    each
    edit
    ends
    enter_card
    enter_wallet
    expired_card
    expired_card_text
    go_on_here
    held_text
    how_to_pay
    insufficient
    insufficient_text
    keep_open
    kept
    line
    line_busy
    line_busy_text
    lost
    misfit_currency
    misfit_sum
    misfit_things
    money_none
    money_owed
    money_refunded
    new_price
    next_at_once
    next_here
    next_method
    next_payment
    no_method
    no_payment
    no_price
    not_authenticated
    not_authenticated_text
    not_opened
    not_opened_text
    not_sent
    not_sent_text
    now
    now_ends
    one_less
    one_more
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
    other_tab_silent
    pay
    pay_again
    pay_billing
    pay_card
    pay_credit
    pay_hosted
    pay_otherwise
    pay_page
    pay_wallet
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
    price_before_text
    price_changed
    price_changed_text
    price_differs
    price_differs_before
    price_until
    pricing
    print
    promo_code
    provider
    quantity
    quantity_hint
    reference
    refunded
    refused
    refused_text
    remove
    renewal
    renewal_terms
    renewed
    renewed_free
    service
    signed_out
    signed_out_text
    since
    start_hint
    start_invalid
    starts
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
    total_billed
    total_paid
    total_with_tax
    unclear
    unclear_text
    unpaid
    unpaid_text
    unqualified
    withdrawal
    withdrawal_days
    withdrawal_terms
    your_basket
}

/// The words of the checkout around.
pub fn words() -> &'static Words {
    expect_context()
}

#[wasm_split(fr_checkout, wasm_split_path = leptos::wasm_split, fallible)]
fn french_words() -> Result<&'static Words, SplitLoaderError> {
    Ok(&fr::FR)
}

/// The words of a language, or `english` where there is none or they cannot be loaded.
pub async fn in_language(language: &str, english: &'static Words) -> &'static Words {
    if language == "fr" { french_words().await.unwrap_or(english) } else { english }
}

#[cfg(test)]
mod tests {
    use super::super::super::text::tests::assert_alike;
    use super::*;

    #[test]
    fn each_language_uses_the_same_values() {
        assert_alike(EN.all(), fr::FR.all());
    }

    #[test]
    fn falls_back_to_english() {
        let words = |language: &str| futures::executor::block_on(in_language(language, &EN)).edit;
        assert_eq!((words("fr"), words("en")), (fr::FR.edit, EN.edit));
    }
}
