//! How positions turn: what `config.json` says of it, in the words of a GGUF. Older files have `rope_theta` and
//! `rope_scaling`, newer ones `rope_parameters`, which may differ between layers with and without a window.

use std::f64::consts::TAU;

use serde_json::{Map, Value};

use super::ConvertError;
use super::architecture::{Architecture, Keys, Sizes};
use super::config::Config;

/// Divisors of the frequencies, one a pair of elements that are turned together: a tensor that a GGUF has and these
/// folders do not.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Factors {
    pub name: &'static str,
    pub values: Vec<f32>,
}

/// What `config.json` says, wherever it does.
struct Said<'c> {
    config: &'c Config,
    /// `rope_parameters` or `rope_scaling`, or what they say of layers that see all.
    values: Map<String, Value>,
}

/// Writes the keys, and gives the tensors.
pub(super) fn write(
    config: &Config,
    sizes: &Sizes,
    architecture: &Architecture,
    keys: &mut Keys<'_>,
) -> Result<Vec<Factors>, ConvertError> {
    let all = config.object("rope_parameters").or(config.object("rope_scaling"));
    let of = |layers: &str| all.and_then(|all| all.get(layers)).and_then(Value::as_object);
    let values = of("full_attention").or(all).cloned().unwrap_or_default();
    let said = Said { config, values };
    let base = match said.number("rope_theta")? {
        Some(base) => base,
        None => config.number("rope_theta")?.unwrap_or(architecture.rope_base),
    };
    keys.number("rope.freq_base", base);
    let narrow = of("sliding_attention").and_then(|said| said.get("rope_theta"));
    let narrow = match narrow {
        Some(value) => Some(config.as_number("rope_parameters.sliding_attention.rope_theta", value)?),
        None => config.number("rope_local_base_freq")?,
    };
    if let Some(base) = narrow {
        keys.number("rope.freq_base_swa", base);
    }
    let part = match said.number("partial_rotary_factor")? {
        Some(part) => part,
        None => config.number("partial_rotary_factor")?.unwrap_or(1.0),
    };
    if architecture.name == "phi3" {
        let turned = (f64::from(sizes.head_dim) * part) as u32;
        keys.integer("rope.dimension_count", turned);
        return longrope(&said, turned, keys);
    }
    if part != 1.0 {
        return Err(config.unsupported(format!("turns only {part} of each head")));
    }
    scaling(&said, base, sizes, keys)
}

/// Ways to stretch positions.
fn scaling(
    said: &Said<'_>,
    base: f64,
    sizes: &Sizes,
    keys: &mut Keys<'_>,
) -> Result<Vec<Factors>, ConvertError> {
    match said.kind() {
        // Dynamic scaling begins where the context ends.
        "default" | "dynamic" => {}
        "linear" => {
            keys.text("rope.scaling.type", "linear");
            keys.number("rope.scaling.factor", said.factor()?);
        }
        "yarn" => yarn(said, keys)?,
        "llama3" => return llama3(said, base, sizes),
        other => {
            return Err(said.config.unsupported(format!("stretches positions by the method {other:?}")));
        }
    }
    Ok(Vec::new())
}

/// YaRN (arXiv 2309.00071). A GGUF's `attn_factor` comes on top of the paper's 0.1 ln s + 1; `config.json` says the whole.
fn yarn(said: &Said<'_>, keys: &mut Keys<'_>) -> Result<(), ConvertError> {
    let factor = said.factor()?;
    keys.text("rope.scaling.type", "yarn");
    keys.number("rope.scaling.factor", factor);
    keys.integer("rope.scaling.original_context_length", said.original_context()?);
    let of = |m: f64| if factor <= 1.0 { 1.0 } else { 0.1 * m * factor.ln() + 1.0 };
    let whole =
        match (said.number("attention_factor")?, said.number("mscale")?, said.number("mscale_all_dim")?) {
            (Some(whole), ..) => whole,
            (None, Some(m), Some(all)) if m != 0.0 && all != 0.0 => of(m) / of(all),
            _ => of(1.0),
        };
    if (whole / of(1.0) - 1.0).abs() > 1e-6 {
        keys.number("rope.scaling.attn_factor", whole / of(1.0));
    }
    for (from, to) in
        [("beta_fast", "rope.scaling.yarn_beta_fast"), ("beta_slow", "rope.scaling.yarn_beta_slow")]
    {
        if let Some(value) = said.number(from)? {
            keys.number(to, value);
        }
    }
    Ok(())
}

