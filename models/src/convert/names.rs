//! What tensors are called here and in a GGUF, and what is done to their numbers on the way. A tensor that no row names is
//! refused: without it the model would be another one.

use super::architecture::{Architecture, Sizes};

/// What becomes of a tensor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// The block; none for what comes before and after all.
    pub block: Option<u32>,
    /// Its place in the table, and weights before biases: so they lie in the file.
    order: (usize, bool),
    /// As a GGUF calls it.
    pub gguf: String,
}

/// What is done to the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    None,
    /// Rows of each of so many heads are told apart: those of the first half and of the second are neighbours in a GGUF,
    /// for the engine turns neighbours together.
    Interleave {
        heads: usize,
    },
    /// 1 is added.
    FromOne,
}

const WHOLE: &[(&str, &str)] =
    &[("model.embed_tokens", "token_embd"), ("model.norm", "output_norm"), ("lm_head", "output")];

/// Beside the norms, which [`Architecture::norms`] has.
const BLOCK: &[(&str, &str)] = &[
    ("self_attn.q_proj", "attn_q"),
    ("self_attn.k_proj", "attn_k"),
    ("self_attn.v_proj", "attn_v"),
    ("self_attn.qkv_proj", "attn_qkv"),
    ("self_attn.o_proj", "attn_output"),
    ("self_attn.q_norm", "attn_q_norm"),
    ("self_attn.k_norm", "attn_k_norm"),
    ("mlp.gate_proj", "ffn_gate"),
    ("mlp.up_proj", "ffn_up"),
    // The gate's rows, then the others, as a GGUF has them.
    ("mlp.gate_up_proj", "ffn_up"),
    ("mlp.down_proj", "ffn_down"),
];

/// Frequencies that follow from the configuration.
const NOT_NEEDED: &str = ".rotary_emb.inv_freq";

/// What a GGUF calls a tensor; none for one that is not known.
pub(super) fn name(tensor: &str, architecture: &Architecture) -> Option<Name> {
    let tensor = match part(tensor, architecture) {
        Some((rest, begins)) => format!("{}{rest}", begins?),
        None => tensor.to_owned(),
    };
    let (stem, ending) = tensor.rsplit_once('.')?;
    if !matches!(ending, "weight" | "bias") {
        return None;
    }
    if let Some(i) = WHOLE.iter().position(|row| row.0 == stem) {
        let gguf = format!("{}.{ending}", WHOLE[i].1);
        return Some(Name { block: None, order: (i, ending == "bias"), gguf });
    }
    let (block, part) = stem.strip_prefix("model.layers.")?.split_once('.')?;
    let number: u32 = block.parse().ok().filter(|n: &u32| n.to_string() == block)?;
    let mut parts = architecture.norms.iter().chain(BLOCK).enumerate();
    let (i, (_, to)) = parts.find(|(_, row)| row.0 == part)?;
    Some(Name {
        block: Some(number),
        order: (i, ending == "bias"),
        gguf: format!("blk.{number}.{to}.{ending}"),
    })
}

/// Whether a tensor is left out: nothing of the text is lost by it.
pub(super) fn is_needless(tensor: &str, architecture: &Architecture) -> bool {
    tensor.ends_with(NOT_NEEDED) || matches!(part(tensor, architecture), Some((_, None)))
}

/// Which part of a model that sees pictures a tensor is of: its name there, and what goes before it in one of text alone.
fn part<'t>(tensor: &'t str, architecture: &Architecture) -> Option<(&'t str, Option<&'static str>)> {
    architecture.parts.iter().find_map(|&(begins, to)| Some((tensor.strip_prefix(begins)?, to)))
}

/// What is done to the numbers of a tensor that a GGUF calls so.
pub(super) fn change(gguf: &str, architecture: &Architecture, sizes: &Sizes) -> Change {
    let part = gguf.rsplit('.').nth(1).unwrap_or_default();
    match part {
        "attn_q" if architecture.turns_neighbours() => Change::Interleave { heads: sizes.heads as usize },
        "attn_k" if architecture.turns_neighbours() => Change::Interleave { heads: sizes.kv_heads as usize },
        norm if norm.ends_with("norm") && architecture.norms_from_one => Change::FromOne,
        _ => Change::None,
    }
}

impl Change {
    /// The row here that a row of the GGUF comes from, of `rows`.
    pub fn row(self, row: usize, rows: usize) -> usize {
        match self {
            Self::Interleave { heads } => {
                let dim = rows / heads;
                let (head, at) = (row / dim, row % dim);
                head * dim + at % 2 * (dim / 2) + at / 2
            }
            Self::None | Self::FromOne => row,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::architecture::ARCHITECTURES;
    use super::*;

    fn row(class: &str) -> &'static Architecture {
        ARCHITECTURES.iter().find(|row| row.class == class).unwrap()
    }

    #[test]
    fn a_norm_is_called_by_its_place_in_the_block() {
        let tensor = "model.layers.11.post_attention_layernorm.weight";
        let called = |class| name(tensor, row(class)).unwrap().gguf;
        assert_eq!(called("LlamaForCausalLM"), "blk.11.ffn_norm.weight");
        assert_eq!(called("Gemma3ForCausalLM"), "blk.11.post_attention_norm.weight");
    }

    #[test]
    fn what_no_row_names_is_not_known() {
        for tensor in [
            "",
            "weight",
            "model.layers.x.mlp.up_proj.weight",
            "model.layers.01.mlp.up_proj.weight",
            "model.layers.0.mlp.up_proj.weight_scale",
            "model.layers.0.block_sparse_moe.gate.weight",
            "model.layers.0.input_layernorm.weight.",
        ] {
            assert_eq!(name(tensor, row("LlamaForCausalLM")), None, "{tensor}");
        }
        assert_eq!(name("model.layers.0.input_layernorm.weight", row("Olmo2ForCausalLM")), None);
    }

    #[test]
    fn of_a_model_that_sees_pictures_the_text_is_taken() {
        let row = row("Gemma3ForConditionalGeneration");
        let called = |tensor: &str| name(tensor, row).map(|name| name.gguf);
        for begins in ["language_model.model.", "model.language_model."] {
            let norm = format!("{begins}layers.3.input_layernorm.weight");
            assert_eq!(called(&norm).as_deref(), Some("blk.3.attn_norm.weight"));
        }
        for begins in ["language_model.", ""] {
            assert_eq!(called(&format!("{begins}lm_head.weight")).as_deref(), Some("output.weight"));
        }
        for picture in
            ["vision_tower.vision_model.head.bias", "model.multi_modal_projector.mm_input_projection_weight"]
        {
            assert!(called(picture).is_none() && is_needless(picture, row), "{picture}");
        }
        assert!(!is_needless("audio_tower.head.bias", row));
    }

    #[test]
    fn halves_of_each_head_become_neighbours() {
        let change = Change::Interleave { heads: 2 };
        let rows: Vec<usize> = (0..12).map(|row| change.row(row, 12)).collect();
        assert_eq!(rows, [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]);
    }
}
