//! The small models: one for each architecture, and for each way that files of one differ.

use super::{FFN, Heads, Model, QkNorm, Synth, VOCABULARY, WIDTH, WINDOW};

/// Two Llama blocks.
pub const LLAMA: Model = Model { name: "llama", build: |s| s.plain("llama", &Heads::default()) };

/// Two Qwen3 blocks: heads wider than width / heads, norms on queries and keys, tied output.
pub const QWEN3: Model = Model {
    name: "qwen3",
    build: |s| {
        s.plain(
            "qwen3",
            &Heads { dim: 64, qk_norm: QkNorm::Heads, base: 1e6, tied: true, ..Heads::default() },
        )
    },
};

/// One for each architecture, and for each way that files of one differ.
pub const MODELS: &[Model] = &[
    LLAMA,
    Model {
        name: "llama-3",
        build: |s| {
            s.plain("llama", &Heads::default());
            // Llama 3.1's divisors: low frequencies by 8, some between.
            s.vector("rope_freqs.weight", (0..16).map(|i| [1.0, 2.5, 8.0][i / 6]).collect());
        },
    },
    Model {
        name: "llama-nemo",
        build: |s| s.plain("llama", &Heads { heads: 4, kv_heads: 2, dim: 96, ..Heads::default() }),
    },
    Model {
        name: "qwen2",
        build: |s| s.plain("qwen2", &Heads { biases: true, tied: true, base: 1e6, ..Heads::default() }),
    },
    QWEN3,
    Model { name: "gemma3", build: gemma3 },
    Model { name: "phi3", build: |s| phi3(s, false) },
    Model { name: "phi3-long", build: |s| phi3(s, true) },
    Model {
        name: "smollm3",
        build: |s| s.plain("smollm3", &Heads { layers: 5, tied: true, base: 5e6, ..Heads::default() }),
    },
    Model { name: "mistral3", build: mistral3 },
    Model {
        name: "granite",
        build: |s| {
            s.plain("granite", &Heads { tied: true, ..Heads::default() });
            for (key, value) in [
                ("logit_scale", 8.0),
                ("residual_scale", 0.22),
                ("embedding_scale", 12.0),
                ("attention.scale", 0.015_625),
            ] {
                s.number(key, value);
            }
        },
    },
    Model { name: "olmo2", build: |s| olmo2(s, false) },
    Model { name: "olmo2-window", build: |s| olmo2(s, true) },
    Model { name: "qwen3moe", build: qwen3moe },
    Model { name: "gemma4", build: gemma4 },
    Model { name: "qwen35", build: qwen35 },
    Model { name: "lfm2", build: lfm2 },
];

fn gemma3(s: &mut Synth) {
    let heads =
        Heads { layers: 7, heads: 4, kv_heads: 1, dim: 64, qk_norm: QkNorm::Heads, ..Heads::default() };
    s.begin("gemma3", &Heads { base: 1e6, ..heads });
    s.integer("attention.sliding_window", WINDOW as u32);
    s.text("rope.scaling.type", "linear");
    s.number("rope.scaling.factor", 8.0);
    s.number("final_logit_softcapping", 3.0);
    s.ends(true);
    for i in 0..heads.layers {
        for norm in ["attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"] {
            s.norm(&format!("blk.{i}.{norm}"), WIDTH);
        }
        s.attention(i, &heads);
        s.ffn(i, FFN);
    }
}

fn phi3(s: &mut Synth, long: bool) {
    let heads = Heads { kv_heads: 8, ..Heads::default() };
    s.begin("phi3", &heads);
    if long {
        s.integer("rope.scaling.original_context_length", 1024);
        s.number("rope.scaling.attn_factor", 1.19);
        // llama.cpp's converter writes no `rope.scaling.type` here.
        // Only three quarters of a head are turned.
        s.integer("rope.dimension_count", 24);
        s.vector("rope_factors_long.weight", (0..12).map(|i| 1.0 + i as f32 * 0.7).collect());
        s.vector("rope_factors_short.weight", (0..12).map(|i| 1.0 + i as f32 * 0.01).collect());
    } else {
        s.integer("rope.dimension_count", 32);
    }
    s.ends(long);
    for i in 0..heads.layers {
        s.norm(&format!("blk.{i}.attn_norm"), WIDTH);
        s.norm(&format!("blk.{i}.ffn_norm"), WIDTH);
        s.matrix(&format!("blk.{i}.attn_qkv"), &[3 * WIDTH, WIDTH]);
        s.matrix(&format!("blk.{i}.attn_output"), &[WIDTH, WIDTH]);
        s.matrix(&format!("blk.{i}.ffn_up"), &[2 * FFN, WIDTH]);
        s.matrix(&format!("blk.{i}.ffn_down"), &[WIDTH, FFN]);
    }
}

