//! Where a model computes: by what is set for it, by what this build knows and the machine has, and by what fits.

use foolscap_engine::arch::Config;
use foolscap_engine::gguf::Header;
use foolscap_engine::graphics::Graphics;
use foolscap_engine::placement::layers_that_fit;
use foolscap_engine::{LoadOptions, Placement};
use foolscap_models::settings::{Device, ModelSettings};
use foolscap_models::words;

/// How a model is to be loaded.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub options: LoadOptions,
    /// Where it computes, and why; none on the processor where nobody would expect otherwise.
    pub told: Option<String>,
}

/// Chooses. Whatever stands against a graphics card is told, and the processor computes. `find` looks for the card.
pub(crate) fn place(
    settings: &ModelSettings,
    header: &Header,
    config: &Config,
    context: usize,
    find: impl FnOnce() -> Result<Graphics, String>,
) -> Placed {
    let (placement, told) = match settings.device {
        Some(Device::Cpu) => (Placement::processor(), Some("the processor, as it is set".to_owned())),
        wanted => match on_card(settings, header, config, context, find) {
            Ok((placement, told)) => (placement, Some(told)),
            // Nobody asked for a card where the build knows none.
            Err(_) if wanted.is_none() && !foolscap_engine::graphics::BUILT => (Placement::processor(), None),
            Err(why) => (Placement::processor(), Some(format!("the processor: {why}"))),
        },
    };
    Placed { options: LoadOptions { placement, keys: settings.keys() }, told }
}

/// The graphics card that this build can compute on, or why there is none.
pub fn graphics() -> String {
    match Graphics::find() {
        Ok(Graphics { name, free: Some(free), .. }) => format!("{name}, {} free", words::bytes(free)),
        Ok(card) => card.name,
        Err(why) => format!("none: {why}"),
    }
}

fn on_card(
    settings: &ModelSettings,
    header: &Header,
    config: &Config,
    context: usize,
    find: impl FnOnce() -> Result<Graphics, String>,
) -> Result<(Placement, String), String> {
    let card = find().map_err(|why| format!("there is no graphics card to compute on: {why}"))?;
    let most = settings.gpu_layers.map(|n| n as usize);
    let there = layers_that_fit(header, config, context, card.free, most)
        .map_err(|tensor| format!("{} cannot compute with the type of the tensor {tensor}", card.name))?;
    let layers = config.layers.len();
    if there == 0 {
        let free = card.free.map_or_else(|| "its memory".to_owned(), words::bytes);
        return Err(match most {
            Some(0) => "no layers are set for the graphics card".to_owned(),
            _ => format!("no layer fits into what is free of {} ({free})", card.name),
        });
    }
    let here = layers - there;
    let told = match here {
        0 => card.name,
        _ => format!("{} ({there} of {layers} layers, the processor the first {here})", card.name),
    };
    Ok((Placement::after(here, card.backend), told))
}

#[cfg(test)]
mod tests {
    use foolscap_engine::{Backend, Cancel, Device as CandleDevice, KvType, Model};
    use foolscap_models::Choice;

    use super::*;

    fn placed(settings: &[(&str, &str)], card: Result<Option<u64>, &str>) -> (Placed, usize) {
        let mut set = ModelSettings::default();
        settings.iter().for_each(|(name, value)| set.set(name, value).unwrap());
        let gguf = Choice::Starter.open().unwrap();
        let config = Config::from_header(gguf.header()).unwrap();
        let find = || {
            let free = card.map_err(str::to_owned)?;
            let backend = Backend::Candle(CandleDevice::Cpu);
            Ok(Graphics { name: "A card".into(), free, backend })
        };
        let placed = place(&set, gguf.header(), &config, 512, find);
        (placed, config.layers.len())
    }

    #[test]
    fn layers_go_to_the_card_as_far_as_they_fit() {
        let (all, layers) = placed(&[], Ok(None));
        assert_eq!(
            (all.options.placement.layers_there(layers), all.told.as_deref()),
            (layers, Some("A card"))
        );
        let (none, _) = placed(&[("device", "gpu")], Ok(Some(1 << 20)));
        assert_eq!(none.options.placement.layers_there(layers), 0);
        let told = none.told.unwrap();
        assert!(told.contains("no layer fits into what is free of A card"), "{told}");
        let (some, _) = placed(&[("gpu_layers", "2")], Ok(None));
        assert_eq!(some.options.placement.layers_there(layers), 2);
        let told = some.told.unwrap();
        assert!(told.contains(&format!("2 of {layers} layers")), "{told}");
    }

    #[test]
    fn without_a_card_the_processor_computes_and_says_why() {
        let (placed, layers) = placed(&[("device", "gpu")], Err("the driver is too old"));
        assert_eq!(placed.options.placement.layers_there(layers), 0);
        let told = placed.told.unwrap();
        assert!(told.contains("the driver is too old"), "{told}");
    }

    #[test]
    fn what_is_set_to_the_processor_does_not_even_look_for_a_card() {
        let mut set = ModelSettings::default();
        set.set("device", "cpu").unwrap();
        set.set("kv_type", "q8_0").unwrap();
        let gguf = Choice::Starter.open().unwrap();
        let config = Config::from_header(gguf.header()).unwrap();
        let placed = place(&set, gguf.header(), &config, 512, || unreachable!("it was looked for"));
        assert_eq!(placed.options.keys, KvType::Q8_0);
        let model = Model::load(gguf, &placed.options, &Cancel::new(), |_| ()).unwrap();
        assert_eq!(model.decoder().keys(), KvType::Q8_0);
    }
}
