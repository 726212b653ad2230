//! What a card says of an offering: the same as the widget's own (`src/ui/plan_card.rs`, `src/ui/deal.rs`), as texts.

use crate::catalogue::Catalogue;
use crate::intl::Intl;
use crate::link::Checkout;
use anyhow::Result;
use esim_renewal::domain::allowance::Usage;
use esim_renewal::domain::deal::{Conditional, Deal, best, conditionals, deal, is_on_offer, parts_price, price_now};
use esim_renewal::domain::filter::Entry;
use esim_renewal::domain::id::OfferingId;
use esim_renewal::domain::money::Money;
use esim_renewal::domain::offering::{Offering, OfferingKind, Price, Recurring};
use esim_renewal::domain::time::{Period, Timestamp};
use esim_renewal::ui::format::counted;
use esim_renewal::ui::text::{Texts, fill};

/// An offering as it is read.
pub struct Card<'a> {
    /// What it is.
    pub offering: &'a Offering,
    /// The deal that is on.
    pub deal: Option<Deal>,
    /// What the deal is called.
    pub deal_name: String,
    /// Until when it holds.
    pub ends: Option<Until>,
    /// What is large on it: the parts of the volume, of which the numbers are marked, or how long it lasts.
    pub hero: Vec<(bool, String)>,
    /// What stands beside that.
    pub beside: String,
    /// Whether its deal is the best of all that are shown.
    pub is_best: bool,
    /// What else is known of it.
    pub facts: Vec<Fact>,
    /// What it costs now.
    pub price: String,
    /// The only price that may be struck through, and what it is.
    pub was: Option<(String, String)>,
    /// What it costs after that.
    pub then: Option<String>,
    /// Where it can be bought.
    pub link: Option<String>,
    /// The words for choosing it.
    pub choose: String,
}

/// Until when something holds, in words and as the point in time.
pub struct Until {
    pub text: String,
    pub time: Timestamp,
}

/// Something that is known of an offering.
#[derive(Default)]
pub struct Fact {
    /// What it is about; `is_plain` where the value speaks for itself.
    pub name: String,
    /// Whether the name is for screen readers alone.
    pub is_plain: bool,
    /// What is known: one thing, or a list.
    pub values: Vec<String>,
    /// Until when it is so.
    pub ends: Option<Until>,
    /// Whether it is something that one gains.
    pub is_gain: bool,
}

/// What the texts of cards are made of.
pub struct Writer<'a> {
    pub catalogue: &'a Catalogue,
    pub intl: &'a Intl,
    pub t: &'static Texts,
    pub checkout: Option<&'a Checkout>,
}

