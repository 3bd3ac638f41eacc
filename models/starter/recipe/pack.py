"""Text -> training windows of `context + 1` token ids, written once, read by train.py as a memory map.

Chapters are documents, `<|endoftext|>` after each. A window begins at the paragraph start nearest to the end of the
one before it (a sentence start where a paragraph is longer than half a window), never inside a word. A share of the
windows is turned into fill-in-the-middle examples; a share of the chapters is read with straight quotes, as typed.
Every pass has its own alignment, order and cuts, so ten passes are not ten times the same.

Files: docs-print.npy and docs-typed.npy (the tokenized books), pass-NN.npy (uint16 [windows, context + 1]),
held-out.npz, packed.json (what it was packed with).
"""
import json
import os
import pathlib
import random
import time
import zlib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

import corpus
import fim
import tokenizer


class Words:
    """What the packer needs to know of every token id, as boolean tables [vocab]."""

    def __init__(self, tok):
        self.bytes = tokenizer.token_bytes(tok)
        text = [b.decode("utf-8", "replace") for b in self.bytes]
        self.newline = next(i for i, b in enumerate(self.bytes) if b == b"\n")
        self.starts_word = np.array([t[:1] == " " for t in text])
        self.starts_sentence = np.array([len(t) > 1 and t[0] == " " and (t[1].isupper() or t[1] in "“‘\"") for t in text])
        self.ends_sentence = np.array([t.rstrip("”’\"')")[-1:] in (".", "!", "?") and t != "" or t in ("”", "’", '"') for t in text])

    def text(self, ids):
        return b"".join(self.bytes[i] for i in ids).decode("utf-8", "ignore")


def tokenize(tok, books, config, folder):
    """Every training chapter twice, as printed and as typed -> docs-*.npy: all ids, and beside it where each chapter
    ends and whose it is."""
    for name, how in (("print", None), ("typed", corpus.typed)):
        texts, owner = [], []
        for n, book in enumerate(books):
            if not book.held_out:
                for i, chapter in enumerate(corpus.chapters(book.text)):
                    texts.append(chapter if how is None else how(chapter, i % 2 == 0))
                    owner.append(n)
        ids, ends, total = [], [], 0
        for at in range(0, len(texts), 256):
            for e in tok.encode_batch_fast(texts[at : at + 256], add_special_tokens=False):
                a = np.array([*e.ids, tokenizer.EOT_ID], dtype=np.uint16)
                ids.append(a)
                total += len(a)
                ends.append(total)
        np.save(folder / f"docs-{name}.npy", np.concatenate(ids))
        np.savez(folder / f"docs-{name}-index.npz", ends=np.array(ends), owner=np.array(owner))
    return total


def held_out(tok, books, folder):
    """The held-out books as one stream each: ids with <|endoftext|> after every chapter, and their bytes."""
    out = {}
    for book in books:
        if book.held_out:
            chapters = corpus.chapters(book.text)
            ids = [i for c in chapters for i in [*tok.encode(c, add_special_tokens=False).ids, tokenizer.EOT_ID]]
            out[book.title] = np.array(ids, dtype=np.uint16)
    np.savez(folder / "held-out.npz", **out)
    return {t: len(i) for t, i in out.items()}


