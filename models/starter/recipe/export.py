"""Checkpoint -> GGUF that llama.cpp and Foolscap read: Q8_0 matrices, F32 norms, tokenizer and its special ids inside.

The output matrix is the embedding (tied), so the file has no `output.weight`. No weight is permuted: see model.py.
"""
import argparse
import json
import os
import pathlib

import gguf
import numpy as np
import torch

import tokenizer
from config import Config
from model import Model

DESCRIPTION = (
    "A small base model for prose, made by the Foolscap project from public-domain fiction in English, to try things "
    "with. It continues a story and fills in the middle (PSM). It is no assistant and knows nothing."
)
NORMAL, CONTROL, BYTE_BPE = gguf.TokenType.NORMAL, gguf.TokenType.CONTROL, "gpt2"
MADE = ("steps", "tokens", "seconds")


def matrices(model):
    """(GGUF name, weight f32 [rows, columns] or [width]) of every tensor."""
    names = {"q": "attn_q", "k": "attn_k", "v": "attn_v", "o": "attn_output", "gate": "ffn_gate", "up": "ffn_up",
             "down": "ffn_down", "attn_norm": "attn_norm", "ffn_norm": "ffn_norm"}
    yield "token_embd.weight", model.embed.weight
    yield "output_norm.weight", model.norm.weight
    for i, block in enumerate(model.blocks):
        for ours, theirs in names.items():
            yield f"blk.{i}.{theirs}.weight", getattr(block, ours).weight


def merges_of(tok):
    """The merge rules in order, as "left right"."""
    rules = json.loads(tok.to_str())["model"]["merges"]
    return [r if isinstance(r, str) else " ".join(r) for r in rules]


def write(model, tok, path, made=None, quantize=True):
    """Write the GGUF beside `path`, then rename it into place. `made`: {steps, tokens, seconds} of its training,
    kept in the file as `foolscap.training.*`. -> its size in bytes."""
    c, path = model.config, pathlib.Path(path)
    part = path.with_name(f".{path.name}.part")
    w = gguf.GGUFWriter(str(part), "llama")
    w.add_type("model")
    w.add_name("Foolscap Starter")
    w.add_basename("foolscap-starter")
    w.add_size_label(f"{model.size() / 1e6:.1f}M")
    w.add_description(DESCRIPTION)
    w.add_license("MIT OR Apache-2.0")
    w.add_languages(["en"])
    w.add_tags(["text-generation", "fiction", "fill-in-the-middle"])
    w.add_vocab_size(c.vocab)
    w.add_context_length(c.context)
    w.add_embedding_length(c.width)
    w.add_block_count(c.layers)
    w.add_feed_forward_length(c.ffn)
    w.add_head_count(c.heads)
    w.add_head_count_kv(c.kv_heads)
    w.add_key_length(c.head)
    w.add_value_length(c.head)
    w.add_rope_dimension_count(c.head)
    w.add_rope_freq_base(c.rope_base)
    w.add_layer_norm_rms_eps(c.norm_eps)
    for key, n in (made or {}).items():
        w.add_uint64(f"foolscap.training.{key}", int(n))
    w.add_quantization_version(gguf.GGML_QUANT_VERSION)
    w.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0 if quantize else gguf.LlamaFileType.ALL_F32)

    vocabulary = tokenizer.tokens(tok)
    vocabulary += [f"[unused{i}]" for i in range(c.vocab - len(vocabulary))]  # a tiny corpus may fill less than the matrix
    w.add_tokenizer_model(BYTE_BPE)
    w.add_tokenizer_pre("gpt-2")
    w.add_token_list(vocabulary)
    w.add_token_types([CONTROL if t in tokenizer.SPECIALS else NORMAL for t in vocabulary])
    w.add_token_merges(merges_of(tok))
    w.add_bos_token_id(tokenizer.EOT_ID)
    w.add_eos_token_id(tokenizer.EOT_ID)
    w.add_pad_token_id(tokenizer.EOT_ID)
    w.add_uint32("tokenizer.ggml.fim_pre_token_id", tokenizer.PRE_ID)
    w.add_uint32("tokenizer.ggml.fim_suf_token_id", tokenizer.SUF_ID)
    w.add_uint32("tokenizer.ggml.fim_mid_token_id", tokenizer.MID_ID)
    w.add_add_bos_token(False)
    w.add_add_eos_token(False)
    w.add_add_space_prefix(False)

    q8 = gguf.GGMLQuantizationType.Q8_0
    for tensor, weight in matrices(model):
        a = np.ascontiguousarray(weight.detach().float().cpu().numpy())
        if a.ndim == 2 and quantize:
            w.add_tensor(tensor, gguf.quants.quantize(a, q8), raw_dtype=q8)
        else:
            w.add_tensor(tensor, a)
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()
    os.replace(part, path)
    return path.stat().st_size


def read(path):
    """The model of a GGUF that `write` made, its Q8_0 weights as f32 (what a reader of the file computes with), and
    how it was trained: (model, {steps, tokens, seconds})."""
    r = gguf.GGUFReader(str(path))

    def value(key):
        return r.fields[key].contents()

    config = Config(
        vocab=len(value("tokenizer.ggml.tokens")), width=value("llama.embedding_length"), layers=value("llama.block_count"),
        heads=value("llama.attention.head_count"), kv_heads=value("llama.attention.head_count_kv"),
        ffn=value("llama.feed_forward_length"), context=value("llama.context_length"),
        rope_base=value("llama.rope.freq_base"), norm_eps=value("llama.attention.layer_norm_rms_epsilon"))
    model = Model(config)
    stored = {t.name: gguf.quants.dequantize(t.data, t.tensor_type) for t in r.tensors}
    with torch.no_grad():
        for tensor, weight in matrices(model):
            weight.copy_(torch.from_numpy(np.array(stored[tensor], dtype=np.float32).reshape(weight.shape)))
    made = {k: value(f"foolscap.training.{k}") for k in MADE if f"foolscap.training.{k}" in r.fields}
    return model.eval(), made


def tokens(path):
    """The vocabulary of a GGUF, in the order of its ids."""
    return gguf.GGUFReader(str(path)).fields["tokenizer.ggml.tokens"].contents()


def of_checkpoint(path):
    """The model of a checkpoint and how far it had come: (model, {steps, tokens, seconds})."""
    s = torch.load(path, map_location="cpu", weights_only=True)
    model = Model(Config(**s["config"]))
    model.load_state_dict(s["model"])
    return model.eval(), dict(zip(MADE, (s["step"], s["tokens"], s["seconds"])))


def main(argv=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", default="work")
    p.add_argument("--checkpoint", help="default: decayed.pt of the work folder, else latest.pt")
    p.add_argument("--out", default=str(pathlib.Path(__file__).parent.parent / "foolscap-starter.gguf"))
    a = p.parse_args(argv)
    work = pathlib.Path(a.work)
    source = a.checkpoint or next(f for f in (work / "decayed.pt", work / "latest.pt") if f.exists())
    model, made = of_checkpoint(source)
    size = write(model, tokenizer.load(work / "tokenizer.json"), a.out, made)
    print(f"{a.out}: {size:,} bytes, from {source} at step {made['steps']}, {made['tokens']:,} tokens")


if __name__ == "__main__":
    main()
