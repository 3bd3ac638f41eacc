//! How a model's maker recommends to draw from it: what its file says (`general.sampling.*`, as llama.cpp reads it), else
//! what the catalogue does. A user's own settings go before it, a prompt's sampling comes after.

use foolscap_engine::gguf::Metadata;
use foolscap_engine::sampler;
use foolscap_models::catalog::Recommended;

/// The temperature of plain writing on, which makers' are meant for.
const PLAIN: f32 = 0.8;

/// What a file says of itself; numbers that cannot be are passed over.
pub(crate) fn of_file(metadata: &Metadata) -> Recommended {
    let part = |key: &str, most: f64| {
        let number = metadata.number(&format!("general.sampling.{key}"))?;
        (0.0..=most).contains(&number).then_some(number as f32)
    };
    Recommended {
        temperature: part("temp", 5.0),
        top_p: part("top_p", 1.0),
        top_k: metadata.integer("general.sampling.top_k").and_then(|n| u32::try_from(n).ok()),
        min_p: part("min_p", 1.0),
    }
}

/// The first where it says something, else the second.
pub(crate) fn either(first: Recommended, second: Recommended) -> Recommended {
    Recommended {
        temperature: first.temperature.or(second.temperature),
        top_p: first.top_p.or(second.top_p),
        top_k: first.top_k.or(second.top_k),
        min_p: first.min_p.or(second.min_p),
    }
}

/// A prompt's sampling with what the maker recommends, and what is set for the model in place of both. A prompt that is freer
/// or stricter than plain writing stays so: its temperature is taken in proportion.
pub(crate) fn sampling(
    of_prompt: &sampler::Settings,
    recommended: Recommended,
    set: Recommended,
) -> sampler::Settings {
    let mut settings = of_prompt.clone();
    let temperature = recommended.temperature.map(|t| t * of_prompt.temperature / PLAIN);
    settings.temperature = set.temperature.or(temperature).unwrap_or(settings.temperature);
    let all = either(set, recommended);
    settings.top_p = all.top_p.unwrap_or(settings.top_p);
    settings.top_k = all.top_k.map_or(settings.top_k, |k| k as usize);
    settings.min_p = all.min_p.unwrap_or(settings.min_p);
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_goes_before_what_the_maker_says_and_that_before_the_prompt() {
        let prompt = sampler::Settings { temperature: 1.0, top_k: 1, min_p: 0.3, ..Default::default() };
        let maker =
            Recommended { temperature: Some(0.4), top_p: Some(0.9), top_k: Some(20), ..Default::default() };
        let set = Recommended { top_k: Some(7), ..Default::default() };
        let found = sampling(&prompt, maker, set);
        assert_eq!((found.temperature, found.top_p, found.top_k, found.min_p), (0.5, 0.9, 7, 0.3));
        let set = Recommended { temperature: Some(0.0), ..Default::default() };
        assert_eq!(sampling(&prompt, maker, set).temperature, 0.0);
        assert_eq!(sampling(&prompt, Recommended::default(), Recommended::default()), prompt);
    }
}
