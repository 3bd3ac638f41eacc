"""How good is it: bits per byte on books never trained on, and what it writes.

Protocol: each held-out book is one stream of ids, `<|endoftext|>` after every chapter, cut into windows of `context`
predictions that follow one another (a window sees nothing of the one before). Bits per byte is the summed loss in
nats / ln 2 / the bytes of the predicted text; an <|endoftext|> costs bits and adds no bytes. No fill-in-the-middle.
"""
import argparse
import math
import pathlib

import numpy as np
import torch

import tokenizer

QUICK = 4  # windows a book in the figure that the training log shows


def windows(stream, context, at_most=None):
    """Stream of ids -> [n, context + 1] int64; consecutive windows share one id. With `at_most`, evenly spread ones."""
    n = (len(stream) - 1) // context
    pick = range(n) if not at_most or n <= at_most else np.linspace(0, n - 1, at_most).astype(int)
    rows = [stream[i * context : i * context + context + 1] for i in pick]
    return torch.from_numpy(np.stack(rows).astype(np.int64)) if rows else None


@torch.no_grad()
def bits_per_byte(model, held_out, byte_lengths, at_most=None, rows=4):
    """held_out: {title: ids}; byte_lengths [vocab]. -> {title: (bits per byte, nats per token)} and, as "all", the mean
    over all bytes together."""
    was, device = model.training, model.embed.weight.device
    model.eval()
    out, all_nats, all_bytes, all_tokens = {}, 0.0, 0, 0
    for title, stream in held_out.items():
        w = windows(stream, model.config.context, at_most)
        if w is None:
            continue
        nats = 0.0
        for at in range(0, len(w), rows):
            nats += float(model.loss(w[at : at + rows].to(device), "none").double().sum())
        size = int(byte_lengths[w[:, 1:].numpy()].sum())
        out[title] = (nats / math.log(2) / size, nats / w[:, 1:].numel())
        all_nats, all_bytes, all_tokens = all_nats + nats, all_bytes + size, all_tokens + w[:, 1:].numel()
    if all_bytes:
        out["all"] = (all_nats / math.log(2) / all_bytes, all_nats / all_tokens)
    model.train(was)
    return out


def held_out_of(work):
    """({title: ids}, bytes of every id) of a work folder."""
    work = pathlib.Path(work)
    lengths = np.array([len(b) for b in tokenizer.token_bytes(tokenizer.load(work / "tokenizer.json"))])
    return dict(np.load(work / "held-out.npz")), lengths


def held_out_quick(model, work):
    """Bits per byte on a few windows of every held-out book: for the log, not for the card."""
    return bits_per_byte(model, *held_out_of(work), at_most=QUICK).get("all", (float("nan"),))[0]


PROMPTS = (
    "Once there was a miller who had three cats. The youngest wanted only",
    "“Well,” said the old woman, “if you will not tell me your name,",
    "# Chapter I\n\nIt was a dark and stormy night, and the captain",
)
MIDDLES = (  # (before, after)
    ("The boy ran down to the river to look for the boat, but ", " He sat down on the bank and began to cry."),
    ("“Where have you been all this time?” asked the queen.\n\n", "\n\n“Then you must go back and fetch it,” said the queen."),
)


@torch.no_grad()
def generate(model, ids, words, rng, temperature=0.8, top_p=0.95):
    """At most `words` more ids, without <|endoftext|>, at which it stops. The context keeps the last ids that fit."""
    model.eval()
    out = []
    for _ in range(words):
        seen = torch.tensor([(ids + out)[-model.config.context :]])
        logits = model(seen)[0, -1]
        logits[[tokenizer.PRE_ID, tokenizer.MID_ID, tokenizer.SUF_ID]] = -math.inf
        if temperature == 0:
            pick = int(logits.argmax())
        else:
            p, order = torch.softmax(logits / temperature, -1).sort(descending=True)
            p[p.cumsum(-1) - p > top_p] = 0
            pick = int(order[torch.multinomial(p, 1, generator=rng)])
        if pick == tokenizer.EOT_ID:
            break
        out.append(pick)
    return out


def samples(model, tok, seed=7):
    """(before, what came, after or None) for every prompt, each from the same seed, the first answer taken."""
    for before, after in [*((p, None) for p in PROMPTS), *MIDDLES]:
        rng = torch.Generator().manual_seed(seed)
        ids = tok.encode(before, add_special_tokens=False).ids
        if after is not None:
            ids = [tokenizer.PRE_ID, *ids, tokenizer.SUF_ID, *tok.encode(after, add_special_tokens=False).ids, tokenizer.MID_ID]
        yield before, tok.decode(generate(model, ids, 90 if after is None else 60, rng)), after


def figures(model, made, work, tok, size, per_book, seed=7):
    """The part of the model card that is measured, as Markdown."""
    held_out, lengths = held_out_of(work)
    result = bits_per_byte(model, held_out, lengths, per_book or None)
    whole = f"{per_book} windows evenly spread over each book" if per_book else "every window of every book"
    c = model.config
    out = [f"{model.size():,} parameters, {size / 1e6:.1f} MB; {made['steps']:,} steps, {made['tokens'] / 1e6:.1f} M tokens "
           f"read, {made['seconds'] / 3600:.1f} hours by the clock, other work on the machine and pauses included.", "",
           f"Held out, after quantization, {whole}, {c.context} predictions a window:", "",
           "| book | bits per byte | nats per token |", "| --- | ---: | ---: |"]
    out += [f"| {t if t != 'all' else '**all**'} | {b:.3f} | {n:.3f} |" for t, (b, n) in result.items()]
    out += ["", f"Samples, temperature 0.8, top-p 0.95, seed {seed}, the first that came; what the model wrote is in bold:"]
    for before, text, after in samples(model, tok, seed):
        shown = " / ".join(s.strip() for s in text.split("\n\n") if s.strip())
        quote = f"> {before.replace(chr(10) * 2, ' / ')} **{shown}**"
        out += ["", quote if after is None else f"{quote} {after.replace(chr(10) * 2, ' / ').strip()}"]
    return "\n".join(out), result["all"][0]


def rewrite(card, text):
    """Put `text` between the card's markers."""
    card = pathlib.Path(card)
    head, rest = card.read_text(encoding="utf-8").split("<!-- figures -->", 1)
    tail = rest.split("<!-- /figures -->", 1)[1]
    card.write_text(f"{head}<!-- figures -->\n{text}\n<!-- /figures -->{tail}", encoding="utf-8")


def main(argv=None):
    import export  # here, since export does not need an evaluation and training needs no gguf package

    home = pathlib.Path(__file__).parent.parent
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", default="work")
    p.add_argument("--gguf", default=str(home / "foolscap-starter.gguf"))
    p.add_argument("--windows", type=int, default=0, help="this many of each book; 0: all")
    p.add_argument("--card", help="rewrite the figures of this model card")
    a = p.parse_args(argv)
    work = pathlib.Path(a.work)
    (model, made), tok = export.read(a.gguf), tokenizer.load(work / "tokenizer.json")
    text, bpb = figures(model, made, work, tok, pathlib.Path(a.gguf).stat().st_size, a.windows)
    print(text)
    if a.card:
        rewrite(a.card, text)
    return bpb


if __name__ == "__main__":
    main()
