"""Asks llama.cpp for what this project's engine must agree with.

    logits MODEL IDS OUT      f32 logits after every token, row by row, to the file OUT; all tokens in one batch
    single MODEL IDS OUT      the same, one token a call
    greedy MODEL IDS N        the N likeliest tokens one after the other, as a JSON list
    tokenize MODEL TEXT       the tokens of the file TEXT, as a JSON list

IDS are separated by commas. Needs: pip install llama-cpp-python numpy
"""
import ctypes
import json
import sys

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


def main(command, path, *rest):
    if command == "tokenize":
        vocab = lc.llama_model_get_vocab(load(path, vocab_only=True))
        data = open(rest[0], "rb").read()
        out = (lc.llama_token * (len(data) + 16))()
        n = lc.llama_tokenize(vocab, data, len(data), out, len(out), False, False)
        return print(json.dumps(list(out[:n])))
    if command == "quantize":
        params = lc.llama_model_quantize_default_params()
        params.ftype = getattr(lc, "LLAMA_FTYPE_MOSTLY_" + rest[1])
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
