//! Names and shapes of the tensors of a model: the one list that files are checked against and loaded by.

use std::collections::BTreeMap;

use super::config::{Attention, Config, DeltaNet, FeedForward, Layer, Mixer};
use super::rope::{LLAMA3_FACTORS, Rope};
use super::{QkNorm, Recurrent};

/// What a tensor must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    /// Sizes, slowest first.
    pub shape: Vec<usize>,
    /// Whether a file may lack it.
    pub optional: bool,
}

/// The output matrix; where it is missing, it is the embeddings.
pub(crate) const OUTPUT: &str = "output.weight";

impl Config {
    /// Name of the norm before the logits.
    pub(crate) fn output_norm(&self) -> &'static str {
        match self.architecture.recurrent {
            // Its converter gave it this name by mistake, and files have it.
            Some(Recurrent::ShortConv) => "token_embd_norm.weight",
            _ => "output_norm.weight",
        }
    }

    /// Every tensor the decoder needs, and those it uses where they are. `has` tells what a file has: some hold
    /// the matrices of attention or of the gate in one.
    pub(crate) fn tensors(&self, has: impl Fn(&str) -> bool) -> BTreeMap<String, Need> {
        let mut list = List { all: BTreeMap::new(), has: &has };
        list.need("token_embd.weight", &[self.vocab, self.width]);
        list.may(OUTPUT, &[self.vocab, self.width]);
        list.need(self.output_norm(), &[self.width]);
        for rope in &self.ropes {
            list.factors(rope);
        }
        if let Some(input) = self.per_layer {
            let all = input.width * self.layers.len();
            list.need("per_layer_token_embd.weight", &[self.vocab, all]);
            list.need("per_layer_model_proj.weight", &[all, self.width]);
            list.need("per_layer_proj_norm.weight", &[input.width]);
        }
        for (i, layer) in self.layers.iter().enumerate() {
            self.layer(&mut list, i, layer);
        }
        list.all
    }

    fn layer(&self, list: &mut List<'_>, i: usize, layer: &Layer) {
        let (architecture, width) = (self.architecture, self.width);
        let name = |part: &str| format!("blk.{i}.{part}");
        let norms = architecture.norms;
        let norms = [norms.before_mixer, norms.after_mixer, norms.before_ffn, norms.after_ffn];
        for norm in norms.into_iter().flatten() {
            list.need(&name(&format!("{norm}.weight")), &[width]);
        }
        match &layer.mixer {
            Mixer::Attention(a) => self.attention(list, i, a),
            Mixer::DeltaNet(net) => {
                let DeltaNet { value_heads, head_dim, kernel, .. } = *net;
                let values = value_heads * head_dim;
                list.need(&name("attn_qkv.weight"), &[net.channels(), width]);
                list.need(&name("attn_gate.weight"), &[values, width]);
                list.need(&name("ssm_conv1d.weight"), &[net.channels(), kernel]);
                list.need(&name("ssm_dt.bias"), &[value_heads]);
                list.need(&name("ssm_a"), &[value_heads]);
                list.need(&name("ssm_beta.weight"), &[value_heads, width]);
                list.need(&name("ssm_alpha.weight"), &[value_heads, width]);
                list.need(&name("ssm_norm.weight"), &[head_dim]);
                list.need(&name("ssm_out.weight"), &[width, values]);
            }
            Mixer::ShortConv(conv) => {
                list.need(&name("shortconv.conv.weight"), &[width, conv.kernel]);
                list.need(&name("shortconv.in_proj.weight"), &[3 * width, width]);
                list.need(&name("shortconv.out_proj.weight"), &[width, width]);
            }
        }
        match layer.ffn {
            FeedForward::Dense(ffn) => {
                if (list.has)(&name("ffn_gate.weight")) || !(list.has)(&name("ffn_up.weight")) {
                    list.linear(&name("ffn_gate"), ffn, width);
                    list.linear(&name("ffn_up"), ffn, width);
                } else {
                    // Phi-3: the gate's rows, then the others, in one.
                    list.linear(&name("ffn_up"), 2 * ffn, width);
                }
                list.linear(&name("ffn_down"), width, ffn);
            }
            FeedForward::Experts(experts) => {
                let (n, ffn) = (experts.count, experts.width);
                list.need(&name("ffn_gate_inp.weight"), &[n, width]);
                list.need(&name("ffn_gate_exps.weight"), &[n, ffn, width]);
                list.need(&name("ffn_up_exps.weight"), &[n, ffn, width]);
                list.need(&name("ffn_down_exps.weight"), &[n, width, ffn]);
            }
        }
        if let Some(input) = self.per_layer {
            list.need(&name("inp_gate.weight"), &[input.width, width]);
            list.need(&name("proj.weight"), &[width, input.width]);
            list.need(&name("post_norm.weight"), &[width]);
        }
        if architecture.shares_keys {
            list.may(&name("layer_output_scale.weight"), &[1]);
        }
    }

    fn attention(&self, list: &mut List<'_>, i: usize, a: &Attention) {
        let name = |part: &str| format!("blk.{i}.{part}");
        let (q, k, v) = (a.heads * a.head_dim, a.kv_heads * a.head_dim, a.kv_heads * a.value_dim);
        let queries = if self.architecture.gated_attention { 2 * q } else { q };
        if (list.has)(&name("attn_qkv.weight")) {
            list.linear(&name("attn_qkv"), queries + k + v, self.width);
        } else {
            list.linear(&name("attn_q"), queries, self.width);
            if a.keys_of.is_none() {
                list.linear(&name("attn_k"), k, self.width);
                // Gemma 4 has layers whose values are their keys.
                match self.architecture.shares_keys && a.value_dim == a.head_dim {
                    true => list.may(&name("attn_v.weight"), &[v, self.width]),
                    false => list.linear(&name("attn_v"), v, self.width),
                }
            }
        }
        list.linear(&name("attn_output"), self.width, a.heads * a.value_dim);
        let (of_q, of_k) = match self.architecture.qk_norm {
            QkNorm::None => return,
            QkNorm::Heads => (a.head_dim, a.head_dim),
            QkNorm::Rows => (q, k),
        };
        list.need(&name("attn_q_norm.weight"), &[of_q]);
        if a.keys_of.is_none() {
            list.need(&name("attn_k_norm.weight"), &[of_k]);
        }
    }
}

impl DeltaNet {
    /// Numbers of a token that go through the convolution: queries, keys and values.
    pub(crate) fn channels(&self) -> usize {
        (2 * self.key_heads + self.value_heads) * self.head_dim
    }
}

struct List<'a> {
    all: BTreeMap<String, Need>,
    has: &'a dyn Fn(&str) -> bool,
}

impl List<'_> {
    fn need(&mut self, name: &str, shape: &[usize]) {
        self.all.insert(name.to_owned(), Need { shape: shape.to_vec(), optional: false });
    }

    fn may(&mut self, name: &str, shape: &[usize]) {
        self.all.insert(name.to_owned(), Need { shape: shape.to_vec(), optional: true });
    }

    /// A matrix, and the bias that it may have.
    fn linear(&mut self, name: &str, rows: usize, columns: usize) {
        self.need(&format!("{name}.weight"), &[rows, columns]);
        self.may(&format!("{name}.bias"), &[rows]);
    }

    fn factors(&mut self, rope: &Rope) {
        match rope.factors {
            Some(name) if name == LLAMA3_FACTORS => self.may(name, &[rope.dims / 2]),
            Some(name) => self.need(name, &[rope.dims / 2]),
            None => {}
        }
    }
}
