//! Promotions (TMF671), and what they do to a price: shown before anything is bought. What is paid is the carrier's price.

use super::decimal::Decimal;
use super::id::OfferingId;
use super::money::{Currency, Money};
use super::offering::Offering;
use super::time::Timestamp;

/// Something that is had for less, or of which there is more, for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    /// The carrier's id.
    pub id: String,
    /// Its name, in the carrier's words.
    pub name: String,
    /// From when it holds, where the carrier says so.
    pub starts: Option<Timestamp>,
    /// Until when it holds, where the carrier says so.
    pub ends: Option<Timestamp>,
    /// A basket must have something of each.
    pub groups: Vec<Group>,
    /// Whether a code must be typed for it.
    pub needs_code: bool,
    /// What it does to one of what it is about.
    pub effect: Effect,
    /// What it is about; without it, whatever is of the first group.
    pub about: Option<OfferingId>,
}

/// Things of which a basket must have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are called, in the carrier's words.
    pub name: String,
    /// What fits.
    pub any: Vec<Criterion>,
}

/// What fits a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// This offering.
    Offering(OfferingId),
    /// All of a category, by its id.
    Category(String),
}

/// What a promotion does to one of what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// So many hundredths of a percent less, at most 10,000. Rounded half up to the minor unit, for one.
    Percent(u32),
    /// So much less, and never less than nothing.
    Amount(Figure),
    /// It costs so much, where that is less.
    Price(Figure),
    /// So many bytes more.
    Bonus(u64),
}

/// An amount as a promotion names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The number of whole units.
    pub number: Decimal,
    /// The currency; without one it is that of the price.
    pub currency: Option<Currency>,
}

impl Figure {
    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.number.is_negative()
    }

    /// As money like a price; `None` in another currency, and for what is finer than its minor unit.
    pub fn like(self, price: Money) -> Option<Money> {
        let currency = price.currency();
        let is_same = self.currency.is_none_or(|own| own == currency);
        is_same.then(|| Money::from_decimal(self.number, currency).ok()).flatten()
    }
}

impl Promotion {
    /// Whether it does something to a price of a currency that there is.
    pub fn is_payable(&self, currency: Currency) -> bool {
        match self.effect {
            Effect::Amount(figure) | Effect::Price(figure) => figure.like(Money::from_minor(0, currency)).is_some(),
            Effect::Percent(_) | Effect::Bonus(_) => true,
        }
    }

    /// Whether its time is now. Where the carrier's time is not known its word stands that the promotion is on.
    pub fn is_on(&self, now: Option<Timestamp>) -> bool {
        now.is_none_or(|now| self.starts.is_none_or(|start| start <= now) && self.ends.is_none_or(|end| now < end))
    }

    /// Whether its end has passed.
    pub fn has_ended(&self, now: Timestamp) -> bool {
        self.ends.is_some_and(|end| end <= now)
    }

    fn is_about(&self, offering: &Offering) -> bool {
        match &self.about {
            Some(about) => *about == offering.id,
            None => self.groups.first().is_none_or(|group| group.fits(offering)),
        }
    }

    /// What it takes off the price of one: nothing below zero, and nothing in another currency.
    fn saving(&self, price: Money) -> Option<Money> {
        let saving = match self.effect {
            Effect::Percent(hundredths) => price.per(10_000, u64::from(hundredths))?,
            Effect::Amount(amount) => amount.like(price)?,
            Effect::Price(fixed) => price.minus(fixed.like(price)?).ok()?,
            Effect::Bonus(_) => return None,
        };
        let most = if saving.compare(price)?.is_gt() { price } else { saving };
        (!most.is_negative() && !most.is_zero()).then_some(most)
    }

    /// Whether it does anything to these, bought together, whatever else is on.
    fn does_something(&self, items: &[&Offering]) -> bool {
        let all = self.groups.iter().all(|group| items.iter().any(|item| group.fits(item)));
        all && items.iter().any(|item| {
            let lowers = item.price.fixed().is_some_and(|price| self.saving(price).is_some());
            self.is_about(item) && (self.bonus() > 0 || lowers)
        })
    }

