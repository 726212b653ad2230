//! The reader and the writer, held against `serde_json`.

use super::*;
use proptest::prelude::*;
use serde_json::Value;

/// Any JSON, as the other reader has it.
fn any_value() -> impl Strategy<Value = Value> {
    let number = "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number.prop_map(|digits| serde_json::from_str(&digits).unwrap()),
        "(\\PC|[\\x00-\\x1f\"\\\\])*".prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::btree_map("\\PC{0,6}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn same(ours: &Json, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Json::Number(ours), Value::Number(theirs)) => ours == theirs.as_str(),
        (Json::Text(ours), Value::String(theirs)) => ours == theirs,
        (Json::List(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Json::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|(name, ours)| theirs.get(name).is_some_and(|theirs| same(ours, theirs)))
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn reads_what_others_write(value in any_value()) {
        prop_assert!(same(&Json::parse(&value.to_string()).unwrap(), &value));
        prop_assert!(same(&Json::parse(&serde_json::to_string_pretty(&value).unwrap()).unwrap(), &value));
    }

    #[test]
    fn others_read_what_it_writes(value in any_value()) {
        let written = Json::from(value.clone()).to_string();
        prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
    }

    /// What one reader refuses the other refuses, for texts that are nearly JSON.
    #[test]
    fn refuses_what_others_refuse(text in "[\\[\\]{}:,\"\\\\u0-9eE.+\\- tfnrulase\\n\u{1}é]{0,12}") {
        prop_assert_eq!(Json::parse(&text).is_some(), serde_json::from_str::<Value>(&text).is_ok(), "{}", text);
    }

    #[test]
    fn a_broken_answer_is_none(value in any_value(), cut in 0.0_f64..1.0) {
        let text = value.to_string();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "an index")]
        let at = text.floor_char_boundary((text.len() as f64 * cut) as usize);
        let cut = &text[..at];
        prop_assert_eq!(Json::parse(cut).is_some(), serde_json::from_str::<Value>(cut).is_ok(), "{}", cut);
    }
}

#[test]
fn escapes_stand_for_what_they_say() {
    let text = |json: &str| Json::parse(json).and_then(|json| json.as_str().map(str::to_owned));
    assert_eq!(text(r#""\u00e9\ud83d\ude00\n\/""#).as_deref(), Some("é😀\n/"));
    for broken in [r#""\ud83d""#, r#""\ud83d\u0041""#, r#""\ude00""#, r#""\u12g4""#, r#""\x""#, "\"\n\"", "\""] {
        assert_eq!(Json::parse(broken), None, "{broken}");
    }
}

#[test]
fn depth_has_an_end() {
    let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    assert!(Json::parse(&nested(100)).is_some());
    assert_eq!(Json::parse(&nested(100_000)), None);
}

#[test]
fn the_first_of_two_names_counts() {
    assert_eq!(Json::parse(r#"{"a":1,"a":2}"#).unwrap().get("a").and_then(Json::as_i64), Some(1));
}

/// Eight times as many numbers take about eight times as long, not sixty-four times: a long catalogue is read at once.
#[test]
fn a_long_list_is_read_in_proportion() {
    let time = |count: usize| {
        let text = ["[", &"19.99,".repeat(count), "0]"].concat();
        let least = (0..5).map(|_| {
            let begun = std::time::Instant::now();
            assert!(Json::parse(&text).is_some());
            begun.elapsed()
        });
        least.min().unwrap()
    };
    let (short, long) = (time(8_000), time(64_000));
    assert!(long < short * 24, "{short:?}, then {long:?}");
}
