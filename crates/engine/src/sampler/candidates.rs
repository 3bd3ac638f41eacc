//! What may come next, as the stages see it.

/// A token that may come next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Its number.
    pub token: u32,
    /// How likely the model finds it, before normalisation.
    pub logit: f32,
}

/// All that may come next; never empty.
#[derive(Debug, Clone)]
pub struct Candidates {
    list: Vec<Candidate>,
    order: Order,
}

/// How the list lies, so that nothing is sorted or searched without need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// By token, lowest first: as it was made.
    Token,
    /// Likeliest first.
    Likeliest,
    Unknown,
}

impl Candidates {
    /// Every token of the logits `[vocab]` but the barred. A logit that is not a number cannot be drawn.
    pub fn new(logits: &[f32], barred: &[u32]) -> Self {
        let one = |(token, &logit): (usize, &f32)| Candidate { token: token as u32, logit };
        let numbers = || logits.iter().enumerate().map(one).filter(|c| !c.logit.is_nan());
        let mut list: Vec<_> = numbers().filter(|c| !barred.contains(&c.token)).collect();
        // With everything barred there is still an answer owed: the bar is dropped.
        if list.is_empty() {
            list = numbers().collect();
        }
        if list.is_empty() {
            list = (0..logits.len() as u32).map(|token| Candidate { token, logit: 0.0 }).collect();
        }
        Self { list, order: Order::Token }
    }

    /// The candidates, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Candidate> {
        self.list.iter()
    }

    /// Gives every logit another value.
    pub fn scale(&mut self, value: impl Fn(f32) -> f32) {
        self.list.iter_mut().for_each(|c| c.logit = value(c.logit));
        if self.order == Order::Likeliest {
            self.order = Order::Unknown;
        }
    }

    /// Gives the logit of one token another value, if it is still a candidate.
    pub fn change(&mut self, token: u32, value: impl Fn(f32) -> f32) {
        let at = match self.order {
            Order::Token => self.list.binary_search_by_key(&token, |c| c.token).ok(),
            _ => self.list.iter().position(|c| c.token == token),
        };
        if let Some(at) = at {
            self.list[at].logit = value(self.list[at].logit);
            if self.order == Order::Likeliest {
                self.order = Order::Unknown;
            }
        }
    }

    /// The likeliest; of equal ones that with the lowest number.
    pub fn likeliest(&self) -> u32 {
        let best = self.list.iter().copied().reduce(|a, b| if order(&b, &a).is_lt() { b } else { a });
        best.map_or(0, |c| c.token)
    }

    /// Probabilities (softmax), in the order of [`Candidates::iter`].
    pub fn probabilities(&self) -> Vec<f32> {
        let most = self.list.iter().map(|c| c.logit).fold(f32::NEG_INFINITY, f32::max);
        // All logits minus infinity: nothing is likelier than anything else.
        let weight = |c: &Candidate| if most.is_finite() { (c.logit - most).exp() } else { 1.0 };
        let weights: Vec<f32> = self.list.iter().map(weight).collect();
        let sum: f32 = weights.iter().sum();
        weights.into_iter().map(|w| w / sum).collect()
    }

    /// The likeliest first; of equal ones that with the lowest number.
    pub fn sort(&mut self) {
        if self.order != Order::Likeliest {
            self.list.sort_unstable_by(order);
            self.order = Order::Likeliest;
        }
    }

    /// Keeps the `n` likeliest, at least one.
    pub fn keep(&mut self, n: usize) {
        let n = n.max(1);
        if n >= self.list.len() {
            return;
        }
        if self.order != Order::Likeliest {
            self.list.select_nth_unstable_by(n - 1, order);
            self.order = Order::Unknown;
        }
        self.list.truncate(n);
    }

    /// Keeps those that fit, but always the likeliest.
    pub fn retain(&mut self, fits: impl Fn(&Candidate) -> bool) {
        let best = self.likeliest();
        self.list.retain(|c| c.token == best || fits(c));
    }

    /// Keeps these in place of all; at least one.
    pub fn replace(&mut self, list: Vec<Candidate>) {
        if !list.is_empty() {
            self.list = list;
            self.order = Order::Unknown;
        }
    }

    /// The token at the place `point` (0 to 1) of the cumulated probabilities, likeliest first.
    pub fn draw(&mut self, point: f32) -> u32 {
        self.sort();
        let mut left = point;
        for (candidate, p) in self.list.iter().zip(self.probabilities()) {
            left -= p;
            if left < 0.0 {
                return candidate.token;
            }
        }
        self.likeliest()
    }
}

fn order(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    b.logit.total_cmp(&a.logit).then(a.token.cmp(&b.token))
}