    fn bonus(&self) -> u64 {
        if let Effect::Bonus(bytes) = self.effect { bytes } else { 0 }
    }
}

impl Group {
    /// Its name, or where it has none what it is about.
    fn called(&self) -> &str {
        let first = self.any.first().map_or("", |criterion| match criterion {
            Criterion::Offering(id) => id.as_str(),
            Criterion::Category(category) => category,
        });
        if self.name.is_empty() { first } else { &self.name }
    }

    fn fits(&self, offering: &Offering) -> bool {
        self.any.iter().any(|criterion| match criterion {
            Criterion::Offering(id) => *id == offering.id,
            Criterion::Category(category) => offering.categories.contains(category),
        })
    }
}

/// The names of those promotions that did something to a basket: by what it holds, or by the carrier's own bill of it.
pub fn concerning(promotions: &[Promotion], items: &[&Offering], billed: &[String]) -> Vec<String> {
    let does = |one: &&Promotion| billed.contains(&one.name) || one.does_something(items);
    promotions.iter().filter(does).map(|one| one.name.clone()).collect()
}

/// What promotions do to one of an offering.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Benefit<'a> {
    /// What lowers its price, and by how much.
    pub saving: Option<(&'a Promotion, Money)>,
    /// What brings data with it.
    pub bonuses: Vec<&'a Promotion>,
}

/// What promotions without a code do to each of these, bought together.
///
/// How they stack: one promotion lowers the price of an item, the one that takes most off it, the first of equals. Data
/// comes on top of that, from each that brings any.
pub fn benefits<'a>(promotions: &'a [Promotion], items: &[&Offering], now: Option<Timestamp>) -> Vec<Benefit<'a>> {
    let mut benefits = vec![Benefit::default(); items.len()];
    for promotion in promotions.iter().filter(|one| !one.needs_code && one.is_on(now)) {
        if !promotion.groups.iter().all(|group| items.iter().any(|item| group.fits(item))) {
            continue;
        }
        for (item, benefit) in items.iter().zip(&mut benefits).filter(|(item, _)| promotion.is_about(item)) {
            if promotion.bonus() > 0 {
                benefit.bonuses.push(promotion);
            }
            let saving = item.price.fixed().and_then(|price| promotion.saving(price));
            let known = benefit.saving.map(|(_, known)| known);
            if let Some(saving) = saving
                && known.is_none_or(|known| saving.compare(known).is_some_and(std::cmp::Ordering::is_gt))
            {
                benefit.saving = Some((promotion, saving));
            }
        }
    }
    benefits
}

/// What is to be had of an offering now, bought alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// The names of the promotions, in the carrier's words. None where the carrier lowered the price itself.
    pub names: Vec<String>,
    /// What one costs.
    pub price: Money,
    /// What promotions take off it.
    pub saving: Money,
    /// The bytes that come on top.
    pub bonus: u64,
    /// The lowest price of the last 30 days, where the carrier says it and this one is lower: the only price that may be
    /// struck through.
    pub was: Option<Money>,
    /// When the first of it ends, where the carrier says so.
    pub ends: Option<Timestamp>,
}

impl Deal {
    /// By how many whole percent the price is below the lowest of the last 30 days, rounded down.
    pub fn percent(&self) -> Option<u32> {
        let was = self.was?;
        let less = was.minus(self.price).ok()?;
        u32::try_from(less.share_of(was)?.checked_div(100)?).ok().filter(|percent| *percent > 0)
    }
}

/// What is to be had of an offering under a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditional {
    /// The promotion's name, in the carrier's words.
    pub name: String,
    /// What must be bought with it: the names of the groups.
    pub with: Vec<String>,
    /// Whether a code must be typed.
    pub needs_code: bool,
    /// When it ends, where the carrier says so.
    pub ends: Option<Timestamp>,
}

