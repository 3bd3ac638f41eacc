"""Fill in the middle: one passage of text becomes prefix, suffix, middle (PSM).

Layout: <|fim_prefix|> prefix <|fim_suffix|> suffix <|fim_middle|> middle <|endoftext|>. The cut is made in
characters, before tokenizing, so the model learns to go on from the middle of a token as well (Bavarian et al. 2022,
"Efficient training of language models to fill in the middle"). What is cut out is what an author would select or
leave open: some words, some sentences, a paragraph; one span in five falls anywhere, also inside a word.
"""
import re

import tokenizer

WORD = re.compile(r"\S+")
SENTENCE = re.compile(r"[^.!?]+(?:[.!?]+[”’\"')\]]*|$)(?=\s|$)")
PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\n))+")


def span(text, rng):
    """The middle of `text` as a range [a, b) of characters, 0 < b - a < len(text)."""
    n = len(text)
    kind = rng.random()
    if kind < 0.35:
        units, most = list(WORD.finditer(text)), 12
    elif kind < 0.65:
        units, most = list(SENTENCE.finditer(text)), 3
    elif kind < 0.80:
        units, most = list(PARAGRAPH.finditer(text)), 2
    else:
        units, most = [], 0
    if len(units) > most + 1:
        first = rng.randrange(1, len(units) - most)  # something always stands before
        last = first + rng.randrange(most)
        a, b = units[first].start(), units[last].end()
        while a < b and text[a].isspace():
            a += 1
        if text[a - 1] == " " and rng.random() < 0.5:  # the space goes to the middle, or stays before it
            a -= 1
        if 0 < b - a <= 0.7 * n:
            return a, b
    length = min(int(3 * (0.2 * n) ** rng.random()) + 1, int(0.6 * n))  # log-uniform: short ones are likelier
    a = rng.randrange(1, max(2, n - length))
    return a, min(n, a + max(1, length))


def split(text, rng):
    """(prefix, middle, suffix); joined they are `text`."""
    a, b = span(text, rng)
    return text[:a], text[a:b], text[b:]


def arrange(prefix, middle, suffix):
    """Token ids of the three parts -> the ids of one example."""
    return [tokenizer.PRE_ID, *prefix, tokenizer.SUF_ID, *suffix, tokenizer.MID_ID, *middle, tokenizer.EOT_ID]


def fit(pieces, room):
    """Examples (prefix, middle, suffix as ids) cut to `room` ids in all; the far ends of the context go first:
    the end of the longest suffix, then the beginning of the longest prefix, never the middle."""
    pieces = [[list(p), list(m), list(s)] for p, m, s in pieces]
    excess = sum(len(p) + len(m) + len(s) + 4 for p, m, s in pieces) - room
    for part in (2, 0):
        while excess > 0:
            longest = max(pieces, key=lambda piece: len(piece[part]))[part]
            cut = min(excess, len(longest) - 1)
            if cut <= 0:
                break
            if part == 2:
                del longest[len(longest) - cut:]
            else:
                del longest[:cut]
            excess -= cut
    return [arrange(p, m, s) for p, m, s in pieces]
