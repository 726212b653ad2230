//! What can go wrong with a call.

use std::time::Duration;

use super::Call;
use crate::http::ApiError;

/// The longest that an answer is held back.
const LONGEST: u32 = 60;
/// The longest that a client is told to wait.
const LONGEST_BUSY: u32 = 3_600;

/// A fault. Where the work is done nevertheless, the fault concerns its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection ends, and nothing is done.
    DropBefore,
    /// The work is done, and the connection ends without an answer.
    DropAfter,
    /// The work is done, and answered late.
    Delay(Duration),
    /// 429, with the seconds to wait. Nothing is done.
    Busy429(u32),
    /// 503, with the seconds to wait. Nothing is done.
    Busy503(u32),
    /// 503, with the time from which to ask again. Nothing is done.
    Busy503Date(u32),
    /// 500, and nothing is done.
    Fail500,
    /// The work is done, and answered with 500.
    Fail500After,
    /// The work is done, and half of the answer's JSON comes.
    Truncated,
    /// The work is done, and answered in JSON of another shape.
    WrongJson,
    /// The work is done, and a gateway's page says 502.
    Html,
    /// The work is done, and its state is a word that is not in the specification.
    UnknownState,
    /// The work is asked for twice, as by a proxy that tries again. The second answer is sent.
    Duplicate,
    /// The access token ends, and nothing is done: 401. At the token endpoint the grant no longer holds.
    TokenExpired,
}

const NAMES: [&str; 14] = [
    "dropBefore",
    "dropAfter",
    "delay",
    "busy429",
    "busy503",
    "busy503date",
    "fail500",
    "fail500After",
    "truncated",
    "wrongJson",
    "html",
    "unknownState",
    "duplicate",
    "tokenExpired",
];

impl Fault {
    /// The fault of a name, with the seconds that it takes: of a delay, or until a client may ask again.
    pub fn read(name: &str, call: &Call, seconds: Option<u32>) -> Result<Self, ApiError> {
        let wait = || within(seconds.unwrap_or(1), LONGEST_BUSY);
        let fault = match name {
            "dropBefore" => Self::DropBefore,
            "dropAfter" => Self::DropAfter,
            "delay" => {
                let needed = || ApiError::unprocessable("secondsNeeded", "A delay needs its `seconds`.");
                let seconds = within(seconds.ok_or_else(needed)?, LONGEST)?;
                Self::Delay(Duration::from_secs(seconds.into()))
            }
            "busy429" => Self::Busy429(wait()?),
            "busy503" => Self::Busy503(wait()?),
            "busy503date" => Self::Busy503Date(wait()?),
            "fail500" => Self::Fail500,
            "fail500After" => Self::Fail500After,
            "truncated" => Self::Truncated,
            "wrongJson" => Self::WrongJson,
            "html" => Self::Html,
            "unknownState" => Self::UnknownState,
            "duplicate" => Self::Duplicate,
            "tokenExpired" if call.is_public && call.name != "token" => {
                let reason = format!("The call {} has no token.", call.name);
                return Err(ApiError::unprocessable("faultNotOfCall", reason));
            }
            "tokenExpired" => Self::TokenExpired,
            _ => {
                let reason = format!("A fault of a call is one of {}, or none.", NAMES.join(", "));
                return Err(ApiError::unprocessable("unknownFault", reason));
            }
        };
        let is_timed = matches!(fault, Self::Delay(_) | Self::Busy429(_) | Self::Busy503(_) | Self::Busy503Date(_));
        if seconds.is_some() && !is_timed {
            return Err(ApiError::unprocessable("secondsNotAllowed", format!("The fault {name} takes no `seconds`.")));
        }
        Ok(fault)
    }

    /// Whether the work is left undone.
    pub fn is_before(self) -> bool {
        matches!(
            self,
            Self::DropBefore
                | Self::Busy429(_)
                | Self::Busy503(_)
                | Self::Busy503Date(_)
                | Self::Fail500
                | Self::TokenExpired
        )
    }
}

fn within(seconds: u32, longest: u32) -> Result<u32, ApiError> {
    let too_long = || ApiError::unprocessable("secondsOutOfRange", format!("`seconds` are at most {longest}."));
    (seconds <= longest).then_some(seconds).ok_or_else(too_long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read() -> Result<(), ApiError> {
        let call = Call::named("order")?;
        for name in NAMES {
            Fault::read(name, call, (name == "delay").then_some(1))?;
        }
        Ok(())
    }
}
