//! The worlds that are explored, and what is left out of each so that it has an end.

use crate::promise::Promise;
use crate::scenario::{Money, Scenario, Second};

/// What is known of a copied tab in a browser without locks: it does not know the other one's tries. Each has a test of its own that finds it.
const COPIED: &[Promise] = &[Promise::NothingOrdered, Promise::NothingCharged, Promise::NothingTaken];

/// The same where nothing is sent again: what is refused then was never sent by the other tab either.
const COPIED_NO_KEYS: &[Promise] = &[Promise::NothingCharged, Promise::NothingTaken];

/// What is known of two top-ups of the same amount at the same time: without a key one can be taken for the other.
const TWO_TOP_UPS: &[Promise] = &[Promise::Delivered, Promise::NothingTaken];

const ONE: Scenario = Scenario { looks: 1, ..Scenario::new("one tab") };
const NO_KEYS: Scenario = Scenario { idempotent: false, repeatable: false, ..ONE };
const COPY: Scenario = Scenario { second: Second::Copy, ..TWO };
const LOOSE: Scenario = Scenario { locks: false, known: COPIED, ..COPY };
const TWO: Scenario = Scenario { torn: false, twice: false, price_changes: false, ..ONE };

/// Those that a test goes through to their ends.
pub const QUICK: [Scenario; 16] = [
    ONE,
    Scenario { name: "one tab, no 409", guarded: false, ..ONE },
    Scenario { name: "one tab, no keys, no 409", guarded: false, ..NO_KEYS },
    Scenario { name: "saved method", money: Money::Direct, ..ONE },
    Scenario { name: "token of the page", money: Money::Direct, asks: true, ..ONE },
    Scenario { name: "free", money: Money::Free, looks: 2, ..ONE },
    Scenario { name: "top-up", money: Money::TopUp, looks: 2, ..ONE },
    Scenario { name: "two top-ups", money: Money::TopUp, attempts: 2, known: TWO_TOP_UPS, ..ONE },
    Scenario { name: "orders fail", may_fail: true, ..ONE },
    Scenario { name: "another total", other_total: true, ..ONE },
    Scenario { name: "copied tab", ..COPY },
    Scenario { name: "copied tab, no keys, no 409", idempotent: false, repeatable: false, guarded: false, ..COPY },
    Scenario { name: "two tabs, free", money: Money::Free, second: Second::Own, attempts: 2, ..TWO },
    Scenario { name: "copied tab, no locks", ..LOOSE },
    Scenario {
        name: "copied tab, no locks, no keys",
        idempotent: false,
        repeatable: false,
        known: COPIED_NO_KEYS,
        ..LOOSE
    },
    Scenario { name: "two tabs, no locks", locks: false, second: Second::Own, attempts: 2, ..TWO },
];

/// Those that take longer, or have no end in ten minutes.
pub const DEEP: [Scenario; 13] = [
    Scenario { name: "copied tab, saved method", money: Money::Direct, ..COPY },
    Scenario { name: "copied tab, token of the page", money: Money::Direct, asks: true, ..COPY },
    Scenario { name: "saved method, no keys, no 409", money: Money::Direct, guarded: false, ..NO_KEYS },
    Scenario { name: "overtaken looks", looks: 2, twice: false, price_changes: false, ..ONE },
    Scenario { name: "overtaken looks, no keys, no 409", looks: 2, guarded: false, price_changes: false, ..NO_KEYS },
    Scenario { name: "overtaken looks, all faults", looks: 2, ..ONE },
    Scenario { name: "overtaken looks, saved method", looks: 2, money: Money::Direct, ..ONE },
    Scenario { name: "copied tab, all faults", attempts: 2, twice: true, price_changes: true, ..COPY },
    Scenario { name: "copied tab, no locks, all faults", attempts: 2, twice: true, price_changes: true, ..LOOSE },
    Scenario { name: "two tabs", second: Second::Own, attempts: 2, ..TWO },
    Scenario { name: "two tabs, torn looks", second: Second::Own, attempts: 2, torn: true, ..TWO },
    Scenario {
        name: "two tabs, three tries, all faults",
        second: Second::Own,
        attempts: 2,
        tries: 3,
        twice: true,
        price_changes: true,
        ..TWO
    },
    Scenario { name: "three attempts, three tries", attempts: 3, tries: 3, ..ONE },
];