fn mistral3(s: &mut Synth) {
    s.plain("mistral3", &Heads { base: 1e6, ..Heads::default() });
    s.text("rope.scaling.type", "yarn");
    s.number("rope.scaling.factor", 16.0);
    s.integer("rope.scaling.original_context_length", 128);
    s.number("rope.scaling.yarn_beta_fast", 32.0);
    s.number("rope.scaling.yarn_beta_slow", 1.0);
    s.number("rope.scaling.yarn_log_multiplier", 1.0);
    s.number("attention.temperature_scale", 0.1);
}

fn olmo2(s: &mut Synth, window: bool) {
    let heads = Heads {
        layers: if window { 5 } else { 2 },
        kv_heads: if window { 4 } else { 8 },
        qk_norm: QkNorm::Rows,
        base: 5e5,
        ..Heads::default()
    };
    s.begin("olmo2", &heads);
    if window {
        s.integer("attention.sliding_window", WINDOW as u32);
        s.text("rope.scaling.type", "yarn");
        s.number("rope.scaling.factor", 8.0);
        s.number("rope.scaling.attn_factor", 1.2);
        s.integer("rope.scaling.original_context_length", 1024);
    }
    s.ends(false);
    for i in 0..heads.layers {
        s.norm(&format!("blk.{i}.post_attention_norm"), WIDTH);
        s.norm(&format!("blk.{i}.post_ffw_norm"), WIDTH);
        s.attention(i, &heads);
        s.ffn(i, FFN);
    }
}

fn qwen3moe(s: &mut Synth) {
    let heads = Heads { dim: 64, qk_norm: QkNorm::Heads, base: 1e6, ..Heads::default() };
    let (experts, ffn) = (8, 256);
    s.begin("qwen3moe", &heads);
    s.integer("expert_count", experts as u32);
    s.integer("expert_used_count", 3);
    s.integer("expert_feed_forward_length", ffn as u32);
    s.ends(false);
    for i in 0..heads.layers {
        s.norm(&format!("blk.{i}.attn_norm"), WIDTH);
        s.norm(&format!("blk.{i}.ffn_norm"), WIDTH);
        s.attention(i, &heads);
        s.float_matrix(&format!("blk.{i}.ffn_gate_inp"), &[experts, WIDTH]);
        s.matrix(&format!("blk.{i}.ffn_gate_exps"), &[experts, ffn, WIDTH]);
        s.matrix(&format!("blk.{i}.ffn_up_exps"), &[experts, ffn, WIDTH]);
        s.matrix(&format!("blk.{i}.ffn_down_exps"), &[experts, WIDTH, ffn]);
    }
}

fn gemma4(s: &mut Synth) {
    // Four layers with keys of their own, three that share them; two see all, with wider heads.
    let (layers, shared, per_layer) = (7, 3, 64);
    let wide = Heads {
        layers,
        heads: 4,
        kv_heads: 1,
        dim: 128,
        qk_norm: QkNorm::Heads,
        base: 1e6,
        ..Heads::default()
    };
    let narrow = Heads { dim: 64, kv_heads: 2, ..wide };
    let sees_all = |i: usize| i == 3 || i == 6;
    s.begin("gemma4", &wide);
    s.integer("attention.key_length_swa", narrow.dim as u32);
    s.integer("attention.value_length_swa", narrow.dim as u32);
    s.integer("rope.dimension_count_swa", narrow.dim as u32);
    s.number("rope.freq_base_swa", 1e4);
    s.integer("attention.sliding_window", WINDOW as u32);
    s.flags("attention.sliding_window_pattern", &(0..layers).map(|i| !sees_all(i)).collect::<Vec<_>>());
    s.integer("attention.shared_kv_layers", shared);
    s.integer("embedding_length_per_layer_input", per_layer as u32);
    s.number("final_logit_softcapping", 5.0);
    s.vector("rope_freqs.weight", (0..64).map(|i| if i < 16 { 1.0 } else { 1e30 }).collect());
    s.ends(true);
    s.matrix("per_layer_token_embd", &[VOCABULARY, per_layer * layers]);
    s.matrix("per_layer_model_proj", &[per_layer * layers, WIDTH]);
    s.norm("per_layer_proj_norm", per_layer);
    for i in 0..layers {
        for norm in ["attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm", "post_norm"] {
            s.norm(&format!("blk.{i}.{norm}"), WIDTH);
        }
        let heads = if sees_all(i) { wide } else { narrow };
        let own_keys = i + (shared as usize) < layers;
        s.matrix(&format!("blk.{i}.attn_q"), &[heads.heads * heads.dim, WIDTH]);
        s.quiet_norm(&format!("blk.{i}.attn_q_norm"), heads.dim);
        if own_keys {
            s.matrix(&format!("blk.{i}.attn_k"), &[heads.kv_heads * heads.dim, WIDTH]);
            s.norm(&format!("blk.{i}.attn_k_norm"), heads.dim);
            // One layer whose values are its keys.
            if i != 3 {
                s.matrix(&format!("blk.{i}.attn_v"), &[heads.kv_heads * heads.dim, WIDTH]);
            }
        }
        s.matrix(&format!("blk.{i}.attn_output"), &[WIDTH, heads.heads * heads.dim]);
        s.ffn(i, FFN);
        s.matrix(&format!("blk.{i}.inp_gate"), &[per_layer, WIDTH]);
        s.matrix(&format!("blk.{i}.proj"), &[WIDTH, per_layer]);
        s.vector(&format!("blk.{i}.layer_output_scale.weight"), vec![0.8 + i as f32 * 0.1]);
    }
    s.integers(
        "attention.head_count_kv",
        &(0..layers).map(|i| if sees_all(i) { 1 } else { 2 }).collect::<Vec<_>>(),
    );
}

