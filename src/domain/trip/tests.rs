//! Examples, by the rules that they show.

mod properties;

use super::*;
use crate::domain::allowance::Volume;
use crate::domain::basket::tests::euro;
use crate::domain::money::Currency;

const GB: u64 = 1_000_000_000;

fn country(code: &str) -> Country {
    Country::from_code(code).unwrap()
}

fn countries(codes: &[&str]) -> Vec<Country> {
    codes.iter().map(|code| country(code)).collect()
}

fn legs(legs: &[(&str, u32)]) -> Vec<Leg> {
    legs.iter().map(|(code, days)| Leg { country: country(code), days: *days }).collect()
}

/// A pack of so many gigabytes, `None` for any, over so many days, in minor units of the euro.
fn pack(id: &str, minor: i64, gigabytes: Option<u64>, days: u32, codes: &[&str]) -> Pack {
    Pack {
        offering: OfferingId::new(id).unwrap(),
        name: id.to_uppercase(),
        price: Money::from_minor(minor, euro()),
        data: gigabytes.map_or(Volume::Unlimited, |number| Volume::Of(number * GB)),
        days,
        countries: countries(codes),
        is_single: false,
    }
}

fn answer(legs: &[Leg], need: u64, packs: &[Pack]) -> Result<Answer, TripError> {
    Planner::new(legs, need, packs.to_vec())?.finish()
}

/// A plan in short: for each purchase its offering, how many of it, and for how many days.
fn short(plan: &TripPlan) -> Vec<(&str, u32, u32)> {
    plan.purchases.iter().map(|one| (one.offering.as_str(), one.count, one.days)).collect()
}

fn euros(minor: i64) -> Money {
    Money::from_minor(minor, euro())
}

mod examples {
    use super::*;

    fn east_asia() -> Vec<Pack> {
        vec![
            pack("japan-3", 900, Some(3), 7, &["JP"]),
            pack("japan-5", 1_400, Some(5), 15, &["JP"]),
            pack("korea-3", 700, Some(3), 10, &["KR"]),
            pack("asia-6", 2_500, Some(6), 15, &["JP", "KR", "TH"]),
            pack("asia-10", 2_000, Some(10), 10, &["JP", "KR", "TH"]),
        ]
    }

    #[test]
    fn japan_then_korea() {
        let trip = legs(&[("JP", 7), ("KR", 5)]);
        let Answer { best, runner_up } = answer(&trip, 6 * GB, &east_asia()).unwrap();
        // Japan's 7 of 12 days need 3.5 GB: two small packs, or a large one for less.
        assert_eq!(short(&best), [("japan-5", 1, 7), ("korea-3", 1, 5)]);
        assert_eq!(best.total, euros(2_100));
        let [japan, korea] = best.purchases.as_slice() else { panic!("two purchases") };
        assert_eq!((japan.first_day, japan.need, japan.price), (0, 3_500_000_000, euros(1_400)));
        assert_eq!((korea.first_day, korea.need, korea.price), (7, 2_500_000_000, euros(700)));
        assert_eq!((korea.name.as_str(), korea.countries.clone()), ("KOREA-3", countries(&["KR"])));
        let runner_up = runner_up.unwrap();
        assert_eq!(short(&runner_up), [("asia-6", 1, 12)]);
        assert_eq!(runner_up.total, euros(2_500));
        assert_eq!(runner_up.purchases[0].countries, countries(&["JP", "KR"]));
    }

    #[test]
    fn a_pack_may_end_within_a_leg() {
        let packs = [pack("asia", 1_000, Some(9), 9, &["JP", "KR"]), pack("korea", 300, Some(1), 3, &["KR"])];
        let Answer { best, .. } = answer(&legs(&[("JP", 7), ("KR", 5)]), 6 * GB, &packs).unwrap();
        // From the tenth day on, Korea's alone, twice at once for 1.5 GB.
        assert_eq!(short(&best), [("asia", 1, 9), ("korea", 2, 3)]);
        assert_eq!(best.total, euros(1_600));
        assert_eq!(best.purchases[0].countries, countries(&["JP", "KR"]));
    }

