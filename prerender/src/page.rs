//! A page with a place for the offers.

use anyhow::{Context, Result};

/// What stands before the place in a page, and what behind it.
const MARKS: [&str; 2] = ["<!-- esim-renewal: prerendered -->", "<!-- /esim-renewal: prerendered -->"];

/// The page with the fragment in its place. The marks stay, so that it can be done again.
///
/// # Errors
/// When there is no such place.
pub fn put(page: &str, fragment: &str) -> Result<String> {
    let [first, last] = MARKS;
    let (before, rest) = page.split_once(first).with_context(|| format!("the page has no {first}"))?;
    let (_, after) = rest.split_once(last).with_context(|| format!("the page has no {last}"))?;
    Ok([before, first, "\n", fragment.trim_end(), "\n", last, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_filled_as_often_as_one_likes() {
        let page = format!("<main>{}old{}</main>", MARKS[0], MARKS[1]);
        let once = put(&page, "<p>new</p>\n").unwrap();
        assert_eq!(once, format!("<main>{}\n<p>new</p>\n{}</main>", MARKS[0], MARKS[1]));
        assert_eq!(put(&once, "<p>new</p>\n").unwrap(), once);
    }

    #[test]
    fn a_page_without_the_marks_is_refused() {
        for page in ["", MARKS[0], MARKS[1], &format!("{}{}", MARKS[1], MARKS[0])] {
            assert!(put(page, "").is_err(), "{page}");
        }
    }
}
