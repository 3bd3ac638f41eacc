//! A small square matrix, and the inverse of an information matrix that has no information of the mean.

use serde::{Deserialize, Serialize};

/// A pivot below this part of the largest entry is none.
const SINGULAR: f64 = 1e-12;

/// A square matrix, row by row. Places that are not there are 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Matrix {
    size: usize,
    entries: Vec<f64>,
}

impl Matrix {
    pub(super) fn zero(size: usize) -> Self {
        Self { size, entries: vec![0.0; size * size] }
    }

    pub(super) fn at(&self, row: usize, column: usize) -> f64 {
        self.row(row).get(column).copied().unwrap_or_default()
    }

    pub(super) fn row(&self, row: usize) -> &[f64] {
        let start = row.saturating_mul(self.size);
        self.entries.get(start..start.saturating_add(self.size)).unwrap_or_default()
    }

    pub(super) fn add(&mut self, row: usize, column: usize, value: f64) {
        if let Some(entry) = self.entries.get_mut(row * self.size + column) {
            *entry += value;
        }
    }

    /// The pseudo-inverse of a symmetric matrix whose rows have the sum 0: (A + J/n)⁻¹ − J/n, with J all ones. None where
    /// more than the mean is undetermined.
    pub(super) fn pseudo_inverse(&self) -> Option<Self> {
        let n = self.size;
        let largest = self.entries.iter().fold(0.0, |most: f64, entry| most.max(entry.abs()));
        if n == 0 || n > 1 && largest <= 0.0 {
            return None;
        }
        // The ones are brought to the size of the entries, so that neither drowns in the rounding of the other.
        let scale = if largest > 0.0 { largest } else { 1.0 };
        let part = scale / n as f64;
        let mut left: Vec<Vec<f64>> =
            (0..n).map(|i| self.row(i).iter().map(|entry| entry + part).collect()).collect();
        let mut right: Vec<Vec<f64>> =
            (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
        for pivot in 0..n {
            let best = (pivot..n).max_by(|a, b| left[*a][pivot].abs().total_cmp(&left[*b][pivot].abs()))?;
            left.swap(pivot, best);
            right.swap(pivot, best);
            let divisor = left[pivot][pivot];
            if divisor.is_nan() || divisor.abs() <= SINGULAR * scale {
                return None;
            }
            for entry in left[pivot].iter_mut().chain(&mut right[pivot]) {
                *entry /= divisor;
            }
            let (own_left, own_right) = (left[pivot].clone(), right[pivot].clone());
            for i in (0..n).filter(|i| *i != pivot) {
                let factor = left[i][pivot];
                let take = |row: &mut [f64], own: &[f64]| {
                    row.iter_mut().zip(own).for_each(|(entry, own)| *entry -= factor * own);
                };
                take(&mut left[i], &own_left);
                take(&mut right[i], &own_right);
            }
        }
        let back = 1.0 / (scale * n as f64);
        Some(Self { size: n, entries: right.into_iter().flatten().map(|entry| entry - back).collect() })
    }
}
