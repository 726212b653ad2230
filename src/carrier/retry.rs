//! Whether a failed call may be sent again, and when: a pure decision.

use super::{CarrierError, Request};

/// How often a call is sent at the most.
const MOST_TRIES: u32 = 3;
/// The longest wait that a carrier can ask for, in milliseconds.
const LONGEST_WAIT: u32 = 20_000;

/// How many milliseconds to wait before the call is sent again; `None` where it must not be.
///
/// `tried` counts the times that it was sent; `jitter` is 0 to 999 and spreads the clients of a carrier that is coming back.
pub fn wait_before_retry(request: &Request, tried: u32, error: &CarrierError, jitter: u32) -> Option<u32> {
    if !request.repeatable || tried >= MOST_TRIES {
        return None;
    }
    let back_off = 400 << tried.min(8);
    let wait = match error {
        CarrierError::Busy { wait_ms: Some(asked), .. } => (*asked).min(LONGEST_WAIT),
        CarrierError::NoReply | CarrierError::Busy { wait_ms: None, .. } | CarrierError::Failing(_) => back_off,
        // Another time limit more would be a wait without a word; the rest would only fail again.
        CarrierError::TimedOut
        | CarrierError::NoToken
        | CarrierError::SignedOut
        | CarrierError::Refused { .. }
        | CarrierError::Unreadable(_) => return None,
    };
    Some(wait + back_off * jitter.min(999) / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::Api;
    use crate::carrier::json::Json;

    fn get() -> Request {
        Request::get(Api::ProductCatalog, &["productOffering"])
    }

    #[test]
    fn what_creates_is_never_sent_again() {
        let post = Request::post(Api::Payment, &["payment"], &Json::Null);
        for error in
            [CarrierError::NoReply, CarrierError::Failing(500), CarrierError::Busy { wait_ms: Some(1), undone: true }]
        {
            assert_eq!(wait_before_retry(&post, 1, &error, 0), None);
        }
    }

    #[test]
    fn questions_are_asked_again_with_longer_waits() {
        assert_eq!(wait_before_retry(&get(), 1, &CarrierError::NoReply, 0), Some(800));
        assert_eq!(wait_before_retry(&get(), 2, &CarrierError::Failing(502), 500), Some(2_400));
        assert_eq!(wait_before_retry(&get(), 3, &CarrierError::NoReply, 0), None);
    }

    #[test]
    fn waits_as_the_carrier_asks_but_not_for_ever() {
        let busy = |wait_ms| CarrierError::Busy { wait_ms, undone: false };
        assert_eq!(wait_before_retry(&get(), 1, &busy(Some(3_000)), 0), Some(3_000));
        assert_eq!(wait_before_retry(&get(), 1, &busy(Some(u32::MAX)), 999), Some(20_799));
    }

    #[test]
    fn a_refusal_stands() {
        for error in
            [CarrierError::SignedOut, CarrierError::Refused { status: 404, code: None }, CarrierError::TimedOut]
        {
            assert_eq!(wait_before_retry(&get(), 1, &error, 0), None);
        }
    }
}