/// The deal of an offering, bought alone; `None` where it has its usual price and nothing on top.
pub fn deal(offering: &Offering, promotions: &[Promotion], now: Option<Timestamp>) -> Option<Deal> {
    let list = offering.price.fixed()?;
    let benefit = benefits(promotions, &[offering], now).pop()?;
    let saving = benefit.saving.map(|(_, saving)| saving);
    let price = saving.map_or(Some(list), |saving| list.minus(saving).ok())?;
    let is_lower = |lowest: &Money| price.compare(*lowest).is_some_and(std::cmp::Ordering::is_lt);
    let was = offering.lowest_30_days.filter(is_lower);
    let promotions = benefit.saving.map(|(promotion, _)| promotion).into_iter().chain(benefit.bonuses.iter().copied());
    let names: Vec<_> = promotions.clone().map(|promotion| promotion.name.clone()).collect();
    (!names.is_empty() || was.is_some()).then(|| Deal {
        names,
        price,
        saving: saving.unwrap_or(Money::from_minor(0, list.currency())),
        bonus: benefit.bonuses.iter().fold(0, |sum: u64, promotion| sum.saturating_add(promotion.bonus())),
        was,
        ends: promotions.filter_map(|promotion| promotion.ends).min(),
    })
}

/// What one of an offering costs now, bought alone; `None` where the subscriber says how much.
pub fn price_now(offering: &Offering, promotions: &[Promotion], now: Option<Timestamp>) -> Option<Money> {
    deal(offering, promotions, now).map_or_else(|| offering.price.fixed(), |deal| Some(deal.price))
}

/// What the parts of a bundle cost now, bought one by one; `None` for what is no bundle, or where that cannot be told.
pub fn parts_price(
    bundle: &Offering,
    catalogue: &[Offering],
    promotions: &[Promotion],
    now: Option<Timestamp>,
) -> Option<Money> {
    let part = |id: &OfferingId| price_now(catalogue.iter().find(|one| one.id == *id)?, promotions, now);
    let mut prices = bundle.parts.iter().map(part);
    let first = prices.next()??;
    prices.try_fold(first, |sum, price| sum.plus(price?).ok())
}

/// What more there is of an offering for those who buy something with it or have a code.
pub fn conditionals(offering: &Offering, promotions: &[Promotion], now: Option<Timestamp>) -> Vec<Conditional> {
    let of_this = promotions.iter().filter(|one| one.is_on(now) && one.is_about(offering));
    let does = |promotion: &&Promotion| {
        promotion.bonus() > 0 || offering.price.fixed().is_some_and(|price| promotion.saving(price).is_some())
    };
    let conditional = |promotion: &Promotion| {
        let missing = promotion.groups.iter().filter(|group| !group.fits(offering));
        let with: Vec<_> = missing.map(|group| group.called().to_owned()).collect();
        (promotion.needs_code || !with.is_empty()).then(|| Conditional {
            name: promotion.name.clone(),
            with,
            needs_code: promotion.needs_code,
            ends: promotion.ends,
        })
    };
    of_this.filter(does).filter_map(conditional).collect()
}

/// Whether anything of an offering is had for less, or more of it, today: a deal, one under a condition, or a bundle that
/// costs less than its parts.
pub fn is_on_offer(offering: &Offering, catalogue: &[Offering], promotions: &[Promotion]) -> bool {
    let saves = || {
        let apart = parts_price(offering, catalogue, promotions, None)?;
        Some(apart.compare(price_now(offering, promotions, None)?)?.is_gt())
    };
    deal(offering, promotions, None).is_some()
        || !conditionals(offering, promotions, None).is_empty()
        || saves() == Some(true)
}

/// The best of several deals, by its place: the one furthest below its lowest price of the last 30 days, the first of
/// equals. Without that price nothing says how much is really taken off.
pub fn best<'a>(deals: impl Iterator<Item = Option<&'a Deal>>) -> Option<usize> {
    let mut best: Option<(usize, i64)> = None;
    for (at, deal) in deals.enumerate() {
        let below = deal.and_then(|deal| deal.was?.minus(deal.price).ok()?.share_of(deal.was?));
        if let Some(below) = below.filter(|below| *below > 0)
            && best.is_none_or(|(_, known)| below > known)
        {
            best = Some((at, below));
        }
    }
    best.map(|(at, _)| at)
}

#[cfg(test)]
mod tests;
