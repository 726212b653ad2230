//! What is loaded from the carrier, and what kept it from being loaded.

use crate::carrier::CarrierError;

/// Something that comes from the carrier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Remote<T> {
    /// Not asked for.
    #[default]
    Idle,
    /// Asked for.
    Loading,
    /// Here.
    Ready(T),
    /// Not to be had for now.
    Failed(Trouble),
}

impl<T> Remote<T> {
    /// The value, once it is here.
    pub const fn ready(&self) -> Option<&T> {
        if let Self::Ready(value) = self { Some(value) } else { None }
    }
}

/// What went wrong, as far as a screen has something else to say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The network is away.
    Offline,
    /// The carrier did not answer in time.
    Slow,
    /// The carrier asks to wait.
    Busy,
    /// The subscriber is not signed in, or not any more.
    SignedOut,
    /// The carrier said no.
    Refused,
    /// The carrier failed, or its answer makes no sense.
    Broken,
}

impl From<&CarrierError> for Trouble {
    fn from(error: &CarrierError) -> Self {
        match error {
            CarrierError::NoReply => Self::Offline,
            CarrierError::TimedOut | CarrierError::NoToken => Self::Slow,
            CarrierError::Busy { .. } => Self::Busy,
            CarrierError::SignedOut => Self::SignedOut,
            CarrierError::Refused { .. } => Self::Refused,
            CarrierError::Failing(_) | CarrierError::Unreadable(_) => Self::Broken,
        }
    }
}
