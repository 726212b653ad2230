//! The demo's subscribers, each there to show something.

/// A customer with one account.
pub(super) struct Customer {
    pub number: i64,
    pub name: &'static str,
    pub note: &'static str,
    pub lines: &'static [LineOf],
    pub credit_cents: i64,
    pub carrier_billing: bool,
    pub cards: &'static [CardOf],
    pub past_orders: &'static [PastOrder],
}

/// A line. Its `key` is in the ids of all that hangs on it.
pub(super) struct LineOf {
    pub key: &'static str,
    pub msisdn: &'static str,
    pub sim: &'static str,
    pub roaming: &'static str,
    pub suspended: bool,
    pub plan: Option<PlanOf>,
}

/// A plan.
pub(super) struct PlanOf {
    pub offering: &'static str,
    /// When it ends, in days from the first start.
    pub ends_in_days: i64,
    /// What is used of data (MB), voice (minutes) and messages.
    pub used: [i64; 3],
    /// The same of the periods before, which were as long: the newest first.
    pub past: &'static [[i64; 3]],
}

/// A saved card.
pub(super) struct CardOf {
    pub id: &'static str,
    pub brand: &'static str,
    pub last_four: &'static str,
    /// When it expires, in months from the first start.
    pub expires_in_months: i64,
    pub asks_bank: bool,
}

/// A plan that was renewed and paid by the first saved card.
pub(super) struct PastOrder {
    pub line: &'static str,
    pub offering: &'static str,
    pub days_ago: i64,
}

/// What the first subscribers have in common: one eSIM that may be used abroad.
const fn esim(key: &'static str, msisdn: &'static str, plan: PlanOf) -> LineOf {
    LineOf { key, msisdn, sim: "eSIM", roaming: "on", suspended: false, plan: Some(plan) }
}

const fn plain(number: i64, name: &'static str, note: &'static str, lines: &'static [LineOf]) -> Customer {
    Customer { number, name, note, lines, credit_cents: 0, carrier_billing: false, cards: &[], past_orders: &[] }
}

pub(super) const SUBSCRIBERS: [Customer; 6] = [
    plain(
        1,
        "Alice Demo",
        "Plenty left: 14.8 of 20 GB, and 21 days to go.",
        &[esim(
            "1",
            "+37761234501",
            PlanOf {
                offering: "riviera-20",
                ends_in_days: 21,
                used: [5_200, 47, 0],
                // The smaller plan would do.
                past: &[[7_200, 131, 64], [6_400, 108, 71], [8_100, 140, 58]],
            },
        )],
    ),
    plain(
        2,
        "Bruno Demo",
        "Nearly out: 0.4 of 10 GB left, and 3 days to go.",
        &[esim(
            "2",
            "+37761234502",
            PlanOf {
                offering: "riviera-10",
                ends_in_days: 3,
                used: [9_600, 96, 0],
                // Runs out again and again.
                past: &[[9_600, 118, 210], [10_000, 120, 187], [10_000, 104, 232]],
            },
        )],
    ),
    plain(
        3,
        "Chiara Demo",
        "Expired two days ago, with nothing left.",
        &[esim(
            "3",
            "+37761234503",
            // Too new to say what is usual.
            PlanOf { offering: "riviera-week", ends_in_days: -2, used: [3_000, 30, 100], past: &[] },
        )],
    ),
    Customer {
        number: 4,
        name: "Dora Demo",
        note: "Two lines, 20 euros of credit, and saved cards.",
        lines: &[
            LineOf {
                key: "4",
                msisdn: "+37761234504",
                sim: "eSIM",
                roaming: "off",
                suspended: false,
                plan: Some(PlanOf {
                    offering: "riviera-10",
                    ends_in_days: 12,
                    used: [6_100, 52, 0],
                    past: &[[6_100, 72, 90], [7_400, 85, 112], [6_800, 64, 83]],
                }),
            },
            LineOf {
                key: "4b",
                msisdn: "+37761234514",
                sim: "SIM",
                roaming: "barred",
                suspended: false,
                plan: Some(PlanOf { offering: "riviera-5", ends_in_days: 18, used: [1_200, 11, 0], past: &[] }),
            },
        ],
        credit_cents: 2_000,
        carrier_billing: true,
        cards: &[
            CardOf { id: "card-4", brand: "Visa", last_four: "4242", expires_in_months: 30, asks_bank: false },
            CardOf {
                id: "card-4-bank",
                brand: "Mastercard",
                last_four: "5100",
                expires_in_months: 18,
                asks_bank: true,
            },
            CardOf { id: "card-4-old", brand: "Visa", last_four: "0069", expires_in_months: -2, asks_bank: false },
        ],
        past_orders: &[
            PastOrder { line: "4", offering: "riviera-10", days_ago: 65 },
            PastOrder { line: "4b", offering: "riviera-5", days_ago: 35 },
        ],
    },
    plain(
        5,
        "Emil Demo",
        "Brand new: a line without a plan.",
        &[LineOf { key: "5", msisdn: "+37761234505", sim: "eSIM", roaming: "off", suspended: false, plan: None }],
    ),
    plain(
        6,
        "Fatou Demo",
        "Suspended: a bill was not paid. 9 days to go.",
        &[LineOf {
            key: "6",
            msisdn: "+37761234506",
            sim: "eSIM",
            roaming: "off",
            suspended: true,
            plan: Some(PlanOf { offering: "riviera-10", ends_in_days: 9, used: [3_300, 20, 0], past: &[] }),
        }],
    ),
];