    #[test]
    fn a_country_that_comes_again_is_named_once() {
        let trip = legs(&[("JP", 2), ("KR", 1), ("JP", 2)]);
        let one = pack("asia", 1_000, Some(9), 9, &["KR", "JP"]);
        let alone = pack("japan", 100, None, 9, &["JP"]);
        let best = answer(&trip, GB, std::slice::from_ref(&one)).unwrap().best;
        assert_eq!(best.purchases[0].countries, countries(&["JP", "KR"]));
        // A pack does not reach over days on which it does not work.
        let best = answer(&trip, GB, &[one, alone]).unwrap().best;
        assert_eq!(short(&best), [("asia", 1, 5)]);
    }

    #[test]
    fn unlimited_data_is_bought_once() {
        let packs = [pack("counted", 100, Some(1), 30, &["JP"]), pack("unlimited", 1_050, None, 30, &["JP"])];
        let trip = legs(&[("JP", 10)]);
        assert_eq!(short(&answer(&trip, 10 * GB, &packs).unwrap().best), [("counted", 10, 10)]);
        assert_eq!(short(&answer(&trip, 11 * GB, &packs).unwrap().best), [("unlimited", 1, 10)]);
        assert_eq!(short(&answer(&trip, u64::MAX, &packs).unwrap().best), [("unlimited", 1, 10)]);
    }

    #[test]
    fn each_day_needs_a_pack_even_without_data() {
        let Answer { best, .. } = answer(&legs(&[("JP", 8)]), 0, &east_asia()).unwrap();
        assert_eq!((short(&best), best.purchases[0].need), (vec![("japan-5", 1, 8)], 0));
    }

    #[test]
    fn data_is_shared_among_days_to_the_byte() {
        // Three of seven days of 10 bytes are 4 2/7.
        let of = |bytes| Pack { data: Volume::Of(bytes), ..pack("japan", 100, None, 9, &["JP"]) };
        let korea = pack("korea", 100, None, 9, &["KR"]);
        let best = |bytes| answer(&legs(&[("JP", 3), ("KR", 4)]), 10, &[of(bytes), korea.clone()]).unwrap().best;
        assert_eq!((best(4).purchases[0].count, best(5).purchases[0].count), (2, 1));
        assert_eq!((best(5).purchases[0].need, best(5).purchases[1].need), (5, 6));
    }
}

mod ties {
    use super::*;

    fn best_of_a_tie(days: u32, need: u64, packs: &[Pack]) -> TripPlan {
        let reversed: Vec<Pack> = packs.iter().rev().cloned().collect();
        let trip = legs(&[("JP", days)]);
        let answers = [packs, &reversed].map(|packs| answer(&trip, need, packs).unwrap());
        assert_eq!(answers[0], answers[1], "the order of the packs is none of the plan's");
        let [Answer { best, runner_up }, _] = answers;
        if let Some(runner_up) = runner_up {
            assert_eq!(best.total, runner_up.total, "a tie");
        }
        best
    }

    #[test]
    fn fewer_packs_come_first() {
        let packs = [pack("a-small", 500, Some(1), 9, &["JP"]), pack("b-large", 1_000, Some(2), 9, &["JP"])];
        assert_eq!(short(&best_of_a_tie(2, 2 * GB, &packs)), [("b-large", 1, 2)]);
    }

    #[test]
    fn then_fewer_purchases() {
        let packs = [pack("a-day", 500, Some(1), 1, &["JP"]), pack("b-week", 500, Some(1), 7, &["JP"])];
        assert_eq!(short(&best_of_a_tie(2, 2 * GB, &packs)), [("b-week", 2, 2)]);
    }

    #[test]
    fn then_the_ids_that_come_first() {
        let packs = [pack("b", 500, Some(1), 9, &["JP"]), pack("a", 500, Some(1), 9, &["JP"])];
        assert_eq!(short(&best_of_a_tie(2, GB, &packs)), [("a", 1, 2)]);
        let packs = [pack("b", 500, Some(9), 2, &["JP"]), pack("a", 500, Some(9), 1, &["JP"])];
        assert_eq!(short(&best_of_a_tie(3, GB, &packs)), [("a", 1, 1), ("b", 1, 2)]);
    }

