use proptest::prelude::*;

use super::*;

fn votes(won: &[(usize, usize, usize)]) -> Vec<Comparison> {
    let vote = |&(left, right, count): &(usize, usize, usize)| {
        std::iter::repeat_n(Comparison { left, right, outcome: Outcome::Left }, count)
    };
    won.iter().flat_map(vote).collect()
}

fn near(found: impl Iterator<Item = f64>, expected: &[f64]) {
    let found: Vec<f64> = found.collect();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    }
}

/// Citations between four journals of statistics (Stigler 1994; `citations` in R's BradleyTerry2): Biometrika, Communications in
/// Statistics, JASA, JRSS-B.
fn citations() -> Fit {
    let won = [
        (0, 1, 730),
        (1, 0, 33),
        (0, 2, 498),
        (2, 0, 320),
        (0, 3, 221),
        (3, 0, 284),
        (1, 2, 68),
        (2, 1, 813),
        (1, 3, 17),
        (3, 1, 276),
        (2, 3, 142),
        (3, 2, 325),
    ];
    fit_with(4, &votes(&won), 0.0)
}

/// choix 0.4.1, `mm_pairwise(alpha=0)`; `ilsr_pairwise` gives the same.
#[test]
fn strengths_are_those_of_choix() {
    let fit = citations();
    near(fit.players.iter().map(|p| p.strength), &[0.789_922_05, -2.159_150_44, 0.310_352_28, 1.058_876_11]);
    assert!(fit.converged);
    let baseball = [
        [0, 7, 9, 7, 7, 9, 11],
        [6, 0, 7, 5, 11, 9, 9],
        [4, 6, 0, 7, 7, 8, 12],
        [6, 8, 6, 0, 6, 7, 10],
        [6, 2, 6, 7, 0, 7, 12],
        [4, 4, 5, 6, 6, 0, 6],
        [2, 4, 1, 3, 1, 7, 0],
    ];
    let won: Vec<_> =
        (0..7).flat_map(|i| (0..7).map(move |j| (i, j))).map(|(i, j)| (i, j, baseball[i][j])).collect();
    let fit = fit_with(7, &votes(&won), 0.0);
    near(
        fit.players.iter().map(|p| p.strength),
        &[0.531_153_34, 0.386_205_90, 0.244_282_59, 0.197_415_31, 0.057_495_17, -0.366_349_77, -1.050_202_54],
    );
}

/// statsmodels 0.15.0, `GLM(Binomial)` of the same votes, with its covariance centred; the difference and its standard error,
/// 0.26895 and 0.07083, are in the documentation of BradleyTerry2 too.
#[test]
fn intervals_are_those_of_a_logistic_regression() {
    let fit = citations();
    near(fit.players.iter().map(|p| p.low), &[0.704_995_89, -2.301_404_13, 0.228_737_39, 0.954_905_92]);
    near(fit.players.iter().map(|p| p.high), &[0.874_848_21, -2.016_896_76, 0.391_967_17, 1.162_846_29]);
    assert_eq!((fit.leader(), fit.runner_up()), (Some(3), Some(0)));
    let found = fit.difference(3, 0).unwrap();
    near([found.difference, (found.high - found.low) / (2.0 * Z)].into_iter(), &[0.268_954_06, 0.070_829_97]);
    assert!(fit.separated() && fit.more_votes_needed().is_none());
}

#[test]
fn who_always_won_or_never_met_has_a_finite_strength() {
    let fit = fit(3, &votes(&[(0, 1, 5)]));
    let [winner, loser, stranger] = &fit.players[..] else { panic!("there are three") };
    assert!(winner.strength > loser.strength && winner.strength < 3.0, "{}", winner.strength);
    assert!((stranger.strength).abs() < 1.0 && stranger.high - stranger.low > winner.high - winner.low);
    assert_eq!((winner.wins, loser.losses, stranger.votes), (5.0, 5.0, 0));
    let plain = fit_with(3, &votes(&[(0, 1, 5)]), 0.0);
    assert!(plain.players.iter().all(|p| p.strength.abs() <= FARTHEST && p.low >= -FARTHEST));
    assert!(!plain.separated());
}

