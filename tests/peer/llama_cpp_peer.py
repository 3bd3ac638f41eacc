"""Asks llama.cpp for what this project's engine must agree with.

    logits MODEL IDS OUT      f32 logits after every token, row by row, to the file OUT; all tokens in one batch
    single MODEL IDS OUT      the same, one token a call
    greedy MODEL IDS N        the N likeliest tokens one after the other, as a JSON list
    tokenize MODEL TEXT       the tokens of the file TEXT, as a JSON list
    quantize MODEL OUT KIND   the model in another form
    bench MODEL PROMPT GENERATE DEPTH RUNS THREADS        JSON: tokens read and drawn in a second, medians
    rows MODEL PROMPT GENERATE ROWS RUNS THREADS          JSON: seconds for one and for ROWS sequences after one prompt

IDS are separated by commas. Needs: pip install llama-cpp-python numpy
"""
import ctypes
import json
import statistics
import sys
import time

import llama_cpp as lc
import numpy as np


@lc.llama_log_callback
def quiet(level, text, data):
    pass


lc.llama_log_set(quiet, ctypes.c_void_p(0))


def load(path, vocab_only=False):
    lc.llama_backend_init()
    params = lc.llama_model_default_params()
    params.n_gpu_layers = 0
    params.vocab_only = vocab_only
    model = lc.llama_model_load_from_file(path.encode(), params)
    if not model:
        sys.exit(f"llama.cpp cannot load {path}")
    return model


class Context:
    def __init__(self, model, tokens):
        params = lc.llama_context_default_params()
        params.n_ctx = params.n_batch = max(512, tokens)
        params.n_threads = params.n_threads_batch = 2
        self.pointer = lc.llama_init_from_model(model, params)
        self.vocabulary = lc.llama_vocab_n_tokens(lc.llama_model_get_vocab(model))
        self.at = 0

    def read(self, ids):
        """Adds tokens; gives the logits after each, f32 [len(ids), vocabulary]."""
        batch = lc.llama_batch_init(len(ids), 0, 1)
        batch.n_tokens = len(ids)
        for i, token in enumerate(ids):
            batch.token[i], batch.pos[i], batch.n_seq_id[i] = token, self.at + i, 1
            batch.seq_id[i][0] = 0
            batch.logits[i] = True
        if lc.llama_decode(self.pointer, batch) != 0:
            sys.exit("llama_decode failed")
        self.at += len(ids)
        row = lambda i: np.ctypeslib.as_array(lc.llama_get_logits_ith(self.pointer, i), shape=(self.vocabulary,))
        return np.stack([row(i).copy() for i in range(len(ids))]).astype(np.float32)


class Timed:
    """A context to be measured: sequences that share a prompt, logits for the last row of each."""

    def __init__(self, path, tokens, threads, sequences=1):
        params = lc.llama_context_default_params()
        params.n_ctx, params.n_batch, params.n_ubatch, params.n_seq_max = tokens, 2048, 512, sequences
        params.n_threads = params.n_threads_batch = threads
        params.kv_unified = True
        model = load(path)
        self.pointer = lc.llama_init_from_model(model, params)
        self.vocabulary = lc.llama_vocab_n_tokens(lc.llama_model_get_vocab(model))
        self.memory = lc.llama_get_memory(self.pointer)
        self.batch = lc.llama_batch_init(2048, 0, sequences)

    def decode(self, rows, wanted):
        """rows: (token, position, sequences); wanted: which rows' logits are looked at."""
        b = self.batch
        b.n_tokens = len(rows)
        for i, (token, position, sequences) in enumerate(rows):
            b.token[i], b.pos[i], b.n_seq_id[i] = token, position, len(sequences)
            for j, sequence in enumerate(sequences):
                b.seq_id[i][j] = sequence
            b.logits[i] = i in wanted
        if lc.llama_decode(self.pointer, b) != 0:
            sys.exit("llama_decode failed")
        for i in wanted:
            np.ctypeslib.as_array(lc.llama_get_logits_ith(self.pointer, i), shape=(self.vocabulary,)).argmax()

    def read(self, n, start, sequences=(0,)):
        ids = [(i * 7919 + 13) % self.vocabulary for i in range(n)]
        for at in range(0, n, 512):
            rows = [(t, start + at + i, sequences) for i, t in enumerate(ids[at : at + 512])]
            self.decode(rows, [len(rows) - 1])

    def cut(self, length):
        lc.llama_memory_seq_rm(self.memory, -1, length, -1)


def seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def bench(path, prompt, generate, depth, runs, threads):
    c = Timed(path, depth + prompt + generate + 8, threads)
    c.read(depth, 0)
    prefill, decode = [], []
    for _ in range(runs):
        c.cut(depth)
        prefill.append(prompt / seconds(lambda: c.read(prompt, depth)))
        draw = lambda: [c.decode([(1000 + i, depth + prompt + i, (0,))], [0]) for i in range(generate)]
        decode.append(generate / seconds(draw))
    print(json.dumps({"prefill_tok_s": statistics.median(prefill), "decode_tok_s": statistics.median(decode)}))


def rows(path, prompt, generate, n, runs, threads):
    c = Timed(path, prompt + n * generate + 8, threads, n)
    c.read(prompt, 0, range(n))
    took = {1: [], n: []}
    for _ in range(runs):
        for k in took:
            step = lambda i: c.decode([(1000 + i + 7 * s, prompt + i, (s,)) for s in range(k)], list(range(k)))
            c.cut(prompt)
            took[k].append(seconds(lambda: [step(i) for i in range(generate)]))
    one, all_of_them = statistics.median(took[1]), statistics.median(took[n])
    print(json.dumps({"one_s": one, "all_s": all_of_them, "ratio": all_of_them / one}))


def main(command, path, *rest):
    if command in ("bench", "rows"):
        return {"bench": bench, "rows": rows}[command](path, *map(int, rest))
    if command == "tokenize":
        vocab = lc.llama_model_get_vocab(load(path, vocab_only=True))
        data = open(rest[0], "rb").read()
        out = (lc.llama_token * (len(data) + 16))()
        n = lc.llama_tokenize(vocab, data, len(data), out, len(out), False, False)
        return print(json.dumps(list(out[:n])))
    if command == "quantize":
        params = lc.llama_model_quantize_default_params()
        params.ftype = getattr(lc, ("LLAMA_FTYPE_ALL_" if rest[1] == "F32" else "LLAMA_FTYPE_MOSTLY_") + rest[1])
        params.allow_requantize = True
        return lc.llama_model_quantize(path.encode(), rest[0].encode(), params) and sys.exit(f"cannot quantize {path}")
    ids = [int(i) for i in rest[0].split(",")]
    model = load(path)
    if command == "logits":
        return Context(model, len(ids)).read(ids).tofile(rest[1])
    if command == "single":
        context = Context(model, len(ids))
        return np.concatenate([context.read([i]) for i in ids]).tofile(rest[1])
    wanted = int(rest[1])
    context = Context(model, len(ids) + wanted)
    out = [int(context.read(ids)[-1].argmax())]
    while len(out) < wanted:
        out.append(int(context.read(out[-1:])[-1].argmax()))
    print(json.dumps(out))


main(*sys.argv[1:])
