//! The command line.

use anyhow::{Context, Result, anyhow, bail};
use esim_renewal::domain::time::Timestamp;
use std::path::PathBuf;

/// What `--help` says.
pub const HELP: &str = "\
Writes the carrier's offers as HTML and linked data, for pages that are read before and without WebAssembly.

cargo xtask prerender --api-base URL | --offerings FILE [--promotions FILE] [OPTIONS]

where the offers come from:
  --api-base URL       the carrier's base address, as in the element's attribute: they are fetched from there
  --offerings FILE     the answer to GET /productOffering (TMF620), a JSON array
  --promotions FILE    the answer to GET /promotion (TMF671), a JSON array
  --now TIME           the carrier's time for those files (RFC 3339); without it, that of this machine

what is written:
  --view deals|plans   what is on offer today, or all that is sold (default: deals)
  --locale TAG         the language (BCP 47; default: en)
  --time-zone ZONE     the carrier's time zone (IANA) for dates; without it, that of this machine
  --carrier-name NAME  the brand of what is sold
  --checkout-url URL   where a choice leads; without it there are no links
  --promo-code CODE    the code that goes along where a promotion needs one
  --config URL         the element's attribute `config`, in place of the settings that this file has
  --page FILE          a page with the marks <!-- esim-renewal: prerendered --> and <!-- /esim-renewal: prerendered -->:
                       what stands between them is replaced, and the whole page is written
  --out FILE           where to; without it, to the standard output
";

/// Where the offers come from.
#[derive(Debug, PartialEq, Eq)]
pub enum Source {
    /// The carrier at this base address.
    Carrier(String),
    /// Files with its answers, as they were at a time.
    Files { offerings: PathBuf, promotions: Option<PathBuf>, now: Option<Timestamp> },
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// What is on offer today.
    Deals,
    /// All that is sold.
    Plans,
}

impl View {
    /// The word of the element's attribute.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::Plans => "plans",
        }
    }
}

/// What is written, and how.
#[derive(Debug, PartialEq, Eq)]
pub struct Args {
    pub source: Source,
    pub api_base: Option<String>,
    pub view: View,
    pub locale: String,
    pub time_zone: Option<String>,
    pub carrier_name: Option<String>,
    pub checkout_url: Option<String>,
    pub promo_code: Option<String>,
    pub config: Option<String>,
    pub page: Option<PathBuf>,
    pub out: Option<PathBuf>,
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Write(Box<Args>),
    Help,
}

impl Command {
    /// Reads the arguments after the program's name.
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let (mut api_base, mut offerings, mut promotions, mut now) = (None, None, None, None);
        let (mut view, mut locale, mut time_zone, mut carrier_name) = (View::Deals, "en".to_owned(), None, None);
        let (mut checkout_url, mut promo_code, mut config, mut page, mut out) = (None, None, None, None, None);
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("{word} needs a value"));
            match word.as_str() {
                "--api-base" => api_base = Some(value()?.trim_end_matches('/').to_owned()),
                "--offerings" => offerings = Some(PathBuf::from(value()?)),
                "--promotions" => promotions = Some(PathBuf::from(value()?)),
                "--now" => now = Some(time(&value()?)?),
                "--view" => view = read_view(&value()?)?,
                "--locale" => locale = value()?,
                "--time-zone" => time_zone = Some(value()?),
                "--carrier-name" => carrier_name = Some(value()?),
                "--checkout-url" => checkout_url = Some(value()?),
                "--promo-code" => promo_code = Some(value()?),
                "--config" => config = Some(value()?),
                "--page" => page = Some(PathBuf::from(value()?)),
                "--out" => out = Some(PathBuf::from(value()?)),
                "--help" | "-h" => return Ok(Self::Help),
                _ => bail!("{word} is not known"),
            }
        }
        let source = match (offerings, &api_base) {
            (Some(offerings), _) => Source::Files { offerings, promotions, now },
            (None, Some(base)) if promotions.is_none() && now.is_none() => Source::Carrier(base.clone()),
            (None, Some(_)) => bail!("--promotions and --now belong to --offerings"),
            (None, None) => bail!("--api-base or --offerings is needed"),
        };
        Ok(Self::Write(Box::new(Args {
            source,
            api_base,
            view,
            locale,
            time_zone,
            carrier_name,
            checkout_url,
            promo_code,
            config,
            page,
            out,
        })))
    }
}

fn read_view(word: &str) -> Result<View> {
    let known = [View::Deals, View::Plans].into_iter().find(|view| view.word() == word);
    known.with_context(|| format!("{word} is no view: deals or plans"))
}

fn time(text: &str) -> Result<Timestamp> {
    Timestamp::parse(text).map_err(|error| anyhow!("{text} is {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        Command::read(line.split_whitespace().map(str::to_owned)).map_err(|error| error.to_string())
    }

    #[test]
    fn the_offers_come_from_the_carrier_or_from_files() {
        let source = |line| match read(line) {
            Ok(Command::Write(args)) => args.source,
            other => panic!("{other:?}"),
        };
        assert_eq!(source("--api-base https://a.example/"), Source::Carrier("https://a.example".to_owned()));
        let now = Timestamp::parse("2026-11-22T13:05:00Z").ok();
        let files = Source::Files { offerings: "o.json".into(), promotions: Some("p.json".into()), now };
        assert_eq!(source("--offerings o.json --promotions p.json --now 2026-11-22T13:05:00Z"), files);
    }

    #[test]
    fn mistakes_are_named() {
        for (line, mistake) in [
            ("", "--api-base or --offerings is needed"),
            ("--api-base", "--api-base needs a value"),
            ("--port 1", "--port is not known"),
            ("--view journey", "journey is no view: deals or plans"),
            ("--offerings o.json --now soon", "soon is not an RFC 3339 date and time"),
            ("--api-base https://a.example --promotions p.json", "--promotions and --now belong to --offerings"),
        ] {
            assert_eq!(read(line), Err(mistake.to_owned()), "{line}");
        }
        assert_eq!(read("-h"), Ok(Command::Help));
    }
}
