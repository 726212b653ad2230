//! What the network does to a call, in the words of the sandbox's switches (`docs/sandbox.md`), and one of its own.

/// A fault of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The request is lost.
    DropBefore,
    /// The request is on its way for long: it arrives after others, or after the wait for it is over. The sandbox has no
    /// switch for that.
    Late,
    /// The work is done, and the answer is lost.
    DropAfter,
    /// The work is done, and the answer takes long, or longer than the wait for it.
    Delay,
    /// 429 with `Retry-After`; nothing is done.
    Busy429,
    /// 503 with `Retry-After`; nothing is done.
    Busy503,
    /// 500; nothing is done.
    Fail500,
    /// The work is done, and answered with 500.
    Fail500After,
    /// The work is done, and half of the answer comes.
    Truncated,
    /// The work is done, and the answer is JSON of another shape.
    WrongJson,
    /// The work is done, and a gateway's page says 502.
    Html,
    /// The work is done, and each state in the answer is an unknown word.
    UnknownState,
    /// The request arrives twice.
    Duplicate,
    /// 401; nothing is done.
    TokenExpired,
}

impl Fault {
    /// All of them, by name.
    pub const ALL: [(Self, &'static str); 14] = [
        (Self::DropBefore, "dropBefore"),
        (Self::Late, "late"),
        (Self::DropAfter, "dropAfter"),
        (Self::Delay, "delay"),
        (Self::Busy429, "busy429"),
        (Self::Busy503, "busy503"),
        (Self::Fail500, "fail500"),
        (Self::Fail500After, "fail500After"),
        (Self::Truncated, "truncated"),
        (Self::WrongJson, "wrongJson"),
        (Self::Html, "html"),
        (Self::UnknownState, "unknownState"),
        (Self::Duplicate, "duplicate"),
        (Self::TokenExpired, "tokenExpired"),
    ];

    /// Its place among all.
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|(one, _)| *one == self).unwrap_or_default()
    }

    /// Its word.
    pub fn name(self) -> &'static str {
        Self::ALL[self.index()].1
    }
}