def starts(stream, words, size, phase):
    """Where the windows of a stream begin, by the rule above. `phase`: tokens to skip at first."""
    nl = stream == words.newline
    para = np.zeros(len(stream), bool)
    para[0] = True
    para[1:] |= stream[:-1] == tokenizer.EOT_ID
    para[2:] |= nl[1:-1] & nl[:-2]
    sent = np.zeros(len(stream), bool)
    sent[1:] = words.starts_sentence[stream[1:]] & words.ends_sentence[stream[:-1]]
    out, want, last = [], phase, -1
    para_at, sent_at = np.flatnonzero(para), np.flatnonzero(sent | para)
    word_at = np.flatnonzero(words.starts_word[stream])
    while want < len(stream) - size:
        for at, reach in ((para_at, size // 4), (sent_at, size // 4), (word_at, size)):
            i = np.searchsorted(at, want)
            near = [p for p in at[max(0, i - 1) : i + 1] if p > last and abs(p - want) <= reach]
            if near:
                want = int(min(near, key=lambda p: abs(p - want)))
                break
        if want + size > len(stream):
            break
        out.append(want)
        last, want = want, want + size - 1
    return out


def fim_pieces(ids, words, rng):
    """A window's ids -> the passages to cut: one per chapter in it, a long one perhaps halved at a paragraph."""
    out = []
    for doc in np.split(ids, np.flatnonzero(ids == tokenizer.EOT_ID)):
        text = words.text(doc).strip()
        if len(text) < 120:
            continue
        breaks = [i for i in range(len(text) // 4, 3 * len(text) // 4) if text.startswith("\n\n", i)]
        if breaks and len(text) > 600 and rng.random() < 0.3:
            cut = rng.choice(breaks)
            out += [text[:cut], text[cut + 2 :]]
        else:
            out.append(text)
    return out


def make_pass(number, tok, books, config, folder, log=print):
    """Write pass-NN.npy. The same number always gives the same windows."""
    began, size = time.time(), config.context + 1
    target = folder / f"pass-{number:02d}.npy"
    words = Words(tok)
    rng, nrng = random.Random(1000 + number), np.random.default_rng(1000 + number)
    docs = {k: np.load(folder / f"docs-{k}.npy", mmap_mode="r") for k in ("print", "typed")}
    index = {k: np.load(folder / f"docs-{k}-index.npz") for k in ("print", "typed")}
    ends = {k: index[k]["ends"] for k in docs}
    owner = index["print"]["owner"]
    plain, cut = [], []
    slack = size // 16  # a cut text tokenizes a little differently: have some to trim
    for n, book in enumerate(books):
        mine = np.flatnonzero(owner == n)
        times = int(book.weight) + (rng.random() < book.weight % 1)
        for _ in range(times if len(mine) else 0):
            parts = []
            for d in mine:
                k = "typed" if rng.random() < config.typed_share else "print"
                parts.append(docs[k][ends[k][d - 1] if d else 0 : ends[k][d]])
            stream = np.concatenate(parts)
            for at in starts(stream, words, size, rng.randrange(size)):
                if rng.random() < config.fim_share:
                    pieces = fim_pieces(stream[at : at + size + slack], words, rng)
                    if pieces:
                        cut.append([fim.split(p, rng) for p in pieces])
                else:
                    plain.append(stream[at : at + size])
    rows = list(np.stack(plain)) if plain else []
    kept = 0
    for at in range(0, len(cut), 2048):
        group = cut[at : at + 2048]
        flat = [part for pieces in group for piece in pieces for part in piece]
        coded = iter(e.ids for e in tok.encode_batch_fast(flat, add_special_tokens=False))
        for pieces in group:
            ids = [i for e in fim.fit([(next(coded), next(coded), next(coded)) for _ in pieces], size) for i in e]
            if len(ids) >= size:
                rows.append(np.array(ids[:size], dtype=np.uint16))
                kept += 1
    if not rows:
        raise SystemExit(f"not one window of {size} tokens in this corpus: it is too small for this context")
    out = np.stack(rows)[nrng.permutation(len(rows))].astype(np.uint16)
    part = folder / f".{target.name}.part"
    with open(part, "wb") as f:
        np.save(f, out)
    os.replace(part, target)
    log(f"pass {number}: {len(out):,} windows of {size}, {kept / len(out):.0%} fill-in-the-middle, "
        f"{out.size * 2 / 1e6:.0f} MB, {time.time() - began:.0f} s")
    return target


def prepare(corpus_folder, work, config, passes, log=print):
    """Tokenizer, tokenized books, held-out books and the first passes; what is already there is kept."""
    folder = pathlib.Path(work)
    folder.mkdir(parents=True, exist_ok=True)
    books = corpus.read(corpus_folder)
    stamp = {"vocab": config.vocab, "context": config.context, "fim_share": config.fim_share,
             "books": len(books), "text": zlib.crc32("".join(b.title + str(len(b.text)) for b in books).encode())}
    stamp_file = folder / "packed.json"
    if stamp_file.exists() and json.loads(stamp_file.read_text()) != stamp:
        raise SystemExit(f"{folder} was packed with other settings or books; use another --work folder")
    if not (folder / "tokenizer.json").exists():
        began = time.time()
        tokenizer.train(books, config.vocab, folder / "tokenizer.json")
        log(f"tokenizer: {time.time() - began:.0f} s")
    tok = tokenizer.load(folder / "tokenizer.json")
    if not stamp_file.exists():
        began = time.time()
        sizes = held_out(tok, books, folder)
        n = tokenize(tok, books, config, folder)
        log(f"{len(books)} books, {n:,} tokens to train on; held out: "
            + ", ".join(f"{t} {k:,}" for t, k in sizes.items()) + f"; {time.time() - began:.0f} s")
        stamp_file.write_text(json.dumps(stamp))
    missing = [p for p in range(passes) if not (folder / f"pass-{p:02d}.npy").exists()]
    workers = min(len(missing), max(1, (os.cpu_count() or 2) // 2))
    if workers < 2:
        for p in missing:
            make_pass(p, tok, books, config, folder, log)
    else:  # a process a pass; each reads its books and tokenizer itself
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            jobs = [pool.submit(_one_pass, p, corpus_folder, config, folder) for p in missing]
            for job in jobs:
                log(job.result())
    return tok


def _one_pass(number, corpus_folder, config, folder):
    said = []
    make_pass(number, tokenizer.load(folder / "tokenizer.json"), corpus.read(corpus_folder), config, folder, said.append)
    return said[0]
