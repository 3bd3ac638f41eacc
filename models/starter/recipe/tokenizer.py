"""A byte-level BPE with the GPT-2 splitter, trained on the books that are not held out.

Ids 0…3 are the four control tokens, then the 256 bytes, then the merges. No space is put before a text and no
token is added by itself, so text -> ids -> text is exact for every string.
Source of the scheme: Radford et al. 2019 (GPT-2), as in Hugging Face `tokenizers` ByteLevel(use_regex=True).
"""
import random

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

import corpus

EOT, PRE, MID, SUF = "<|endoftext|>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>"
SPECIALS = [EOT, PRE, MID, SUF]
EOT_ID, PRE_ID, MID_ID, SUF_ID = range(4)


def train(books, vocab_size, path, typed_share=0.12, seed=1):
    """Learn the vocabulary from the training books; `typed_share` of the chapters with straight quotes.
    Writes `path` (Hugging Face tokenizer.json) and returns the tokenizer."""
    rng = random.Random(seed)

    def texts():
        for book in books:
            if book.held_out:
                continue
            for i, chapter in enumerate(corpus.chapters(book.text)):
                yield corpus.typed(chapter, i % 2 == 0) if rng.random() < typed_share else chapter

    tok = Tokenizer(models.BPE())
    tok.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tok.decoder = decoders.ByteLevel()
    tok.train_from_iterator(
        texts(),
        trainers.BpeTrainer(
            vocab_size=vocab_size,
            special_tokens=SPECIALS,
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        ),
    )
    if tok.get_vocab_size() != vocab_size:
        print(f"note: the text gave only {tok.get_vocab_size()} tokens of {vocab_size}")
    tok.save(str(path))
    return tok


def load(path):
    return Tokenizer.from_file(str(path))


def tokens(tok):
    """The vocabulary in the order of its ids."""
    return [tok.id_to_token(i) for i in range(tok.get_vocab_size())]


def byte_decoder():
    """GPT-2's printable stand-in for every byte, inverted: character -> byte."""
    keep = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    chars, n = {b: chr(b) for b in keep}, 0
    for b in range(256):
        if b not in chars:
            chars[b] = chr(256 + n)
            n += 1
    return {c: b for b, c in chars.items()}


def token_bytes(tok) -> list:
    """The bytes of every token by id; a control token has none."""
    back = byte_decoder()
    out = []
    for i in range(tok.get_vocab_size()):
        t = tok.id_to_token(i)
        out.append(b"" if t in SPECIALS else bytes(back[c] for c in t))
    return out