/// Llama 3.1: long waves are stretched, short ones are not, those between are mixed.
fn llama3(said: &Said<'_>, base: f64, sizes: &Sizes) -> Result<Vec<Factors>, ConvertError> {
    let factor = said.number("factor")?.unwrap_or(8.0);
    let low = said.number("low_freq_factor")?.unwrap_or(1.0);
    let high = said.number("high_freq_factor")?.unwrap_or(4.0);
    let context = said.number("original_max_position_embeddings")?.unwrap_or(8192.0);
    if !(factor >= 1.0 && high > low && low > 0.0 && context > 0.0) {
        return Err(said.wrong("factor, low_freq_factor and high_freq_factor", "contradict each other"));
    }
    let dims = f64::from(sizes.head_dim);
    let divisor = |pair: u32| {
        let wave = TAU * base.powf(f64::from(2 * pair) / dims);
        let turns = context / wave;
        if turns > high {
            1.0
        } else if turns < low {
            factor
        } else {
            let kept = (turns - low) / (high - low);
            1.0 / ((1.0 - kept) / factor + kept)
        }
    };
    let values = (0..sizes.head_dim / 2).map(|pair| divisor(pair) as f32).collect();
    Ok(vec![Factors { name: "rope_freqs.weight", values }])
}

/// LongRoPE (arXiv 2402.13753): a divisor for each pair, some for short texts and some for long ones.
fn longrope(said: &Said<'_>, turned: u32, keys: &mut Keys<'_>) -> Result<Vec<Factors>, ConvertError> {
    let context = said.config.size("max_position_embeddings")?;
    let original = said.original_context()?;
    keys.integer("rope.scaling.original_context_length", original);
    match said.kind() {
        "default" => return Ok(Vec::new()),
        "su" | "longrope" => {}
        other => {
            return Err(said.config.unsupported(format!("stretches positions by the method {other:?}")));
        }
    }
    keys.text("rope.scaling.type", "longrope");
    let scale = said.number("factor")?.unwrap_or(f64::from(context) / f64::from(original));
    let factor = match said.number("attention_factor")? {
        Some(factor) => factor,
        None if scale > 1.0 => (1.0 + scale.ln() / f64::from(original).ln()).sqrt(),
        None => 1.0,
    };
    keys.number("rope.scaling.attn_factor", factor);
    let long = said.factors("long_factor", "rope_factors_long.weight", turned / 2)?;
    Ok(vec![long, said.factors("short_factor", "rope_factors_short.weight", turned / 2)?])
}

impl Said<'_> {
    fn kind(&self) -> &str {
        let kind = self.values.get("rope_type").or_else(|| self.values.get("type"));
        kind.and_then(Value::as_str).unwrap_or("default")
    }

    fn number(&self, key: &str) -> Result<Option<f64>, ConvertError> {
        let value = self.values.get(key).filter(|value| !value.is_null());
        value.map(|value| self.config.as_number(key, value)).transpose()
    }

    fn factor(&self) -> Result<f64, ConvertError> {
        match self.number("factor")? {
            Some(factor) if factor >= 1.0 => Ok(factor),
            _ => Err(self.wrong("factor", "is missing or less than 1")),
        }
    }

    /// The context before it was stretched.
    fn original_context(&self) -> Result<u32, ConvertError> {
        let key = "original_max_position_embeddings";
        match self.number(key)? {
            Some(n) if (1.0..f64::from(1 << 28)).contains(&n) => Ok(n as u32),
            Some(n) => Err(self.wrong(key, format!("is {n}, which cannot be"))),
            None => self.config.size_or(key, self.config.size("max_position_embeddings")?),
        }
    }

    fn factors(&self, key: &str, name: &'static str, pairs: u32) -> Result<Factors, ConvertError> {
        let list = self.values.get(key).and_then(Value::as_array);
        let list = list.filter(|list| list.len() == pairs as usize).ok_or_else(|| {
            self.wrong(key, format!("is no list of {pairs} numbers, one for each pair that is turned"))
        })?;
        let number = |value| self.config.as_number(key, value).map(|n| n as f32);
        Ok(Factors { name, values: list.iter().map(number).collect::<Result<_, _>>()? })
    }

    fn wrong(&self, key: &str, why: impl Into<String>) -> ConvertError {
        self.config.wrong(&format!("rope_scaling.{key}"), why)
    }
}
