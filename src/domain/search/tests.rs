use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What a browser calls them in English, in lower case and without accents.
const ENGLISH: &str = "AE united arab emirates,AR argentina,AT austria,AU australia,BA bosnia & herzegovina,BE belgium,\
BG bulgaria,BR brazil,CA canada,CD congo - kinshasa,CG congo - brazzaville,CH switzerland,CI cote d’ivoire,CL chile,\
CN china,CY cyprus,CZ czechia,DE germany,DK denmark,EG egypt,ES spain,FI finland,FR france,GB united kingdom,\
GN guinea,GR greece,GW guinea-bissau,HK hong kong sar china,HR croatia,ID indonesia,IE ireland,IN india,IQ iraq,\
IR iran,IS iceland,IT italy,JP japan,KP north korea,KR south korea,LC st. lucia,MC monaco,MK north macedonia,\
MM myanmar (burma),MX mexico,NE niger,NG nigeria,NL netherlands,NO norway,PF french polynesia,PG papua new guinea,\
PT portugal,RO romania,SE sweden,SI slovenia,SK slovakia,ST sao tome & principe,TR turkiye,US united states,ZA south africa";

fn names(list: &str) -> Vec<Named> {
    let named = |one: &str| {
        let (code, name) = one.split_once(' ')?;
        Some(Named { country: Country::from_code(code)?, name: name.to_owned() })
    };
    list.split(',').map(|one| named(one).unwrap()).collect()
}

