//! What a report says of many figures at once: middle, spread, shares with how far they can be trusted, and a histogram.
//! Figures that are no numbers or infinite are left out everywhere.

use serde::{Deserialize, Serialize};

/// Bins of a histogram at most: more cannot be drawn.
pub const MOST_BINS: usize = 60;

/// The 97.5 % quantile of the normal distribution: 95 % lie within so many standard errors.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// A few figures that stand for many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// How many figures there are.
    pub count: usize,
    /// Their mean.
    pub mean: f64,
    /// The smallest.
    pub least: f64,
    /// A quarter of them is below.
    pub lower_quartile: f64,
    /// Half of them is below.
    pub median: f64,
    /// Three quarters of them are below.
    pub upper_quartile: f64,
    /// The largest.
    pub most: f64,
}

/// A share with its 95 % interval, all 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The share.
    pub share: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// A stretch of a histogram, from `from` up to and, for the last one only, with `to`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Figures within.
    pub count: usize,
}

/// Sums up some figures; none when there are none. n log n.
pub fn summary(figures: &[f64]) -> Option<Summary> {
    let sorted = sorted(figures);
    let (least, most) = (*sorted.first()?, *sorted.last()?);
    Some(Summary {
        count: sorted.len(),
        mean: of_sum(&sorted),
        least,
        lower_quartile: at(&sorted, 0.25),
        median: at(&sorted, 0.5),
        upper_quartile: at(&sorted, 0.75),
        most,
    })
}

/// The mean; none when there are no figures.
pub fn mean(figures: &[f64]) -> Option<f64> {
    let sorted = sorted(figures);
    (!sorted.is_empty()).then(|| of_sum(&sorted))
}

/// The figure in the middle, or the mean of the two there; none when there are no figures. n log n.
pub fn median(figures: &[f64]) -> Option<f64> {
    quantile(figures, 0.5)
}

/// The figure below which a part (0 to 1) of all lies, between two figures in proportion (type 7 of Hyndman and Fan 1996, as
/// in NumPy and R); none when there are none. n log n.
pub fn quantile(figures: &[f64], part: f64) -> Option<f64> {
    let sorted = sorted(figures);
    (!sorted.is_empty() && !part.is_nan()).then(|| at(&sorted, part.clamp(0.0, 1.0)))
}

/// What share `passed` is of `count`, with the 95 % score interval of Wilson (1927), which is sound for few trials and for
/// shares near 0 and 1; it agrees with statsmodels' `proportion_confint(method="wilson")`. None when `count` is 0; more
/// than all count as all.
pub fn share(passed: usize, count: usize) -> Option<Share> {
    if count == 0 {
        return None;
    }
    let n = count as f64;
    let share = passed.min(count) as f64 / n;
    let (z2, scale) = (Z * Z, 1.0 + Z * Z / n);
    let middle = (share + z2 / (2.0 * n)) / scale;
    let half = Z / scale * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    Some(Share { share, low: (middle - half).max(0.0), high: (middle + half).min(1.0) })
}

