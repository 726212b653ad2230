//! What the carrier sells and what of it is on offer, as the widget reads it.

use crate::args::Source;
use anyhow::{Context, Result, anyhow, bail};
use esim_renewal::app::leave_out;
use esim_renewal::carrier::json::Json;
use esim_renewal::carrier::product_catalog::ListOfferings;
use esim_renewal::carrier::promotion::ListPromotions;
use esim_renewal::carrier::{Dropped, Operation, Page, profile};
use esim_renewal::domain::deal::Promotion;
use esim_renewal::domain::offering::{Offering, main_currency};
use esim_renewal::domain::time::Timestamp;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use ureq::Agent;

/// How long the carrier may take for each answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// More pages of a list than any carrier has, so that a broken one is not asked for ever.
const MOST_PAGES: usize = 200;

/// What is sold at a time.
pub struct Catalogue {
    /// What is sold.
    pub offerings: Vec<Offering>,
    /// The promotions that are on.
    pub on: Vec<Promotion>,
    /// What time it is at the carrier.
    pub now: Timestamp,
    /// What makes no sense and is left out, in words.
    pub left_out: Vec<String>,
}

impl Catalogue {
    /// Reads all of it.
    ///
    /// # Errors
    /// When there is no answer, or none that is a list.
    pub fn read(source: &Source) -> Result<Self> {
        match source {
            Source::Carrier(base) => {
                let carrier = Carrier { agent: agent(), base };
                let offerings = carrier.all(|offset| ListOfferings { offset, anew: true })?;
                let offerings = offerings.context("the carrier has no product catalogue (404)")?;
                // A carrier that knows no such thing has no deals.
                let promotions = carrier.all(|offset| ListPromotions { offset })?.unwrap_or_else(empty);
                Ok(Self::of(offerings, promotions))
            }
            Source::Files { offerings, promotions, now } => {
                let offerings = read(offerings, &ListOfferings { offset: 0, anew: true })?;
                let promotions =
                    promotions.as_ref().map(|file| read(file, &ListPromotions { offset: 0 })).transpose()?;
                Ok(Self::of(offerings, Page { date: *now, ..promotions.unwrap_or_else(empty) }))
            }
        }
    }

    /// What of these can stand side by side and is on: as the widget has it.
    fn of(offerings: Page<Offering>, promotions: Page<Promotion>) -> Self {
        let Page { items: mut offerings, dropped: mut odd_offerings, .. } = offerings;
        leave_out(&mut offerings, &mut odd_offerings);
        let Page { items: mut on, dropped: mut odd_promotions, date, .. } = promotions;
        let here = machine_time();
        // Without the carrier's time this machine's is good enough to take a deal away.
        on.retain(|one| if date.is_some() { one.is_on(date) } else { !one.has_ended(here) });
        if let Some(currency) = main_currency(&offerings) {
            let strange = on.iter().filter(|one| !one.is_payable(currency));
            odd_promotions.extend(strange.map(|one| Dropped::new(&one.id, "actionValue")));
            on.retain(|one| one.is_payable(currency));
        }
        let named = |kind: &str, odd: &[Dropped]| -> Vec<String> {
            odd.iter().map(|one| format!("{kind} `{}` is left out: {}", one.id, one.error)).collect()
        };
        let left_out = [named("offering", &odd_offerings), named("promotion", &odd_promotions)].concat();
        Self { offerings, on, now: date.unwrap_or(here), left_out }
    }
}

const fn empty<T>() -> Page<T> {
    Page { items: Vec::new(), dropped: Vec::new(), received: 0, date: None }
}

fn machine_time() -> Timestamp {
    timestamp(SystemTime::now())
}

fn timestamp(time: SystemTime) -> Timestamp {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn read<T>(file: &Path, list: &impl Operation<Output = Page<T>>) -> Result<Page<T>> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    parse(&text, list).with_context(|| file.display().to_string())
}

fn parse<T>(text: &str, list: &impl Operation<Output = Page<T>>) -> Result<Page<T>> {
    let body = Json::parse(text).context("this is not JSON")?;
    list.parse(&body).map_err(|_| anyhow!("this is not a JSON array"))
}

struct Carrier<'a> {
    agent: Agent,
    base: &'a str,
}

fn agent() -> Agent {
    Agent::config_builder().timeout_global(Some(PATIENCE)).build().into()
}

impl Carrier<'_> {
    /// All pages of a list; `None` where the carrier knows no such list.
    fn all<O, T>(&self, list: impl Fn(usize) -> O) -> Result<Option<Page<T>>>
    where
        O: Operation<Output = Page<T>>,
    {
        let mut all = empty();
        for _ in 0..MOST_PAGES {
            let list = list(all.received);
            let url = [self.base, &list.request().target].concat();
            let Some((page, is_partial)) = self.page(&url, &list).with_context(|| url.clone())? else {
                return Ok(None);
            };
            let is_last = page.received == 0 || !(is_partial || page.received >= profile::PAGE);
            all.received += page.received;
            all.date = page.date;
            all.items.extend(page.items);
            all.dropped.extend(page.dropped);
            if is_last {
                return Ok(Some(all));
            }
        }
        bail!("the carrier's list has no end")
    }

    /// One page of a list, and whether the carrier says that there are more.
    fn page<T>(&self, url: &str, list: &impl Operation<Output = Page<T>>) -> Result<Option<(Page<T>, bool)>> {
        let mut answer = match self.agent.get(url).call() {
            Err(ureq::Error::StatusCode(404)) => return Ok(None),
            answer => answer.context("the carrier does not answer")?,
        };
        let date = answer.headers().get("Date").and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        let text = answer.body_mut().read_to_string()?;
        let page = Page { date: date.map(timestamp), ..parse(&text, list)? };
        Ok(Some((page, answer.status() == 206)))
    }
}