fn qwen35(s: &mut Synth) {
    let heads = Heads { layers: 5, heads: 4, kv_heads: 2, dim: 64, base: 1e7, ..Heads::default() };
    let (key_heads, value_heads, dim, kernel) = (2, 4, 64, 4);
    s.begin("qwen35", &heads);
    s.integer("rope.dimension_count", 16);
    s.integers("rope.dimension_sections", &[3, 3, 2, 0]);
    for (key, value) in [
        ("ssm.conv_kernel", kernel),
        ("ssm.state_size", dim),
        ("ssm.group_count", key_heads),
        ("ssm.time_step_rank", value_heads),
        ("ssm.inner_size", value_heads * dim),
    ] {
        s.integer(key, value as u32);
    }
    s.ends(true);
    for i in 0..heads.layers {
        s.norm(&format!("blk.{i}.attn_norm"), WIDTH);
        s.norm(&format!("blk.{i}.post_attention_norm"), WIDTH);
        s.ffn(i, FFN);
        if i % 4 == 3 {
            s.matrix(&format!("blk.{i}.attn_q"), &[2 * heads.heads * heads.dim, WIDTH]);
            s.matrix(&format!("blk.{i}.attn_k"), &[heads.kv_heads * heads.dim, WIDTH]);
            s.matrix(&format!("blk.{i}.attn_v"), &[heads.kv_heads * heads.dim, WIDTH]);
            s.matrix(&format!("blk.{i}.attn_output"), &[WIDTH, heads.heads * heads.dim]);
            s.norm(&format!("blk.{i}.attn_q_norm"), heads.dim);
            s.norm(&format!("blk.{i}.attn_k_norm"), heads.dim);
            continue;
        }
        let channels = (2 * key_heads + value_heads) * dim;
        s.matrix(&format!("blk.{i}.attn_qkv"), &[channels, WIDTH]);
        s.matrix(&format!("blk.{i}.attn_gate"), &[value_heads * dim, WIDTH]);
        s.float_matrix(&format!("blk.{i}.ssm_conv1d"), &[channels, kernel]);
        let random: Vec<f32> = (0..2 * value_heads).map(|_| s.normal()).collect();
        s.vector(&format!("blk.{i}.ssm_dt.bias"), random[..value_heads].to_vec());
        s.vector(&format!("blk.{i}.ssm_a"), random[value_heads..].iter().map(|a| -a.exp() * 0.2).collect());
        s.matrix(&format!("blk.{i}.ssm_beta"), &[value_heads, WIDTH]);
        s.matrix(&format!("blk.{i}.ssm_alpha"), &[value_heads, WIDTH]);
        s.norm(&format!("blk.{i}.ssm_norm"), dim);
        s.matrix(&format!("blk.{i}.ssm_out"), &[WIDTH, value_heads * dim]);
    }
}

fn lfm2(s: &mut Synth) {
    let heads = Heads { layers: 5, qk_norm: QkNorm::Heads, base: 1e6, tied: true, ..Heads::default() };
    let attends = |i: usize| i % 3 == 2;
    s.begin("lfm2", &heads);
    s.integer("shortconv.l_cache", 3);
    s.matrix("token_embd", &[VOCABULARY, WIDTH]);
    s.norm("token_embd_norm", WIDTH);
    for i in 0..heads.layers {
        s.norm(&format!("blk.{i}.attn_norm"), WIDTH);
        s.norm(&format!("blk.{i}.ffn_norm"), WIDTH);
        s.ffn(i, FFN);
        if attends(i) {
            s.attention(i, &heads);
        } else {
            s.float_matrix(&format!("blk.{i}.shortconv.conv"), &[WIDTH, 3]);
            s.matrix(&format!("blk.{i}.shortconv.in_proj"), &[3 * WIDTH, WIDTH]);
            s.matrix(&format!("blk.{i}.shortconv.out_proj"), &[WIDTH, WIDTH]);
        }
    }
    s.integers(
        "attention.head_count_kv",
        &(0..5).map(|i| if attends(i) { 4 } else { 0 }).collect::<Vec<_>>(),
    );
}