/// The first three that are found.
fn found(query: &str) -> String {
    let found = find(query, &names(ENGLISH), 3);
    found.iter().map(|country| country.code().to_owned()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_better_fit_comes_first() {
    assert_eq!(found("niger"), "NE NG", "the name before what begins so");
    assert_eq!(found("guinea"), "GN GW PG", "the beginning before a word");
    assert_eq!(found("in"), "IN ID", "two letters before a beginning");
    assert_eq!(found("land"), "CH FI IE", "within, in the order of the names");
    assert_eq!(found("iran"), "IR IQ FR", "and what is nearly so last");
}

#[test]
fn two_letters_within_a_name_are_too_few() {
    assert_eq!(found("zz"), "");
    assert_eq!(found("zzi"), "");
    assert_eq!(found("ra"), "");
    assert_eq!(found("raq"), "IQ");
}

#[test]
fn people_have_names_of_their_own() {
    for (query, code) in [
        ("uk", "GB"),
        ("england", "GB"),
        ("great brit", "GB"),
        ("usa", "US"),
        ("america", "US"),
        ("holland", "NL"),
        ("hollnad", "NL"),
        ("uae", "AE"),
        ("dubai", "AE"),
        ("czech republic", "CZ"),
        ("korea", "KR KP"),
        ("turkey", "TR"),
        ("burma", "MM"),
        ("suisse", "CH"),
        ("ivory coast", "CI"),
        ("tahiti", "PF"),
    ] {
        assert_eq!(found(query), code, "{query}");
    }
    assert_eq!(found("us"), "US");
    assert_eq!((found("ta"), found("tah")), (String::new(), "PF".to_owned()), "and are meant from three letters on");
    assert_eq!(found(" Fr "), "FR", "and a code is a code in capitals too");
}

#[test]
fn signs_are_spaces() {
    for (query, code) in [
        ("cote d'ivoire", "CI"),
        ("cote-d ivoire", "CI"),
        ("guinea bissau", "GW"),
        ("congo brazza", "CG"),
        ("st lucia", "LC"),
        ("saint lucia", "LC"),
        ("bosnia and herzegovina", "BA"),
        ("bosnia herz", "BA"),
        ("  south   korea ", "KR KP"),
        ("(burma)", "MM"),
        ("u.k.", "GB"),
        ("u. s. a.", "US"),
    ] {
        assert_eq!(found(query), code, "{query}");
    }
}

#[test]
fn misspelt_names_are_found() {
    for (query, code) in [
        ("grece", "GR"),
        ("itlay", "IT"),
        ("portugall", "PT"),
        ("swizterland", "CH"),
        ("switserlan", "CH"),
        ("germnay", "DE"),
        ("croacia", "HR"),
        ("irelend", "IE IS"),
        ("grmany", "DE"),
        ("xyzzyx", ""),
    ] {
        assert_eq!(found(query), code, "{query}");
    }
}

#[test]
fn short_queries_are_not_guessed_at() {
    assert_eq!(found("irn"), "");
    assert_eq!(found("irna"), "IR IQ", "the whole name before a beginning");
}

#[test]
fn finds_nothing_where_nothing_is_typed() {
    for query in ["", " ", "-", "’", "..."] {
        assert_eq!(found(query), "", "{query}");
    }
    assert_eq!(find("france", &names(ENGLISH), 0), []);
    assert_eq!(find("france", &[], 3), []);
}

#[test]
fn a_country_of_two_names_is_found_once() {
    let both = names("DE germany,DE allemagne,FR france");
    for query in ["germany", "allemagne", "de"] {
        assert_eq!(find(query, &both, 3), [both[0].country], "{query}");
    }
}

#[test]
fn counts_what_was_changed() {
    let distances = |typed: &str, name: &str| distances(&letters(typed), &letters(name));
    assert_eq!(distances("france", "france"), (0, 0));
    assert_eq!(distances("fra", "france"), (3, 0), "a beginning is no mistake");
    assert_eq!(distances("farn", "france"), (3, 1));
    assert_eq!(distances("farnce", "france"), (1, 1));
    assert_eq!(distances("frnce", "france"), (1, 1));
    assert_eq!(distances("fraance", "france"), (1, 1));
    assert_eq!(distances("grance", "france"), (1, 1));
    assert_eq!(distances("france", ""), (6, 6));
    assert_eq!(distances("", "france"), (6, 0));
}

/// A name with one mistake of the kinds that people make, at one of its letters.
fn mistaken(name: &str, kind: usize, at: usize, letter: char) -> Option<String> {
    let mut letters: Vec<char> = name.chars().collect();
    let is_letter = |at: usize| letters.get(at).is_some_and(char::is_ascii_lowercase);
    match kind {
        _ if !is_letter(at) => return None,
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letter),
        2 => letters[at] = letter,
        _ if is_letter(at + 1) => letters.swap(at, at + 1),
        _ => return None,
    }
    Some(letters.into_iter().collect())
}

proptest! {
    #[test]
    fn each_name_finds_itself_first(named in select(names(ENGLISH)), most in 1_usize..5) {
        prop_assert_eq!(find(&named.name, &names(ENGLISH), most)[0], named.country);
    }

    /// Whatever the countries are called.
    #[test]
    fn each_of_any_names_finds_itself_first(called in vec("[a-zé' -]{1,12}", 1..20), which: prop::sample::Index) {
        let code = |at: usize| ["A", &char::from(b'A' + u8::try_from(at).unwrap()).to_string()].concat();
        let named = |(at, name): (usize, &String)| Named {
            country: Country::from_code(&code(at)).unwrap(),
            name: name.clone(),
        };
        let names: Vec<Named> = called.iter().enumerate().map(named).collect();
        let wanted = letters(&which.get(&names).name);
        prop_assume!(!wanted.is_empty());
        let first = names.iter().find(|one| letters(&one.name) == wanted).map(|one| one.country);
        prop_assert_eq!(find(&which.get(&names).name, &names, 1).first().copied(), first);
    }

    /// One wrong letter in a name of five or more.
    #[test]
    fn a_name_is_found_with_a_mistake(
        named in select(names(ENGLISH)),
        kind in 0_usize..4,
        at in 0_usize..20,
        letter in prop::char::range('a', 'z'),
    ) {
        // Of what stands for a word, "st." and "&", every letter counts.
        prop_assume!(named.name.len() >= 5 && !named.name.contains(['.', '&']));
        let Some(query) = mistaken(&named.name, kind, at, letter) else { return Ok(()) };
        prop_assert!(find(&query, &names(ENGLISH), usize::MAX).contains(&named.country), "{}", query);
    }

    /// No more than asked for, none twice, and the same ones first whatever the number.
    #[test]
    fn fewer_are_the_first_of_more(query in "[a-z ]{0,8}", most in 0_usize..6) {
        let all = find(&query, &names(ENGLISH), usize::MAX);
        let few = find(&query, &names(ENGLISH), most);
        prop_assert_eq!(&few[..], &all[..most.min(all.len())]);
        prop_assert!(all.iter().enumerate().all(|(at, one)| !all[..at].contains(one)));
    }

    #[test]
    fn no_text_panics(query in "\\PC{0,60}", name in "\\PC{0,60}") {
        let country = Country::from_code("FR").unwrap();
        let _ = find(&query, &[Named { country, name }], 5);
    }
}
