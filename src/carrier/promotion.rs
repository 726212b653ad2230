//! TMF671 Promotion Management: what is had for less, or of which there is more, for a while.

use super::json::Json;
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::allowance::{Usage, Volume};
use crate::domain::deal::{Criterion, Effect, Figure, Group, Promotion};
use crate::domain::decimal::Decimal;
use crate::domain::id::OfferingId;
use crate::domain::money::Currency;

/// `GET /promotion` (TMF671): one page of the promotions that are on.
pub struct ListPromotions {
    /// How many to pass over.
    pub offset: usize,
}

impl Operation for ListPromotions {
    type Output = Page<Promotion>;

    fn request(&self) -> Request {
        Request::get(Api::Promotion, &["promotion"])
            .with("lifecycleStatus", "active")
            .page(self.offset)
            .public()
            .fresh()
    }

    fn parse(&self, body: &Json) -> Result<Page<Promotion>, ParseError> {
        page(body, "promotion", read_promotion)
    }
}

/// `None` for what is not on, since a carrier may ignore the filter, and for what the profile does not know: that is no
/// deal that could be shown.
fn read_promotion(entry: &Json) -> Result<Option<Promotion>, ParseError> {
    if entry.text("lifecycleStatus").is_some_and(|status| !status.eq_ignore_ascii_case("active")) {
        return Ok(None);
    }
    let [pattern] = entry.list("pattern") else {
        return Ok(None);
    };
    let [action] = pattern.list("action") else {
        return Ok(None);
    };
    let Some((groups, needs_code)) = read_groups(pattern) else {
        return Ok(None);
    };
    let Some(effect) = read_effect(action)? else {
        return Ok(None);
    };
    let valid = entry.field("validFor");
    let time = |name: &str| match valid.field(name) {
        Json::Null => Ok(None),
        _ => valid.time(name).map(Some).ok_or(ParseError { field: "validFor" }),
    };
    let (starts, ends) = (time("startDateTime")?, time("endDateTime")?);
    if starts.zip(ends).is_some_and(|(start, end)| end <= start) {
        return Err(ParseError { field: "validFor" });
    }
    let about = action.field("actionEntityRef").text("id").and_then(OfferingId::new);
    let id = entry.text("id").unwrap_or_default().to_owned();
    Ok(Some(Promotion {
        id,
        name: entry.need_text("name")?.to_owned(),
        starts,
        ends,
        groups,
        needs_code,
        effect,
        about,
    }))
}

/// What a basket must hold, and whether a code belongs to it. `None` for conditions that are not understood.
fn read_groups(pattern: &Json) -> Option<(Vec<Group>, bool)> {
    let all = pattern.list("criteriaGroup");
    let is = |entry: &Json, name: &str, word: &str| entry.text(name).is_none_or(|one| one.eq_ignore_ascii_case(word));
    if all.len() > 1 && !is(pattern, "criteriaGroupLogicalRelationship", "AND") {
        return None;
    }
    let (mut groups, mut needs_code) = (Vec::new(), false);
    for group in all {
        let criteria = group.list("criteria");
        if criteria.len() > 1 && !is(group, "criteriaLogicalRelationship", "OR") {
            return None;
        }
        let mut any = Vec::new();
        for criterion in criteria {
            let value = criterion.text("criteriaValue").filter(|_| is(criterion, "criteriaOperator", "equals"))?;
            match criterion.text("criteriaParameter")? {
                profile::OF_OFFERING => any.push(Criterion::Offering(OfferingId::new(value)?)),
                profile::OF_CATEGORY => any.push(Criterion::Category(value.to_owned())),
                profile::BY_CODE => needs_code = true,
                _ => return None,
            }
        }
        if !any.is_empty() {
            groups.push(Group { name: group.text("groupName").unwrap_or_default().to_owned(), any });
        }
    }
    (!groups.is_empty()).then_some((groups, needs_code))
}

