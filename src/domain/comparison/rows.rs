//! The rows of a comparison as a text: a change of any of them is seen at once.

use super::*;
use crate::domain::allowance::Allowance;
use crate::domain::basket::tests::euro;
use crate::domain::offering::OfferingKind;
use crate::domain::offering::tests::offering;

const EXPECTED: &str = "
Fact        | mine: RIVIERA | WEEK                  | HORIZON (deal)               | YEAR                     | ACCESS            | CREDIT
Data        | 20 GB         | 3 GB [17 GB less]     | no limit, 100 GB fast [more] | 240 GB [220 GB more]     | - [?]             | - [?]
Validity    | 30 days       | 7 days [23 days less] | 1 months [?]                 | 12 months [more]         | - [?]             | - [?]
Voice       | 120 min       | 30 min [90 min less]  | no limit [more]              | 1440 min [1320 min more] | - [?]             | - [?]
Messages    | no limit      | 100 [less]            | - [?]                        | no limit [same]          | - [?]             | - [?]
Zones       | Riviera       | Riviera [same]        | FR MC [?]                    | - [?]                    | - [?]             | - [?]
Speed       | 150           | 100 [50 less]         | 150 [same]                   | - [?]                    | - [?]             | - [?]
Price       | 19.90         | 6.90 [13.00 less]     | 39.90 [20.00 more]           | 199.00 [179.10 more]     | 0.00 [19.90 less] | 5.00 to 150.00 [?]
PerGigabyte | 1.00          | 2.30 [1.30 more]      | - [?]                        | 0.83 [0.17 less]         | - [?]             | - [?]
PerDay      | 0.66          | 0.99 [0.33 more]      | 1.43 [0.77 more]             | 0.59 [0.07 less]         | - [?]             | - [?]
";

fn plan(id: &str, minor: i64, volumes: [Option<Volume>; 3], validity: Period) -> Offering {
    let volumes = [Usage::Data, Usage::Voice, Usage::Messages].into_iter().zip(volumes);
    Offering {
        allowances: volumes.filter_map(|(usage, volume)| Some(Allowance { usage, volume: volume? })).collect(),
        validity: Some(validity),
        ..offering(id, OfferingKind::Plan, minor)
    }
}

fn offers() -> [Offering; 6] {
    let gigabytes = |number: u64| Some(Volume::Of(number * 1_000_000_000));
    let minutes = |number: u64| Some(Volume::Of(number * 60));
    let no_limit = Some(Volume::Unlimited);
    let zones = || vec!["Riviera".to_owned()];
    let (least, most) = (Money::from_minor(500, euro()), Money::from_minor(15_000, euro()));
    let mine = plan("riviera", 1_990, [gigabytes(20), minutes(120), no_limit], Period::Days(30));
    let week = plan("week", 690, [gigabytes(3), minutes(30), Some(Volume::Of(100))], Period::Days(7));
    let horizon = plan("horizon", 4_490, [no_limit, no_limit, None], Period::Months(1));
    [
        Offering { zones: zones(), speed: Some(150), ..mine },
        Offering { zones: zones(), speed: Some(100), ..week },
        Offering {
            countries: ["FR", "MC"].into_iter().filter_map(Country::from_code).collect(),
            speed: Some(150),
            fair_use: Some(100_000_000_000),
            ..horizon
        },
        plan("year", 19_900, [gigabytes(240), minutes(1_440), no_limit], Period::Months(12)),
        offering("access", OfferingKind::Extra, 0),
        Offering { price: Price::Chosen { least, most }, ..offering("credit", OfferingKind::Credit, 0) },
    ]
}

fn volume(usage: Usage, volume: u64) -> String {
    match usage {
        Usage::Data => format!("{} GB", volume / 1_000_000_000),
        Usage::Voice => format!("{} min", volume / 60),
        Usage::Messages => volume.to_string(),
    }
}

fn period(period: Period) -> String {
    match period {
        Period::Days(days) => format!("{days} days"),
        Period::Months(months) => format!("{months} months"),
        Period::Hours(hours) => format!("{hours} hours"),
    }
}

fn said(stated: &Stated<'_>) -> String {
    match stated {
        Stated::Volume(usage, Volume::Of(amount), _) => volume(*usage, *amount),
        Stated::Volume(_, Volume::Unlimited, None) => "no limit".to_owned(),
        Stated::Volume(_, Volume::Unlimited, Some(fast)) => format!("no limit, {} fast", volume(Usage::Data, *fast)),
        Stated::Period(one) => period(*one),
        Stated::Names(names) => names.join(" "),
        Stated::Countries(countries) => countries.iter().map(Country::code).collect::<Vec<_>>().join(" "),
        Stated::Speed(speed) => speed.to_string(),
        Stated::Money(money) => money.to_decimal(),
        Stated::Chosen { least, most } => format!("{} to {}", least.to_decimal(), most.to_decimal()),
        Stated::NotStated => "-".to_owned(),
    }
}

fn changed(against: Against) -> String {
    let by = |difference: Option<Difference>, word: &str| match difference {
        None => word.to_owned(),
        Some(Difference::Volume(usage, amount)) => format!("{} {word}", volume(usage, amount)),
        Some(Difference::Period(one)) => format!("{} {word}", period(one)),
        Some(Difference::Speed(speed)) => format!("{speed} {word}"),
        Some(Difference::Money(money)) => format!("{} {word}", money.to_decimal()),
    };
    match against {
        Against::More(difference) => by(difference, "more"),
        Against::Less(difference) => by(difference, "less"),
        Against::Same => "same".to_owned(),
        Against::NotStated => "?".to_owned(),
    }
}

/// One line for each fact, a column for each offer: what it is, and in brackets what changes against mine.
fn table(mine: &Entry<'_>, others: &[Entry<'_>]) -> String {
    let head = |entry: &Entry<'_>| {
        let deal = if entry.is_deal { " (deal)" } else { "" };
        [&entry.offering.name, deal].concat()
    };
    let mut lines = vec![vec!["Fact".to_owned(), format!("mine: {}", head(mine))]];
    lines[0].extend(others.iter().map(head));
    for which in Fact::ALL {
        let mut line = vec![format!("{which:?}"), said(&fact(mine, which))];
        line.extend(
            others.iter().map(|one| format!("{} [{}]", said(&fact(one, which)), changed(against(mine, one, which)))),
        );
        lines.push(line);
    }
    let width = |at: usize| lines.iter().map(|line| line[at].len()).max().unwrap_or(0);
    let widths: Vec<_> = (0..lines[0].len()).map(width).collect();
    let padded = |line: &Vec<String>| {
        let cells: Vec<_> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        cells.join(" | ").trim_end().to_owned()
    };
    lines.iter().map(padded).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_rows_of_a_comparison() {
    let offers = offers();
    let [mine, others @ ..] = offers.each_ref().map(Entry::of);
    let others = others.map(|one| {
        let price = (one.offering.name == "HORIZON").then(|| Money::from_minor(3_990, euro()));
        Entry { is_deal: price.is_some(), price: price.or(one.price), ..one }
    });
    let table = table(&mine, &others);
    assert_eq!(table, EXPECTED.trim_matches('\n'), "\n{table}\n");
}
