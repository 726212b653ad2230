//! Ways of the model, gone once more with the sandbox in the place of the model's carrier: after each action the machine's
//! stage must be the model's, and the sandbox must say of order and payment what the model says.

mod choose;
mod deeds;
mod script;
mod stand;

pub use choose::Ways;
pub use script::Script;

use std::rc::Rc;

use super::shop::Shop;
use crate::action::Action;
use crate::machine::Step;
use crate::scenario::{Money, Scenario, Second};
use stand::Stand;

/// A world whose network does what a script can do.
const fn world(name: &'static str) -> Scenario {
    Scenario { looks: 1, twice: false, ..Scenario::new(name) }
}

/// The worlds of which ways are taken: those in which the sandbox can do what the model's carrier does. Two tabs know
/// nothing of each other: what locks do is the runner's, which is not run here. With them a look is of one moment, and the
/// price stays, as in most worlds of two tabs.
pub const WORLDS: [Scenario; 5] = [
    world("one tab"),
    Scenario { repeatable: false, ..world("one tab, nothing sent again") },
    Scenario { money: Money::Free, ..world("free") },
    Scenario { second: Second::Copy, locks: false, torn: false, price_changes: false, ..world("copied tab") },
    Scenario { second: Second::Own, locks: false, attempts: 2, torn: false, price_changes: false, ..world("two tabs") },
];

/// What came of going many ways.
#[derive(Debug, Default)]
pub struct Replayed {
    /// How many ways.
    pub ways: usize,
    /// How many actions all in all; after each all is compared.
    pub actions: usize,
    /// The first difference.
    pub difference: Option<String>,
}

/// Goes ways of a world with the sandbox, the shortest first, at most so many. The model has the shipped machine; the
/// sandbox is met by this one.
///
/// # Errors
/// When the carrier cannot be brought back to its start.
pub fn replay(shop: &Rc<Shop>, step: Step, scenario: Scenario, most: usize) -> Result<Replayed, String> {
    let mut replayed = Replayed::default();
    for way in Ways::of(scenario, most).all {
        replayed.ways += 1;
        replayed.actions += way.len();
        if let Some(difference) = go(shop, step, scenario, &way)? {
            replayed.difference = Some(difference);
            break;
        }
    }
    Ok(replayed)
}

fn go(shop: &Rc<Shop>, step: Step, scenario: Scenario, way: &[Action]) -> Result<Option<String>, String> {
    let mut stand = Stand::new(shop, step, scenario)?;
    for (at, action) in way.iter().enumerate() {
        stand.act(*action);
        if let Some(difference) = stand.difference() {
            return Ok(Some(format!("{}: {difference} after {:#?}", scenario.name, &way[..=at])));
        }
    }
    Ok(None)
}