/// `None` for an action that the profile does not know.
fn read_effect(action: &Json) -> Result<Option<Effect>, ParseError> {
    const MALFORMED: ParseError = ParseError { field: "actionValue" };
    let value = action.number("actionValue").unwrap_or_default();
    let (number, unit) = value.split_once(' ').unwrap_or((value, ""));
    let read_decimal = || Decimal::parse(number).map_err(|_| MALFORMED);
    let figure = || {
        let currency = if unit.is_empty() { None } else { Some(Currency::from_code(unit).map_err(|_| MALFORMED)?) };
        let figure = Figure { number: read_decimal()?, currency };
        if figure.is_negative() { Err(MALFORMED) } else { Ok(figure) }
    };
    Ok(Some(match action.text("actionType") {
        Some("percent") => {
            let hundredths = read_decimal()?.in_units(100).ok().and_then(|hundredths| u32::try_from(hundredths).ok());
            Effect::Percent(hundredths.filter(|hundredths| *hundredths <= 10_000).ok_or(MALFORMED)?)
        }
        Some("amount") => Effect::Amount(figure()?),
        Some("price") => Effect::Price(figure()?),
        Some("bonusData") => match Volume::parse(Usage::Data, number, unit) {
            Ok(Volume::Of(bytes)) if bytes > 0 => Effect::Bonus(bytes),
            _ => return Err(MALFORMED),
        },
        _ => return Ok(None),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn promotion() -> Value {
        json!({
            "id": "p", "name": "Autumn", "lifecycleStatus": "active",
            "validFor": { "startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-12-01T00:00:00Z" },
            "pattern": [{ "criteriaGroupLogicalRelationship": "AND",
                "criteriaGroup": [
                    { "groupName": "Data 50", "criteriaLogicalRelationship": "OR", "criteria": [
                        { "criteriaParameter": "productOffering", "criteriaOperator": "equals", "criteriaValue": "data-50" },
                        { "criteriaParameter": "category", "criteriaOperator": "equals", "criteriaValue": "plans" }] },
                    { "groupName": "Code", "criteria": [{ "criteriaParameter": "promotionCode", "criteriaValue": "*" }] }],
                "action": [{ "actionType": "percent", "actionValue": "12.5", "actionEntityRef": { "id": "data-50" } }] }],
        })
    }

    fn read_with(pointer: &str, value: Value) -> Result<Option<Promotion>, ParseError> {
        let mut entry = promotion();
        *entry.pointer_mut(pointer).unwrap() = value;
        read_promotion(&entry.into())
    }

    #[test]
    fn reads_a_promotion() {
        let read = read_promotion(&promotion().into()).unwrap().unwrap();
        assert_eq!((read.effect, read.needs_code), (Effect::Percent(1_250), true));
        assert_eq!(read.about.as_ref().map(OfferingId::as_str), Some("data-50"));
        assert_eq!((read.groups.len(), read.groups[0].any.len(), read.groups[0].name.as_str()), (1, 2, "Data 50"));
    }

    #[test]
    fn what_is_not_understood_is_no_deal() {
        let action = "/pattern/0/action/0/actionType";
        let criterion = "/pattern/0/criteriaGroup/0/criteria/0";
        for (pointer, value) in [
            ("/lifecycleStatus", json!("planned")),
            ("/pattern", json!([])),
            ("/pattern/0/action", json!([])),
            (action, json!("cashback")),
            (&*format!("{criterion}/criteriaParameter"), json!("age")),
            (&*format!("{criterion}/criteriaOperator"), json!("greaterThan")),
            ("/pattern/0/criteriaGroupLogicalRelationship", json!("XOR")),
            ("/pattern/0/criteriaGroup/0/criteriaLogicalRelationship", json!("AND")),
            ("/pattern/0/criteriaGroup", json!([])),
        ] {
            assert_eq!(read_with(pointer, value), Ok(None), "{pointer}");
        }
    }

    #[test]
    fn names_what_is_wrong() {
        let value = "/pattern/0/action/0/actionValue";
        for (pointer, wrong, field) in [
            ("/validFor/endDateTime", json!("2026-10-01T00:00:00Z"), "validFor"),
            ("/validFor/endDateTime", json!("soon"), "validFor"),
            ("/name", json!(""), "name"),
            (value, json!("101"), "actionValue"),
            (value, json!("-1"), "actionValue"),
            (value, json!("a lot"), "actionValue"),
            (value, json!(null), "actionValue"),
        ] {
            assert_eq!(read_with(pointer, wrong), Err(ParseError { field }), "{pointer}");
        }
    }

    #[test]
    fn reads_each_effect() {
        let effect = |kind: &str, value: &str| {
            read_effect(&json!({ "actionType": kind, "actionValue": value }).into()).map(Option::unwrap)
        };
        let figure = |number, currency: &str| Figure {
            number: Decimal::parse(number).unwrap(),
            currency: Currency::from_code(currency).ok(),
        };
        assert_eq!(effect("amount", "5.00"), Ok(Effect::Amount(figure("5.00", ""))));
        assert_eq!(effect("price", "0.00 EUR"), Ok(Effect::Price(figure("0.00", "EUR"))));
        assert_eq!(effect("bonusData", "5 GB"), Ok(Effect::Bonus(5_000_000_000)));
        for (kind, value) in
            [("amount", "-5"), ("amount", "5 coins"), ("bonusData", "0 GB"), ("bonusData", "5"), ("bonusData", "-1 GB")]
        {
            assert!(effect(kind, value).is_err(), "{kind} {value}");
        }
    }
}
