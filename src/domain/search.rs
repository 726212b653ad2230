//! Finding a country by what a person types: by another name, by a part of it, or misspelt.

use super::offering::Country;

/// Names that people use and that are not the country's own, without accents. Its own names in the page's language are
/// not here: the browser knows them.
const ALIASES: [(&str, &str); 19] = [
    ("AE", "uae,emirates,emirats,dubai,abu dhabi"),
    ("CH", "swiss,suisse"),
    ("CI", "ivory coast"),
    ("CV", "cape verde"),
    ("CZ", "czech republic,republique tcheque"),
    ("ES", "canaries,canary islands"),
    ("GB", "uk,england,scotland,wales,great britain,britain,northern ireland,angleterre,ecosse"),
    ("ID", "bali"),
    ("KR", "korea,coree"),
    ("MK", "macedonia,macedoine"),
    ("MM", "burma,birmanie"),
    ("NL", "holland,hollande"),
    ("PF", "tahiti"),
    ("PT", "azores,madeira"),
    ("SZ", "swaziland"),
    ("TL", "east timor"),
    ("TR", "turkey,turquie"),
    ("TZ", "zanzibar"),
    ("US", "usa,america"),
];

/// Fewer letters than this are within too many names.
const LEAST_WITHIN: usize = 3;

/// A country and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The country.
    pub country: Country,
    /// Its name in lower case and without accents. A country may have several.
    pub name: String,
}

/// How well a country fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// That is its name.
    Name,
    /// That is another name of it, or its two letters.
    Alias,
    /// Its name begins so.
    Start,
    /// A word of its name begins so, or another name.
    Word,
    /// It is within its name.
    Within,
    /// It is its name but for a letter.
    Misspelt,
    /// It is the beginning of its name but for a letter.
    MisspeltStart,
    /// It is its name, or the beginning of it, but for two letters.
    Garbled,
}

impl Fit {
    const ALL: [Self; 8] = [
        Self::Name,
        Self::Alias,
        Self::Start,
        Self::Word,
        Self::Within,
        Self::Misspelt,
        Self::MisspeltStart,
        Self::Garbled,
    ];
}

/// The countries that may be meant, at most so many: the best first, and of those that fit alike those first that are
/// named first. None where nothing is typed. Like the names, the query is in lower case and without accents.
pub fn find(query: &str, names: &[Named], most: usize) -> Vec<Country> {
    let typed = letters(query);
    if typed.is_empty() {
        return vec![];
    }
    let aliases: Vec<(&str, Fit)> = ALIASES
        .into_iter()
        .filter_map(|(code, aliases)| Some((code, aliases.split(',').filter_map(|one| alias_fit(&typed, one)).min()?)))
        .collect();
    let fits: Vec<Option<Fit>> = names
        .iter()
        .map(|named| {
            let code = named.country.code();
            let by_code = code.eq_ignore_ascii_case(query.trim()).then_some(Fit::Alias);
            let by_alias = aliases.iter().find(|(one, _)| *one == code).map(|(_, fit)| *fit);
            [name_fit(&typed, &letters(&named.name)), by_code, by_alias].into_iter().flatten().min()
        })
        .collect();
    let mut found = Vec::new();
    for fit in Fit::ALL {
        for (named, _) in names.iter().zip(&fits).filter(|(_, own)| **own == Some(fit)) {
            if found.len() == most {
                return found;
            }
            if !found.contains(&named.country) {
                found.push(named.country);
            }
        }
    }
    found
}

/// The letters of a text, with one space between words: `côte d’ivoire` is typed with and without its apostrophe.
fn letters(text: &str) -> Vec<char> {
    let mut letters = Vec::new();
    let mut after_initial = false;
    for word in text.split(is_gap).filter(|word| !word.is_empty()) {
        // Names say "&", people say "and", or neither. At the beginning it may become Andorra.
        if !letters.is_empty() && (word == "and" || word == "et") {
            continue;
        }
        // Initials are one word: "u.k." is "uk".
        let is_initial = word.len() == 1;
        let goes_on = letters.is_empty() || (is_initial && after_initial);
        if !goes_on {
            letters.push(' ');
        }
        after_initial = is_initial;
        letters.extend(if word == "st" { "saint" } else { word }.chars());
    }
    letters
}

/// What stands between words.
fn is_gap(letter: char) -> bool {
    let is_sign = letter.is_ascii() && !letter.is_ascii_alphanumeric();
    is_sign || matches!(letter, '\u{a0}' | '\u{202f}' | '‐' | '‑' | '–' | '‘' | '’')
}

fn name_fit(typed: &[char], name: &[char]) -> Option<Fit> {
    let begins_word = |window: &[char]| window.split_first() == Some((&' ', typed));
    if name == typed {
        Some(Fit::Name)
    } else if name.starts_with(typed) {
        Some(Fit::Start)
    } else if name.windows(typed.len() + 1).any(begins_word) {
        Some(Fit::Word)
    } else if typed.len() >= LEAST_WITHIN && name.windows(typed.len()).any(|window| window == typed) {
        Some(Fit::Within)
    } else {
        misspelt_fit(typed, name)
    }
}

/// How well an alias fits: less well than a name, and only where enough is typed to mean it.
fn alias_fit(typed: &[char], alias: &str) -> Option<Fit> {
    match name_fit(typed, &letters(alias))? {
        Fit::Name | Fit::Alias => Some(Fit::Alias),
        Fit::Start | Fit::Word if typed.len() >= LEAST_WITHIN => Some(Fit::Word),
        misspelt @ (Fit::Misspelt | Fit::MisspeltStart | Fit::Garbled) => Some(misspelt),
        Fit::Start | Fit::Word | Fit::Within => None,
    }
}

/// Whether a name, or the beginning of it, is what was typed but for a letter or two. Short queries are near too much.
fn misspelt_fit(typed: &[char], name: &[char]) -> Option<Fit> {
    let most = match typed.len() {
        0..4 => return None,
        4..7 => 1,
        _ => 2,
    };
    if typed.len() > name.len() + most {
        return None;
    }
    match distances(typed, name) {
        (0 | 1, _) => Some(Fit::Misspelt),
        (_, 0 | 1) => Some(Fit::MisspeltStart),
        (_, 2) if most == 2 => Some(Fit::Garbled),
        _ => None,
    }
}

/// How many letters must be changed, added, left out or swapped with the next to make of what was typed the name, and the
/// nearest beginning of it: optimal string alignment distances.
fn distances(typed: &[char], name: &[char]) -> (usize, usize) {
    let mut before: Vec<usize> = vec![];
    let mut above: Vec<usize> = (0..=name.len()).collect();
    for (i, letter) in typed.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        for (j, other) in name.iter().enumerate() {
            let changed = above[j] + usize::from(letter != other);
            let mut least = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == name[j - 1] && typed[i - 1] == *other {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    let to = |distance: Option<&usize>| distance.copied().unwrap_or(typed.len());
    (to(above.last()), to(above.iter().min()))
}

#[cfg(test)]
mod tests;
