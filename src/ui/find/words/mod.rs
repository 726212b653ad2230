//! The words for finding and comparing: behind their door with it.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

mod en;
mod fr;

use super::super::text::table;
use leptos::prelude::expect_context;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

pub use en::EN;

table! {
    /// All words of one language that finding and comparing need. `{…}` stands for a value.
    Words
    add_leg
    and_quoted
    any_type
    clear
    compare
    country
    country_hint
    data_needed
    days_needed
    deals_only
    find
    four
    in_zones
    kind
    leg_days
    less
    loosen
    mbits
    more
    no_country
    no_number
    no_rate
    none_fit
    not_comparable
    not_stated
    nothing_fits
    per_day
    planning
    price
    price_limit
    remove
    remove_leg
    side_by_side
    sign_in_to_compare
    sort_by
    sort_data
    sort_day
    sort_gigabyte
    sort_listed
    sort_price
    sort_validity
    speed
    to_side
    trip
    trip_data
    trip_find
    trip_first_day
    trip_incomplete
    trip_model
    trip_next
    trip_not_covered
    trip_not_here
    trip_part
    trip_reason
    trip_say_day
    trip_take
    trip_too_long
    trip_too_much
    trip_total
    trip_twice
    valid
}

/// The words of the finder around.
pub fn words() -> &'static Words {
    expect_context()
}

#[wasm_split(fr_find, wasm_split_path = leptos::wasm_split, fallible)]
fn french_words() -> Result<&'static Words, SplitLoaderError> {
    Ok(&fr::FR)
}

/// The words of a language, or `english` where there is none or they cannot be loaded.
pub async fn in_language(language: &str, english: &'static Words) -> &'static Words {
    if language == "fr" { french_words().await.unwrap_or(english) } else { english }
}

#[cfg(test)]
mod tests {
    use super::super::super::text::tests::assert_alike;
    use super::*;

    #[test]
    fn each_language_uses_the_same_values() {
        assert_alike(EN.all(), fr::FR.all());
    }
}