    #[test]
    fn then_the_longer_runs() {
        let best = |trip: &[Leg], need, packs: &[Pack]| answer(trip, need, packs).unwrap().best;
        let packs = [pack("a", 500, Some(1), 7, &["JP"])];
        assert_eq!(short(&best(&legs(&[("JP", 10)]), GB, &packs)), [("a", 1, 7), ("a", 1, 3)]);
        // For 3, 1 and 2 days, for 2, 3 and 1, and for some in between, four packs. For 3, 2 and 1 they would be five.
        let packs = [
            pack("a", 500, Some(2), 7, &["JP", "KR"]),
            Pack { data: Volume::Of(GB * 3 / 2), ..pack("b", 500, None, 7, &["KR", "TH", "VN"]) },
            pack("c", 500, None, 2, &["VN", "TW"]),
        ];
        let trip = legs(&[("JP", 1), ("KR", 2), ("TH", 1), ("VN", 1), ("TW", 1)]);
        assert_eq!(short(&best(&trip, 6 * GB, &packs)), [("a", 2, 3), ("b", 1, 1), ("c", 1, 2)]);
    }
}

mod runners_up {
    use super::*;

    #[test]
    fn the_same_packs_for_other_days_are_no_other_choice() {
        let packs = [pack("week", 500, Some(9), 7, &["JP"]), pack("month", 1_200, Some(9), 30, &["JP"])];
        let Answer { best, runner_up } = answer(&legs(&[("JP", 10)]), GB, &packs).unwrap();
        assert_eq!(short(&best), [("week", 1, 7), ("week", 1, 3)]);
        assert_eq!(runner_up.as_ref().map(short), Some(vec![("month", 1, 10)]));
    }

    #[test]
    fn another_number_of_the_same_is_another_choice() {
        let packs = [pack("only", 500, Some(9), 7, &["JP"])];
        let Answer { best, runner_up } = answer(&legs(&[("JP", 2)]), GB, &packs).unwrap();
        assert_eq!(short(&best), [("only", 1, 2)]);
        assert_eq!(runner_up.map(|plan| plan.total), Some(euros(1_000)));
    }

    #[test]
    fn a_day_without_a_choice_leaves_none() {
        let packs = [pack("only", 500, Some(9), 7, &["JP"])];
        assert_eq!(answer(&legs(&[("JP", 1)]), GB, &packs).unwrap().runner_up, None);
    }
}

mod refusals {
    use super::*;

    fn refusal(trip: &[(&str, u32)], packs: &[Pack]) -> Option<TripError> {
        answer(&legs(trip), GB, packs).err()
    }

    fn japan() -> Pack {
        pack("japan", 500, Some(1), 30, &["JP"])
    }

    #[test]
    fn a_trip_has_days_and_not_too_many() {
        assert_eq!(refusal(&[], &[japan()]), Some(TripError::NoLegs));
        assert_eq!(refusal(&[("JP", 0)], &[japan()]), Some(TripError::NoLegs));
        assert_eq!(refusal(&[("JP", 9); MOST_LEGS], &[japan()]), None);
        assert_eq!(refusal(&[("JP", 1); MOST_LEGS + 1], &[japan()]), Some(TripError::TooManyLegs));
        assert_eq!(refusal(&[("JP", MOST_DAYS + 1)], &[japan()]), Some(TripError::TooLong));
        assert_eq!(refusal(&[("JP", u32::MAX), ("JP", 2)], &[japan()]), Some(TripError::TooLong));
    }

    #[test]
    fn a_leg_without_days_needs_no_pack() {
        let trip = legs(&[("KR", 0), ("JP", 3)]);
        assert_eq!(short(&answer(&trip, GB, &[japan()]).unwrap().best), [("japan", 1, 3)]);
    }

    #[test]
    fn says_in_which_countries_no_pack_works() {
        let trip = [("KR", 1), ("JP", 1), ("FR", 1), ("KR", 1)];
        assert_eq!(refusal(&trip, &[japan()]), Some(TripError::NotCovered(countries(&["KR", "FR"]))));
        assert_eq!(refusal(&[("JP", 1)], &[]), Some(TripError::NotCovered(countries(&["JP"]))));
        let over = Pack { days: 0, ..japan() };
        assert_eq!(refusal(&[("JP", 1)], &[over]), Some(TripError::NotCovered(countries(&["JP"]))));
    }

