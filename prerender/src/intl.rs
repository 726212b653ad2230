//! Numbers, dates and names of countries as the widget writes them: by the `Intl` of Node.js, with the widget's own options.

use anyhow::{Context, Result, bail};
use esim_renewal::domain::allowance::Usage;
use esim_renewal::domain::money::Money;
use esim_renewal::domain::offering::Country;
use esim_renewal::domain::time::{Period, Timestamp};
use esim_renewal::ui::format::{Detail, MOST_COUNTRIES, PERCENT, counted_in, money_options, scaled, unit_options};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Answers the questions below, one a line.
const SCRIPT: &str = include_str!("intl.mjs");

/// How numbers and dates are written in one language and one time zone.
pub struct Intl {
    locale: String,
    time_zone: Option<String>,
    /// From when dates are seen: what is far from it is said with its year.
    now: Timestamp,
    node: RefCell<Node>,
}

/// A running Node.js. It ends when its input is closed.
struct Node {
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    _process: Child,
}

impl Intl {
    /// For a language (BCP 47) and a time zone (IANA); without one, that of this machine.
    ///
    /// # Errors
    /// When Node.js cannot be started.
    pub fn new(locale: &str, time_zone: Option<&str>, now: Timestamp) -> Result<Self> {
        let mut node = Command::new("node");
        node.args(["--input-type=module", "--eval", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = node.spawn().context("Node.js 20 or later is needed: starting `node`")?;
        let (questions, answers) = process.stdin.take().zip(process.stdout.take()).context("`node` has no pipes")?;
        let node = Node { questions, answers: BufReader::new(answers), _process: process };
        Ok(Self { locale: locale.to_owned(), time_zone: time_zone.map(str::to_owned), now, node: RefCell::new(node) })
    }

    fn ask(&self, question: &Value) -> Result<Value> {
        let mut node = self.node.borrow_mut();
        writeln!(node.questions, "{question}").context("asking `node`")?;
        let mut line = String::new();
        node.answers.read_line(&mut line)?;
        let mut answer: Value = serde_json::from_str(&line).context("`node` did not answer")?;
        if let Some(error) = answer["error"].as_str() {
            bail!("`node` cannot write that in `{}`: {error}", self.locale);
        }
        Ok(answer["written"].take())
    }

    fn write(&self, kind: &str, options: &str, value: &Value) -> Result<String> {
        let options: Value = serde_json::from_str(options)?;
        let question = json!({ "kind": kind, "locale": self.locale, "options": options, "value": value, "timeZone": self.time_zone });
        Ok(self.ask(&question)?.as_str().unwrap_or_default().to_owned())
    }

    fn number(&self, options: &str, decimal: &str) -> Result<String> {
        self.write("number", options, &decimal.into())
    }

    /// An amount in its currency, never rounded.
    pub fn money(&self, money: Money) -> Result<String> {
        self.number(&money_options(money.currency()), &money.to_decimal())
    }

    /// A volume as its number and its unit, in the order in which the language writes them: `true` marks the number.
    pub fn volume_parts(&self, usage: Usage, volume: u64) -> Result<Vec<(bool, String)>> {
        let (decimal, unit) = scaled(usage, volume);
        let options: Value = serde_json::from_str(&unit_options(unit, "short"))?;
        let parts =
            self.ask(&json!({ "kind": "parts", "locale": self.locale, "options": options, "value": decimal }))?;
        Ok(serde_json::from_value(parts)?)
    }

    /// A volume with its unit: `2.8 GB`.
    pub fn volume(&self, usage: Usage, volume: u64) -> Result<String> {
        let (decimal, unit) = scaled(usage, volume);
        self.number(&unit_options(unit, "short"), &decimal)
    }

    /// A whole number.
    pub fn count(&self, number: usize) -> Result<String> {
        self.number("{}", &number.to_string())
    }

    /// How long something lasts: `30 days`.
    pub fn period(&self, period: Period) -> Result<String> {
        let (decimal, unit) = counted_in(period);
        self.number(&unit_options(unit, "long"), &decimal)
    }

    /// A percentage.
    pub fn percent(&self, percent: u32) -> Result<String> {
        self.number(PERCENT, &percent.to_string())
    }

    /// A point in time in the carrier's time zone, with its year where that does not go without saying.
    pub fn date(&self, time: Timestamp) -> Result<String> {
        self.write("date", Detail::Near.options(time, self.now), &time.millis().into())
    }

    /// The names of countries, as many as are shown, and how many more there are.
    pub fn countries(&self, countries: &[Country]) -> Result<(String, usize)> {
        let shown = if countries.len() > MOST_COUNTRIES { MOST_COUNTRIES - 1 } else { countries.len() };
        let codes: Vec<_> = countries.iter().take(shown).map(Country::code).collect();
        Ok((self.write("countries", "{}", &codes.into())?, countries.len() - shown))
    }
}
