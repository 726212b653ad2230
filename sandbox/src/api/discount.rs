//! What promotions do to a basket: which lowers which price, and what becomes of the codes that were sent.

use rusqlite::params;
use serde_json::{Value, json};

use super::wire::set;
use crate::carrier::Work;
use crate::http::ApiError;
use crate::seed::{Offering, Promotion, Stage};

/// The most codes that a basket takes.
const MAX_CODES: usize = 5;

/// Brings the codes that were sent into one form.
pub(super) fn read_codes(sent: &[String]) -> Result<Vec<String>, ApiError> {
    if sent.len() > MAX_CODES {
        let reason = format!("At most {MAX_CODES} promotion codes are taken.");
        return Err(ApiError::unprocessable("tooManyCodes", reason));
    }
    Ok(sent.iter().map(|code| code.trim().to_uppercase()).collect())
}

/// When the carrier opened.
pub(super) fn opened(work: &Work) -> Result<i64, ApiError> {
    Ok(work.tx.prepare_cached("SELECT min(opened_ms) FROM opening")?.query_row([], |row| row.get(0))?)
}

/// An item as far as promotions are concerned.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub offering: &'a Offering,
    pub unit_cents: i64,
}

/// What promotions do to an item.
#[derive(Clone, Copy, Default)]
pub(super) struct Benefit<'a> {
    /// What lowers the price of one, and by how much.
    pub saving: Option<(&'a Promotion, i64)>,
    /// How much data comes with one.
    pub bonus_mb: i64,
}

/// What became of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CodeResult {
    pub code: String,
    result: &'static str,
    /// The name of its promotion, where there is one.
    name: Option<String>,
}

impl CodeResult {
    pub fn is_applied(&self) -> bool {
        self.result == "applied"
    }

    pub fn json(&self) -> Value {
        let mut value = json!({ "code": self.code, "result": self.result });
        set(&mut value, "name", self.name.clone());
        value
    }
}

/// Finds what the promotions do to each item, and what becomes of the codes.
pub(super) fn apply<'a>(
    work: &Work<'a>,
    customer: &str,
    targets: &[Target],
    codes: &[String],
) -> Result<(Vec<Benefit<'a>>, Vec<CodeResult>), ApiError> {
    let opened_ms = opened(work)?;
    let mut open = Vec::with_capacity(work.promotions.len());
    for promotion in work.promotions {
        let is_known = match &promotion.code {
            Some(code) => codes.contains(code) && !is_used(work, customer, code)?,
            None => true,
        };
        if is_known && promotion.stage(opened_ms, work.now) == Stage::Active {
            open.push(promotion);
        }
    }
    let (benefits, effective) = choose(&open, targets);
    let result = |code: &String| {
        let promotion = work.promotions.iter().find(|promotion| promotion.code.as_ref() == Some(code));
        let stage = promotion.map(|promotion| (promotion, promotion.stage(opened_ms, work.now)));
        let result = match stage {
            None | Some((_, Stage::Ahead)) => "unknown",
            Some((_, Stage::Expired)) => "expired",
            Some(_) if is_used(work, customer, code)? => "used",
            Some((promotion, Stage::Active)) if effective.contains(&promotion.id.as_str()) => "applied",
            Some(_) => "notApplicable",
        };
        let name = promotion.filter(|_| result != "unknown").map(|promotion| promotion.name.clone());
        Ok(CodeResult { code: code.clone(), result, name })
    };
    let results = codes.iter().map(result).collect::<Result<_, ApiError>>()?;
    Ok((benefits, results))
}

/// Finds what promotions that are open to the customer do to each item, and the ids of those that do something. One
/// lowers an item's price: a code's goes first, else the one that saves most; the first of equals. Data comes on top.
fn choose<'a>(promotions: &[&'a Promotion], targets: &[Target]) -> (Vec<Benefit<'a>>, Vec<&'a str>) {
    let mut benefits = vec![Benefit::default(); targets.len()];
    let mut effective: Vec<&str> = Vec::new();
    for promotion in promotions {
        if !promotion.groups.iter().all(|group| targets.iter().any(|target| group.fits(target.offering))) {
            continue;
        }
        for (target, benefit) in targets.iter().zip(&mut benefits) {
            if promotion.is_about(target.offering) {
                improve(benefit, promotion, target.unit_cents);
                effective.extend((promotion.effect.bonus_mb() > 0).then_some(promotion.id.as_str()));
            }
        }
    }
    effective.extend(benefits.iter().filter_map(|benefit| benefit.saving).map(|(promotion, _)| promotion.id.as_str()));
    (benefits, effective)
}