/// A histogram with bins as wide as Freedman and Diaconis (1981) have them, 2·IQR/∛n, and at most [`MOST_BINS`]; as NumPy's
/// `bins="fd"`. Where half of the figures are the same, so that the rule has no width, it has √n bins. n log n.
pub fn histogram(figures: &[f64]) -> Vec<Bin> {
    let sorted = sorted(figures);
    let (Some(&least), Some(&most)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let span = most - least;
    if span <= 0.0 || !span.is_finite() {
        return vec![Bin { from: least, to: most, count: sorted.len() }];
    }
    let n = sorted.len() as f64;
    let wide = 2.0 * (at(&sorted, 0.75) - at(&sorted, 0.25)) / n.cbrt();
    let wanted = if wide > 0.0 { (span / wide).ceil() } else { n.sqrt().ceil() };
    let bins = (wanted as usize).clamp(1, MOST_BINS);
    let edge = |i: usize| if i == bins { most } else { least + span * i as f64 / bins as f64 };
    let mut below = 0;
    (0..bins)
        .map(|i| {
            let end = match i + 1 == bins {
                true => sorted.len(),
                false => sorted.partition_point(|figure| *figure < edge(i + 1)),
            };
            let count = end.saturating_sub(below);
            below = end;
            Bin { from: edge(i), to: edge(i + 1), count }
        })
        .collect()
}

fn sorted(figures: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = figures.iter().copied().filter(|figure| figure.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The mean, as a sum of parts so that figures near the largest number do not overflow.
fn of_sum(figures: &[f64]) -> f64 {
    let n = figures.len() as f64;
    let sum: f64 = figures.iter().sum();
    if sum.is_finite() { sum / n } else { figures.iter().map(|figure| figure / n).sum() }
}

/// The quantile of figures that are sorted and not empty.
fn at(sorted: &[f64], part: f64) -> f64 {
    let place = part * sorted.len().saturating_sub(1) as f64;
    let get = |i: usize| sorted.get(i).or(sorted.last()).copied().unwrap_or_default();
    let (below, above) = (get(place.floor() as usize), get(place.ceil() as usize));
    let rest = place.fract();
    below * (1.0 - rest) + above * rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    /// NumPy 2.4.6, `percentile` and `mean`.
    #[test]
    fn quartiles_are_those_of_numpy() {
        let found =
            summary(&[4.0, 1.0, 2.0, 12.5, 2.0, 3.0, f64::NAN, 3.0, 3.0, 9.0, 4.0, 5.0, 7.0]).unwrap();
        near(found.lower_quartile, 2.75);
        near(found.median, 3.5);
        near(found.upper_quartile, 5.5);
        near(found.mean, 4.625);
        assert_eq!((found.count, found.least, found.most), (12, 1.0, 12.5));
        near(median(&[3.0, 1.0, 4.0, 1.0, 5.0]).unwrap(), 3.0);
        near(mean(&[f64::MAX, f64::MAX]).unwrap() / f64::MAX, 1.0);
        assert_eq!((median(&[]), mean(&[f64::NAN]), summary(&[])), (None, None, None));
    }

    /// statsmodels 0.15.0, `proportion_confint(method="wilson")`.
    #[test]
    fn shares_have_the_interval_of_wilson() {
        for (passed, count, low, high) in [
            (0, 10, 0.0, 0.277_532_799_862_889),
            (10, 10, 0.722_467_200_137_111, 1.0),
            (7, 10, 0.396_778_147_461_145, 0.892_208_732_593_7),
            (50, 100, 0.403_831_530_365_996, 0.596_168_469_634),
            (1, 3, 0.061_491_944_720_396, 0.792_340_399_197_952),
        ] {
            let found = share(passed, count).unwrap();
            near(found.low, low);
            near(found.high, high);
        }
        assert_eq!(share(0, 0), None);
    }

    /// NumPy 2.4.6, `histogram(bins="fd")`.
    #[test]
    fn bins_are_those_of_freedman_and_diaconis() {
        let bins = histogram(&[1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 4.0, 5.0, 7.0, 9.0, 12.5]);
        assert_eq!(bins.iter().map(|bin| bin.count).collect::<Vec<_>>(), [6, 3, 1, 1, 1]);
        for (bin, from) in bins.iter().zip([1.0, 3.3, 5.6, 7.9, 10.2]) {
            near(bin.from, from);
        }
        near(bins[4].to, 12.5);
        assert_eq!(histogram(&[2.0, 2.0]), [Bin { from: 2.0, to: 2.0, count: 2 }]);
        assert_eq!(histogram(&[]), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_histogram_counts_every_figure_once(figures in prop::collection::vec(any::<f64>(), 0..50)) {
            let bins = histogram(&figures);
            prop_assert!(bins.len() <= MOST_BINS);
            let counted: usize = bins.iter().map(|bin| bin.count).sum();
            prop_assert_eq!(counted, figures.iter().filter(|figure| figure.is_finite()).count());
        }
    }
}