impl<'a> Writer<'a> {
    /// The cards of what is on offer today, or of all that is sold.
    ///
    /// # Errors
    /// When something cannot be written in the language.
    pub fn cards(&self, deals_only: bool) -> Result<Vec<Card<'a>>> {
        let Catalogue { offerings, on, .. } = self.catalogue;
        let shown: Vec<_> = offerings.iter().filter(|one| !deals_only || is_on_offer(one, offerings, on)).collect();
        let deals: Vec<_> = shown.iter().map(|one| deal(one, on, None)).collect();
        let best = best(deals.iter().map(Option::as_ref));
        let card = |(at, (offering, deal))| self.card(offering, deal, best == Some(at));
        shown.into_iter().zip(deals).enumerate().map(card).collect()
    }

    fn card(&self, offering: &'a Offering, deal: Option<Deal>, is_best: bool) -> Result<Card<'a>> {
        let (hero, beside) = self.headline(offering)?;
        let mut facts = self.contents(offering)?;
        self.gains(offering, deal.as_ref(), &mut facts)?;
        let percent = deal.as_ref().and_then(Deal::percent).map(|percent| self.intl.percent(percent)).transpose()?;
        let less = percent.map(|percent| fill(self.t.less, &[("percent", &percent)]));
        let names = deal.iter().flat_map(|deal| deal.names.iter().cloned());
        let was = deal.as_ref().and_then(|deal| deal.was).map(|was| self.intl.money(was)).transpose()?;
        let conditions = conditionals(offering, &self.catalogue.on, None);
        let needs_code = conditions.iter().any(|one| one.needs_code);
        Ok(Card {
            deal_name: less.into_iter().chain(names).collect::<Vec<_>>().join(" · "),
            ends: self.until(deal.as_ref().and_then(|deal| deal.ends))?,
            hero,
            beside,
            is_best,
            facts,
            price: match (&deal, offering.price) {
                (Some(deal), _) => self.price(deal.price)?,
                (None, Price::Fixed(once)) => self.price(once)?,
                (None, Price::Chosen { least, most }) => {
                    let (least, most) = (self.intl.money(least)?, self.intl.money(most)?);
                    fill(self.t.amount_from_to, &[("least", &least), ("most", &most)])
                }
            },
            was: was.map(|was| (fill(self.t.lowest_30_days, &[("price", &was)]), was)).map(|(words, was)| (was, words)),
            then: offering.recurring.map(|recurring| self.again(recurring)).transpose()?,
            link: self.checkout.map(|checkout| checkout.link(&offering.id, needs_code)),
            choose: fill(self.t.choose, &[("name", &offering.name)]),
            offering,
            deal,
        })
    }

    /// A price, or the word for none.
    fn price(&self, price: Money) -> Result<String> {
        if price.is_zero() { Ok(self.t.free.to_owned()) } else { self.intl.money(price) }
    }

    fn again(&self, recurring: Recurring) -> Result<String> {
        let price = self.intl.money(recurring.amount)?;
        Ok(match recurring.every {
            Period::Months(1) => fill(self.t.then_monthly, &[("price", &price)]),
            every => fill(self.t.then_every, &[("price", &price), ("period", &self.intl.period(every)?)]),
        })
    }

    fn until(&self, end: Option<Timestamp>) -> Result<Option<Until>> {
        end.map(|time| {
            let text = fill(self.t.deal_ends, &[("date", &self.intl.date(time)?)]);
            Ok(Until { text, time })
        })
        .transpose()
    }

    fn headline(&self, offering: &Offering) -> Result<(Vec<(bool, String)>, String)> {
        let validity = offering.validity.map(|period| self.intl.period(period)).transpose()?;
        Ok(match offering.volume(Usage::Data) {
            Some(data) => {
                let volume = counted(data).map(|volume| self.intl.volume_parts(Usage::Data, volume)).transpose()?;
                let hero = volume.unwrap_or_else(|| vec![(true, self.t.unlimited.to_owned())]);
                (hero, validity.map(|period| fill(self.t.for_period, &[("period", &period)])).unwrap_or_default())
            }
            None if offering.kind == OfferingKind::Credit => (Vec::new(), self.t.you_say.to_owned()),
            None => (vec![(true, validity.unwrap_or_default())], String::new()),
        })
    }

    fn contents(&self, offering: &Offering) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        for (usage, name) in [(Usage::Voice, self.t.voice), (Usage::Messages, self.t.messages)] {
            if let Some(volume) = offering.volume(usage) {
                let volume = counted(volume).map(|volume| self.intl.volume(usage, volume)).transpose()?;
                facts.push(Fact::of(name, volume.unwrap_or_else(|| self.t.unlimited.to_owned())));
            }
        }
        if let Some(bytes) = offering.fair_use {
            let volume = self.intl.volume(Usage::Data, bytes)?;
            facts.push(Fact::of(self.t.data, fill(self.t.fair_use, &[("volume", &volume)])));
        }
        if !offering.countries.is_empty() {
            let (names, more) = self.intl.countries(&offering.countries)?;
            let names = match more {
                0 => names,
                more => fill(self.t.and_more, &[("names", &names), ("count", &self.intl.count(more)?)]),
            };
            facts.push(Fact::of(self.t.works_in, names));
        }
        let says_itself = offering.volume(Usage::Data).is_some() && offering.kind != OfferingKind::Bundle;
        if let Some(description) = offering.description.clone().filter(|_| !says_itself) {
            facts.push(Fact { is_plain: true, ..Fact::of(self.t.about, description) });
        }
        Ok(facts)
    }

    /// What comes on top, what a bundle saves, and what there is under a condition.
    fn gains(&self, offering: &Offering, deal: Option<&Deal>, facts: &mut Vec<Fact>) -> Result<()> {
        let on = &self.catalogue.on;
        let price = price_now(offering, on, None);
        let per_gigabyte = Entry { price, ..Entry::of(offering) }.price_per_gigabyte().filter(|price| !price.is_zero());
        if let Some(price) = per_gigabyte {
            facts.push(Fact::of(self.t.per_gigabyte, self.intl.money(price)?));
        }
        if let Some(bonus) = deal.map(|deal| deal.bonus).filter(|bonus| *bonus > 0) {
            let volume = self.intl.volume(Usage::Data, bonus)?;
            facts.push(Fact { is_gain: true, ..Fact::of(self.t.on_top, volume) });
        }
        self.bundle(offering, facts)?;
        for condition in conditionals(offering, on, None) {
            facts.push(self.condition(&condition)?);
        }
        Ok(())
    }

    fn bundle(&self, offering: &Offering, facts: &mut Vec<Fact>) -> Result<()> {
        let Catalogue { offerings, on, .. } = self.catalogue;
        if offering.parts.is_empty() {
            return Ok(());
        }
        let name = |id: &OfferingId| Some(offerings.iter().find(|one| one.id == *id)?.name.clone());
        facts.push(Fact {
            values: offering.parts.iter().filter_map(name).collect(),
            ..Fact::of(self.t.holds, String::new())
        });
        let apart = parts_price(offering, offerings, on, None);
        let saving = apart.and_then(|apart| apart.minus(price_now(offering, on, None)?).ok());
        if let Some((apart, saving)) =
            apart.zip(saving).filter(|(_, saving)| !saving.is_negative() && !saving.is_zero())
        {
            facts.push(Fact::of(self.t.parts_apart, self.intl.money(apart)?));
            facts.push(Fact { is_gain: true, ..Fact::of(self.t.bundle_saves, self.intl.money(saving)?) });
        }
        Ok(())
    }

    fn condition(&self, one: &Conditional) -> Result<Fact> {
        let with = (!one.with.is_empty()).then(|| fill(self.t.with_other, &[("names", &one.with.join(" + "))]));
        let code = one.needs_code.then(|| self.t.with_code.to_owned());
        let needs = with.into_iter().chain(code).collect::<Vec<_>>().join(" · ");
        Ok(Fact { ends: self.until(one.ends)?, ..Fact::of(&one.name, needs) })
    }
}

impl Fact {
    fn of(name: &str, value: String) -> Self {
        Self { name: name.to_owned(), values: vec![value], ..Self::default() }
    }
}
