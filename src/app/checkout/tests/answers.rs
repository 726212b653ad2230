//! What a call that creates came to.

use super::*;
use crate::carrier::{CarrierError, ParseError};

fn refused(status: u16, code: Option<&str>) -> CarrierError {
    CarrierError::Refused { status, code: code.map(str::to_owned) }
}

#[test]
fn only_where_surely_nothing_was_done_is_it_a_no() {
    let unsure = [
        CarrierError::NoReply,
        CarrierError::TimedOut,
        CarrierError::Failing(500),
        CarrierError::Busy { wait_ms: Some(1), undone: false },
        CarrierError::Unreadable(ParseError { field: "body" }),
        refused(408, None),
        refused(409, None),
        refused(409, Some("externalIdConflict")),
    ];
    for error in unsure {
        assert_eq!(Answer::<()>::of(Err(error.clone())), Answer::Unknown, "{error:?}");
    }
    for (error, why) in [
        (CarrierError::SignedOut, Refusal::SignedOut),
        (CarrierError::NoToken, Refusal::NotSent),
        (CarrierError::Busy { wait_ms: None, undone: true }, Refusal::Busy),
        (refused(409, Some("priceChanged")), Refusal::PriceChanged),
        (refused(409, Some("cartExpired")), Refusal::CartExpired),
        (refused(409, Some("paymentOpen")), Refusal::PaymentOpen),
        (refused(422, Some("itemsDiffer")), Refusal::Other),
        (refused(403, None), Refusal::Other),
    ] {
        assert_eq!(Answer::<()>::of(Err(error.clone())), Answer::No(why), "{error:?}");
    }
    assert_eq!(Answer::of(Ok(1)), Answer::Yes(1));
}
