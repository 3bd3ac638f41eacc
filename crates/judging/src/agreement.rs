//! Whether a model judges as a user does. Raw agreement flatters a judge that always says the same; Cohen's kappa takes off
//! what chance alone would give. A judge is trusted only when it has shown on enough of the user's own pairs that it agrees.

use serde::{Deserialize, Serialize};

use crate::Outcome;

/// Shared pairs from which on an agreement says anything: with fewer, the standard error of kappa is above about 0.2.
pub const LEAST_SHARED: usize = 20;
/// Kappa from which on a judge is trusted: the lower end of "moderate" in Landis and Koch (1977) is 0.41, and 0.4 the usual
/// bound of "fair to good" after Fleiss (1981).
pub const LEAST_KAPPA: f64 = 0.4;

/// How far two judges of the same pairs agree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The share of pairs with the same verdict, 0 to 1; 0 when there are none.
    pub same: f64,
    /// Cohen's kappa, −1 to 1; none when there are no pairs, or both gave one and the same verdict throughout.
    pub kappa: Option<f64>,
    /// Pairs that both have judged.
    pub count: usize,
    /// Whether the one may stand in for the other: at least [`LEAST_SHARED`] pairs and a kappa of [`LEAST_KAPPA`].
    pub trusted: bool,
    /// Why it is trusted or not, in a sentence.
    pub reason: String,
}

/// The agreement of two judges: for each pair the verdict of the one and of the other.
///
/// Kappa is (p − e) / (1 − e), with p the share of same verdicts and e the share that chance gives from how often each judge
/// says what (Cohen, "A coefficient of agreement for nominal scales", 1960); it agrees with scikit-learn's
/// `cohen_kappa_score`. Linear in the number of pairs.
pub fn agreement(verdicts: &[(Outcome, Outcome)]) -> Agreement {
    let count = verdicts.len();
    let share = |part: usize| if count == 0 { 0.0 } else { part as f64 / count as f64 };
    let same = share(verdicts.iter().filter(|(a, b)| a == b).count());
    let chance: f64 = [Outcome::Left, Outcome::Right, Outcome::Tie]
        .iter()
        .map(|outcome| {
            let first = verdicts.iter().filter(|(a, _)| a == outcome).count();
            let second = verdicts.iter().filter(|(_, b)| b == outcome).count();
            share(first) * share(second)
        })
        .sum();
    let kappa = (count > 0 && chance < 1.0).then(|| (same - chance) / (1.0 - chance));
    let (trusted, reason) = verdict(count, kappa);
    Agreement { same, kappa, count, trusted, reason }
}

fn verdict(count: usize, kappa: Option<f64>) -> (bool, String) {
    match kappa {
        _ if count < LEAST_SHARED => {
            (false, format!("only {count} pairs were judged by both; {LEAST_SHARED} are needed"))
        }
        None => (false, "both always gave the same one verdict, which says nothing of agreement".to_owned()),
        Some(kappa) if kappa < LEAST_KAPPA => {
            (false, format!("kappa is {kappa:.2} over {count} pairs; at least {LEAST_KAPPA} is needed"))
        }
        Some(kappa) => (true, format!("kappa is {kappa:.2} over {count} pairs")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(a: &str, b: &str) -> Vec<(Outcome, Outcome)> {
        let outcome = |c| match c {
            'L' => Outcome::Left,
            'R' => Outcome::Right,
            _ => Outcome::Tie,
        };
        a.chars().map(outcome).zip(b.chars().map(outcome)).collect()
    }

    /// scikit-learn 1.9.1, `cohen_kappa_score`; the second is the example of Wikipedia's "Cohen's kappa".
    #[test]
    fn kappa_is_that_of_scikit_learn() {
        let found = agreement(&verdicts("LLLLRRRRTTLRTLRRLLRT", "LLLRRRRTTTLRLLRRLTRL"));
        assert!((found.kappa.unwrap() - 0.609_375).abs() < 1e-12);
        assert!((found.same - 0.75).abs() < 1e-12);
        assert!(found.trusted && found.count == 20, "{}", found.reason);
        let (yes, no) = ("L", "R");
        let first = yes.repeat(25) + &no.repeat(25);
        let second = yes.repeat(20) + &no.repeat(5) + &yes.repeat(10) + &no.repeat(15);
        assert!((agreement(&verdicts(&first, &second)).kappa.unwrap() - 0.4).abs() < 1e-12);
    }

    #[test]
    fn a_judge_is_not_trusted_on_few_pairs_or_for_a_single_verdict() {
        let few = agreement(&verdicts("LRLR", "LRLR"));
        assert_eq!((few.kappa, few.trusted), (Some(1.0), false));
        let single = agreement(&verdicts(&"L".repeat(30), &"L".repeat(30)));
        assert_eq!((single.same, single.kappa, single.trusted), (1.0, None, false));
        let none = agreement(&[]);
        assert_eq!((none.same, none.kappa, none.trusted, none.count), (0.0, None, false, 0));
        let against = agreement(&verdicts(&"LR".repeat(20), &"RL".repeat(20)));
        assert!(!against.trusted && against.kappa.unwrap() < 0.0);
    }
}