    #[test]
    fn no_more_than_ninety_nine_are_bought_at_once() {
        let two_days = legs(&[("JP", 2)]);
        let need = |need| answer(&two_days, need, &[japan()]).map(|answer| answer.best.total);
        // For each day apart, 99 of them.
        assert_eq!(need(198 * GB), Ok(euros(99_000)));
        assert_eq!(need(198 * GB + 1), Err(TripError::TooMuchData));
        assert_eq!(need(u64::MAX), Err(TripError::TooMuchData));
    }

    #[test]
    fn what_costs_more_than_can_be_counted_is_not_bought() {
        let dear = Pack { price: euros(i64::MAX / 2), ..japan() };
        let total =
            |need| answer(&legs(&[("JP", 1)]), need, std::slice::from_ref(&dear)).map(|answer| answer.best.total);
        assert_eq!(total(2 * GB), Ok(euros(i64::MAX - 1)));
        assert_eq!(total(3 * GB), Err(TripError::TooMuchData));
    }

    #[test]
    fn another_currency_is_not_compared() {
        let francs = Money::from_minor(1, Currency::from_code("CHF").unwrap());
        let planner = |packs| Planner::new(&legs(&[("JP", 1)]), GB, packs).unwrap();
        let cheap = Pack { price: francs, ..pack("cheap", 1, Some(1), 1, &["JP"]) };
        assert_eq!(planner(vec![japan()]).left_out(), 0);
        let planner = planner(vec![japan(), cheap.clone()]);
        assert_eq!(planner.left_out(), 1);
        assert_eq!(planner.finish().unwrap().best.total, euros(500));
        let korean = Pack { countries: countries(&["KR"]), ..cheap };
        let both = [japan(), korean];
        assert_eq!(refusal(&[("JP", 1), ("KR", 1)], &both), Some(TripError::NotCovered(countries(&["KR"]))));
    }

    #[test]
    fn an_offering_counts_once() {
        let packs = [japan(), Pack { price: euros(400), ..japan() }];
        let Answer { best, runner_up } = answer(&legs(&[("JP", 1)]), GB, &packs).unwrap();
        assert_eq!((best.total, runner_up), (euros(500), None));
    }
}

mod slices {
    use super::*;

    const CODES: [&str; 5] = ["JP", "KR", "TH", "VN", "TW"];

    fn long_trip() -> Vec<Leg> {
        (0..MOST_LEGS).map(|at| Leg { country: country(CODES[at % 5]), days: 9 }).collect()
    }

    /// The steps it took, and the answer.
    fn stepped(packs: Vec<Pack>) -> (u32, Answer) {
        let mut planner = Planner::new(&long_trip(), 60 * GB, packs).unwrap();
        let mut steps = 1;
        while !planner.step() {
            steps += 1;
        }
        assert!(planner.step(), "done stays done");
        (steps, planner.finish().unwrap())
    }

    #[test]
    fn the_largest_trip_takes_a_step_a_day() {
        let mut state = 7_u64;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % below
        };
        let packs = (0..500).map(|at| {
            let codes: Vec<&str> = CODES.into_iter().filter(|_| random(2) == 0).collect();
            let minor = i64::try_from(300 + random(4_000)).unwrap();
            let days = u32::try_from(1 + random(40)).unwrap();
            pack(&at.to_string(), minor, Some(1 + random(20)), days, &codes)
        });
        let (steps, Answer { best, runner_up }) = stepped(packs.collect());
        assert_eq!(steps, 90);
        assert_eq!(best.purchases.iter().map(|one| one.days).sum::<u32>(), 90);
        assert!(best.total.compare(runner_up.unwrap().total).unwrap().is_le());
    }

    #[test]
    fn so_does_one_in_which_all_packs_are_alike() {
        let packs = (100..600).map(|at| pack(&at.to_string(), 500, Some(9), 1, &CODES));
        let (steps, Answer { best, runner_up }) = stepped(packs.collect());
        assert_eq!(steps, 90);
        assert_eq!(short(&best), vec![("100", 1, 1); 90]);
        let last = runner_up.unwrap().purchases.pop().unwrap();
        assert_eq!(last.offering.as_str(), "101", "the other ids come first while they can");
    }

    #[test]
    fn finishing_early_does_the_rest() {
        let packs = vec![pack("all", 500, Some(9), 30, &CODES)];
        let mut planner = Planner::new(&long_trip(), 60 * GB, packs.clone()).unwrap();
        planner.step();
        assert_eq!(planner.finish(), Ok(stepped(packs).1));
    }
}
