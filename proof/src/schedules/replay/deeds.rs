//! How the sandbox is brought to do what the model's carrier does: by the clock, and by the payment page.

use esim_renewal::domain::payment::PaymentStatus;

use super::stand::Stand;
use crate::action::Deed;
use crate::world::World;

/// How long the sandbox takes to carry out what is paid, and to take what the bank agreed to.
const FULFIL: i64 = 1_500;
const CAPTURE: i64 = 5_000;
/// How long an order waits for its payment.
const UNPAID: i64 = 30 * 60_000;

impl Stand {
    pub(super) fn deed(&self, deed: Deed, before: &World) {
        let world = &self.world;
        let status = |key: u8| before.carrier.payments[usize::from(key)].map(|payment| payment.status);
        match deed {
            Deed::ChangePrice => world.shop.change_price(world.plan.offer.offering(), 2_600),
            Deed::Cancel(_) => world.time.skip(UNPAID),
            Deed::Complete(_) => world.time.skip(FULFIL),
            Deed::Capture(key) if status(key) == Some(PaymentStatus::Authorized) => world.time.skip(CAPTURE),
            Deed::Capture(key) => self.press(key, "action=pay&card=accepted"),
            Deed::Authorize(key) => self.press(key, "action=pay&card=slow"),
            Deed::Deny(key) if is_visited(key, before) => self.press(key, "action=pay&card=declined"),
            Deed::Deny(key) => self.press(key, "action=cancel"),
            // It has done so already, and cannot fail to carry out what is paid.
            Deed::Refund(_) | Deed::EndAs(..) => {}
        }
    }

    fn press(&self, key: u8, form: &str) {
        let book = self.book();
        let name = &self.tries[usize::from(key)];
        if let Some(payment) = book.payments.iter().find(|payment| payment.key == *name) {
            self.world.shop.press(&payment.page, form);
        }
    }
}

fn is_visited(key: u8, before: &World) -> bool {
    before.carrier.payments[usize::from(key)].is_some_and(|payment| payment.visited)
}