fn improve<'a>(benefit: &mut Benefit<'a>, promotion: &'a Promotion, unit_cents: i64) {
    benefit.bonus_mb += promotion.effect.bonus_mb();
    let saving = promotion.effect.saving(unit_cents);
    let rank = |promotion: &Promotion, saving: i64| (promotion.code.is_some(), saving);
    let is_better = benefit.saving.is_none_or(|(other, known)| rank(promotion, saving) > rank(other, known));
    if saving > 0 && is_better {
        benefit.saving = Some((promotion, saving));
    }
}

/// Whether the customer has a paid or delivered order with a code.
fn is_used(work: &Work, customer: &str, code: &str) -> Result<bool, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM order_code c JOIN product_order o ON o.id = c.order_id
                        WHERE o.customer_id = ?1 AND c.code = ?2 AND o.state IN ('inProgress', 'completed'))",
    )?;
    Ok(query.query_row([customer, code], |row| row.get(0))?)
}

/// Notes which codes lowered an order's price.
pub(super) fn keep(work: &Work, order: &str, results: &[CodeResult]) -> Result<(), ApiError> {
    for result in results.iter().filter(|result| result.is_applied()) {
        work.execute("INSERT OR IGNORE INTO order_code (order_id, code) VALUES (?1, ?2)", params![order, result.code])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Benefit, Promotion, Target, choose};
    use crate::seed::Catalogue;

    fn promotion(id: &str, code: Option<&str>, effect: &Value) -> Value {
        json!({ "id": id, "name": id, "description": "", "type": "", "opensDay": 0, "closesMinute": 1, "code": code,
            "groups": [{ "name": "", "any": [{ "category": "data" }] }], "effect": effect })
    }

    /// What lowers the price and by how much, the data that comes with it, and the promotions that do something.
    type Chosen = (Option<(String, i64)>, i64, Vec<String>);

    /// What becomes of Data 10, at 15 euros.
    fn chosen(promotions: &[Value]) -> Result<Chosen, serde_json::Error> {
        let catalogue = Catalogue::load()?;
        let promotions: Vec<Promotion> = serde_json::from_value(json!(promotions))?;
        let target = catalogue.offering("data-10").map(|offering| Target { offering, unit_cents: 1500 });
        let targets: Vec<Target> = target.into_iter().collect();
        let (benefits, effective) = choose(&promotions.iter().collect::<Vec<_>>(), &targets);
        let Benefit { saving, bonus_mb } = benefits.first().copied().unwrap_or_default();
        let saving = saving.map(|(promotion, saving)| (promotion.id.clone(), saving));
        Ok((saving, bonus_mb, effective.into_iter().map(str::to_owned).collect()))
    }

    #[test]
    fn the_promotion_that_saves_most_goes_first() -> Result<(), serde_json::Error> {
        let ten = promotion("ten", None, &json!({ "percent": 10 }));
        let two = promotion("two", None, &json!({ "amount": 200 }));
        let same = promotion("same", None, &json!({ "price": 1300 }));
        for order in [[&ten, &two, &same], [&two, &same, &ten]] {
            let (saving, _, effective) = chosen(&order.map(Clone::clone))?;
            assert_eq!((saving, effective), (Some(("two".to_owned(), 200)), vec!["two".to_owned()]));
        }
        Ok(())
    }

    #[test]
    fn a_code_goes_first_though_it_saves_less() -> Result<(), serde_json::Error> {
        let half = promotion("half", None, &json!({ "percent": 50 }));
        let ten = promotion("ten", Some("TEN"), &json!({ "percent": 10 }));
        let twenty = promotion("twenty", Some("TWENTY"), &json!({ "percent": 20 }));
        for order in [[&half, &ten, &twenty], [&twenty, &ten, &half]] {
            // Of two codes the better one holds, and the other does nothing.
            let (saving, _, effective) = chosen(&order.map(Clone::clone))?;
            assert_eq!((saving, effective), (Some(("twenty".to_owned(), 300)), vec!["twenty".to_owned()]));
        }
        Ok(())
    }

    #[test]
    fn data_comes_on_top_of_a_lower_price() -> Result<(), serde_json::Error> {
        let more = promotion("more", Some("MORE"), &json!({ "bonusMb": 2000 }));
        let ten = promotion("ten", None, &json!({ "percent": 10 }));
        let (saving, bonus_mb, effective) = chosen(&[more, ten])?;
        assert_eq!((saving, bonus_mb), (Some(("ten".to_owned(), 150)), 2000));
        assert_eq!(effective, ["more", "ten"]);
        Ok(())
    }
}
