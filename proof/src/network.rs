//! What the network does with what a tab sent, and what a tab's look finds.

use esim_renewal::app::checkout::Refusal;

use crate::action::{Fate, Glance};
use crate::carrier::Verdict;
use crate::input::{Input, Reply, Seen};
use crate::model::{Model, Outcome};
use crate::world::{Call, Post, PostReply, Tab, World};

impl Model {
    pub(crate) fn call(&mut self, next: &mut Outcome, at: u8, fate: Fate) {
        let tab = usize::from(at);
        let Some(call) = next.world.tabs[tab].call.take() else { return };
        let unknown = match call.post {
            Post::Order(..) => PostReply::Order(Reply::Unknown),
            Post::Payment(..) => PostReply::Payment(Reply::Unknown),
        };
        let not_sent = match call.post {
            Post::Order(..) => PostReply::Order(Reply::No(Refusal::NotSent)),
            Post::Payment(..) => PostReply::Payment(Reply::No(Refusal::NotSent)),
        };
        let reply = match fate {
            Fate::Arrive(verdict) => {
                let reply = Some(self.arrive(&mut next.world, call.post, verdict));
                next.world.tabs[tab].call = Some(Call { reply, ..call });
                return;
            }
            Fate::Twice => {
                next.world.stray(call.post, self.scenario.idempotent);
                next.world.tabs[tab].call = Some(Call { left: true, ..call });
                return;
            }
            Fate::Lost | Fate::ReplyLost => unknown,
            Fate::TimedOut => {
                next.world.stray(call.post, self.scenario.idempotent);
                unknown
            }
            Fate::NotSent => not_sent,
            Fate::Answered => call.reply.unwrap_or(unknown),
            Fate::AnsweredTwice => {
                let reply = call.reply.unwrap_or(unknown);
                next.world.tabs[tab].echo = Some((call.post, reply));
                reply
            }
        };
        self.answer(next, at, call.post, reply);
    }

    fn arrive(&self, world: &mut World, post: Post, verdict: Verdict) -> PostReply {
        match post {
            Post::Order(key, price) => PostReply::Order(world.carrier.take_order(&self.scenario, key, price, verdict)),
            Post::Payment(attempt, key) => {
                PostReply::Payment(world.carrier.take_payment(&self.scenario, key, attempt, verdict))
            }
        }
    }

    pub(crate) fn answer(&mut self, next: &mut Outcome, at: u8, post: Post, reply: PostReply) {
        match (post, reply) {
            (Post::Order(key, _), PostReply::Order(reply)) => self.tell(next, at, Input::Ordered(key, reply)),
            (Post::Payment(_, key), PostReply::Payment(reply)) => self.tell(next, at, Input::Opened(key, reply)),
            _ => {}
        }
    }

    pub(crate) fn glance(&mut self, next: &mut Outcome, at: u8, place: u8, glance: Glance) {
        let (tab, place) = (usize::from(at), usize::from(place));
        let carrier = next.world.carrier;
        let Some(mut look) = next.world.tabs[tab].looks[place] else { return };
        let order = if self.scenario.is_top_up() {
            carrier.see_top_up(look.what.order, look.what.before)
        } else {
            carrier.see_order(look.what.attempt)
        };
        let payment = look.what.this.map_or(Seen::Unanswered, |this| carrier.see_payment(this));
        match glance {
            Glance::ReadOrder | Glance::Now | Glance::NowWithoutPayment => look.order = Some(order),
            Glance::NoOrder => look.order = Some(Seen::Unanswered),
            Glance::ReadPayment => look.payment = Some(payment),
            Glance::NoPayment => look.payment = Some(Seen::Unanswered),
            Glance::Arrive | Glance::ArriveWithoutRefund => {}
        }
        match glance {
            Glance::Now => look.payment = Some(payment),
            Glance::NowWithoutPayment => look.payment = Some(Seen::Unanswered),
            _ => {}
        }
        let (Some(order), Some(mut paid)) = (look.order, look.payment) else {
            next.world.tabs[tab].looks[place] = Some(look);
            return;
        };
        if matches!(glance, Glance::NoOrder | Glance::NoPayment | Glance::ReadOrder | Glance::ReadPayment) {
            next.world.tabs[tab].looks[place] = Some(look);
            return;
        }
        // Of a refund the runner asks last.
        if let Seen::Yes(paid) = &mut paid {
            let now = matches!(payment, Seen::Yes(now) if now.refunded);
            paid.refunded = now && matches!(glance, Glance::Arrive | Glance::Now);
        }
        let looks = &mut next.world.tabs[tab].looks;
        *looks = if place == 0 { [looks[1], None] } else { [looks[0], None] };
        self.tell(next, at, Input::Looked(look.what.attempt, look.what.number, order, paid));
    }

    /// Looks that told nothing new bring the stage, and the look that it waits for, nearer to giving up.
    pub(crate) fn later(&mut self, tab: &mut Tab) {
        let before = self.machine.view(tab.stage).looks;
        tab.stage = self.machine.later(tab.stage);
        let after = self.machine.view(tab.stage).looks;
        for look in tab.looks.iter_mut().flatten().filter(|look| look.what.number == before) {
            look.what.number = after;
        }
    }
}