#[test]
fn a_tie_is_half_a_win_to_each() {
    let tie = |left, right| Comparison { left, right, outcome: Outcome::Tie };
    let tied = fit_with(2, &[vec![tie(0, 1), tie(1, 0)], votes(&[(0, 1, 2)])].concat(), 0.0);
    let split = fit_with(2, &votes(&[(0, 1, 3), (1, 0, 1)]), 0.0);
    near(tied.players.iter().map(|p| p.strength), &[3_f64.ln() / 2.0, -3_f64.ln() / 2.0]);
    assert!((tied.probability(0, 1) - 0.75).abs() < 1e-9);
    assert!((tied.players[0].high - split.players[0].high).abs() < 1e-9);
    assert_eq!((tied.players[0].wins, tied.players[0].ties, tied.players[0].votes), (3.0, 2, 4));
}

#[test]
fn the_votes_that_are_said_to_be_needed_separate_the_two() {
    let few = votes(&[(0, 1, 12), (1, 0, 8), (0, 2, 9), (2, 0, 1), (1, 2, 8), (2, 1, 2)]);
    let fit = fit_with(3, &few, 0.0);
    assert_eq!((fit.leader(), fit.runner_up(), fit.separated()), (Some(0), Some(1), false));
    let needed = fit.more_votes_needed().unwrap();
    let low = |more: f64| {
        let won = (more * fit.probability(0, 1)).round() as usize;
        let more = votes(&[(0, 1, won), (1, 0, more as usize - won)]);
        fit_with(3, &[few.clone(), more].concat(), 0.0).difference(0, 1).unwrap().low
    };
    let needed = f64::from(needed);
    assert!(
        low((needed * 0.8).floor()) < 0.0 && low(needed).abs() < 0.02 && low((needed * 1.2).ceil()) > 0.0
    );
}

#[test]
fn nothing_is_needed_where_nothing_is_known() {
    assert_eq!(
        (fit(0, &[]).leader(), fit(3, &[]).leader(), fit(3, &[]).more_votes_needed()),
        (None, None, None)
    );
    assert_eq!(fit(2, &votes(&[(0, 1, 1), (1, 0, 1)])).more_votes_needed(), None);
    assert_eq!(fit(1, &votes(&[(0, 0, 3), (0, 1, 2)])).ignored, 5);
    let close = fit(2, &votes(&[(0, 1, 5001), (1, 0, 5000)]));
    assert_eq!(close.more_votes_needed(), Some(MOST_VOTES));
    assert_eq!(fit(usize::MAX, &[]).players.len(), MOST_PLAYERS);
}

#[test]
fn a_fit_is_kept_in_files() {
    let fit = fit(2, &votes(&[(0, 1, 3), (1, 0, 1)]));
    let text = serde_json::to_string(&fit).unwrap();
    let read: Fit = serde_json::from_str(&text).unwrap();
    assert!((read.difference(0, 1).unwrap().low - fit.difference(0, 1).unwrap().low).abs() < 1e-9);
    assert_eq!(serde_json::to_string(&Outcome::Left).unwrap(), "\"left\"");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_voted_gives_finite_strengths_of_mean_zero(
        players in 0usize..6,
        votes in prop::collection::vec((0usize..7, 0usize..7, 0u8..3), 0..40),
    ) {
        let outcome = |n| [Outcome::Left, Outcome::Right, Outcome::Tie][usize::from(n)];
        let votes: Vec<Comparison> =
            votes.iter().map(|&(left, right, n)| Comparison { left, right, outcome: outcome(n) }).collect();
        let fit = fit(players, &votes);
        prop_assert!(fit.converged || players == 0);
        for player in &fit.players {
            prop_assert!(player.low <= player.strength && player.strength <= player.high);
            prop_assert!(player.high - player.low < 20.0);
        }
        let mean: f64 = fit.players.iter().map(|player| player.strength).sum();
        prop_assert!(mean.abs() < 1e-9);
        prop_assert!(!fit.separated() || fit.more_votes_needed().is_none());
    }
}
