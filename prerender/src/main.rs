//! Writes the carrier's offers as HTML and linked data: what people and search engines read before and without WebAssembly.
//!
//! Which deals are true, and which price may be struck through, is said by the widget's own functions.

mod args;
mod card;
mod catalogue;
mod html;
mod intl;
mod link;
mod linked_data;
mod page;

use crate::args::{Args, Command, HELP, View};
use crate::card::Writer;
use crate::catalogue::Catalogue;
use crate::intl::Intl;
use crate::link::Checkout;
use anyhow::{Context, Result, anyhow};
use esim_renewal::ui::text::{fill, texts};
use futures::executor::block_on;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match Command::read(std::env::args().skip(1)) {
        Ok(Command::Write(args)) => write(&args),
        Ok(Command::Help) => io::stdout().write_all(HELP.as_bytes()).map_err(Into::into),
        Err(mistake) => Err(anyhow!("{mistake}\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("prerender: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn write(args: &Args) -> Result<()> {
    let page = args.page.as_deref().map(read).transpose()?;
    let catalogue = Catalogue::read(&args.source)?;
    for what in &catalogue.left_out {
        eprintln!("prerender: {what}");
    }
    let fragment = prerender(args, &catalogue)?;
    let text = page.map_or(Ok(fragment.clone()), |page| page::put(&page, &fragment))?;
    match &args.out {
        Some(file) => replace(file, &text),
        None => Ok(io::stdout().write_all(text.as_bytes())?),
    }
}

fn prerender(args: &Args, catalogue: &Catalogue) -> Result<String> {
    let t = block_on(texts(&args.locale));
    // Numbers and dates in a language that there are no words of would stand among words of another.
    let is_spoken = args.locale.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case(t.lang));
    let locale = if is_spoken { args.locale.as_str() } else { t.lang };
    let intl = Intl::new(locale, args.time_zone.as_deref(), catalogue.now)?;
    let checkout = args.checkout_url.as_deref().map(|url| Checkout::new(url, args.promo_code.clone())).transpose()?;
    let writer = Writer { catalogue, intl: &intl, t, checkout: checkout.as_ref() };
    let cards = writer.cards(args.view == View::Deals)?;
    let count = match cards.len() {
        1 => t.one_offer.to_owned(),
        count => fill(t.offers, &[("count", &intl.count(count)?)]),
    };
    let linked_data = linked_data::linked_data(t, &cards, args.carrier_name.as_deref());
    Ok(html::fragment(args, locale, t, &count, &cards, linked_data.as_deref()).into_string())
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

/// Writes a file in one go: whoever reads it meanwhile gets all of the old one or all of the new one.
fn replace(file: &Path, text: &str) -> Result<()> {
    let mut next = file.as_os_str().to_owned();
    next.push(".new");
    let write = || {
        fs::write(&next, text)?;
        fs::rename(&next, file)
    };
    write().with_context(|| format!("writing {}", file.display()))
}
