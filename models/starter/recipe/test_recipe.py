"""The recipe on a few kilobytes of text, some ten seconds: python3 -m unittest discover -s models/starter/recipe"""
import contextlib
import io
import json
import pathlib
import random
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
try:
    import gguf
    import numpy as np
    import tokenizers  # noqa: F401
    import torch
except ImportError as missing:
    raise unittest.SkipTest(f"{missing}; pip install -r requirements.txt")

import corpus
import evaluate
import export
import fim
import pack
import recipe
import tokenizer
import train
from config import PRESETS, Config, change
from model import Model
from muon import orthogonalize

TINY = ["vocab=320", "width=64", "layers=2", "heads=2", "kv_heads=1", "ffn=96", "context=64", "batch=4", "micro=2"]
WHO, WHERE = ("the fox", "an old miller", "the king’s daughter", "a little tailor"), ("mill", "well", "forest", "sea")


def story(seed, chapters=6):
    """Made-up prose with chapters, dialogue, dashes and a scene break."""
    rng, out = random.Random(seed), []
    for c in range(chapters):
        out.append(f"# Chapter {c + 1}")
        for _ in range(12):
            who, where = rng.choice(WHO), rng.choice(WHERE)
            out.append(f"Once upon a time {who} went down to the {where}—it was nearly night. Nobody had seen him go.")
            out.append(f"“Who’s there?” asked {rng.choice(WHO)}. “I can’t see {rng.choice(WHO)} from the {where}!”")
        out.append("***\n\nAnd so they went home.")
    return "\n\n".join(out)


class Recipe(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temp = tempfile.TemporaryDirectory()
        root = pathlib.Path(cls.temp.name)
        cls.books, cls.work = root / "books", root / "work"
        cls.books.mkdir()
        lines = [{"title": t, "author": a, "text": story(i)}
                 for i, (t, a) in enumerate([("One", "Andrew Lang"), ("Two", "Nobody"), ("Persuasion", "Jane Austen")])]
        (cls.books / "b.jsonl").write_text("\n".join(json.dumps(o) for o in lines), encoding="utf-8")
        (cls.books / "Three.txt").write_text(story(9), encoding="utf-8")
        cls.config = change(PRESETS["cpu"], TINY)
        cls.tok = pack.prepare(cls.books, cls.work, cls.config, 1, log=lambda *_: None)
        cls.words = pack.Words(cls.tok)

    @classmethod
    def tearDownClass(cls):
        cls.temp.cleanup()

    def train(self, work, *more):
        """A training run in `work`, which gets the packed data of the class."""
        work.mkdir(exist_ok=True)
        for f in self.work.glob("*.[njs][psn]*"):
            if not (work / f.name).exists():
                (work / f.name).write_bytes(f.read_bytes())
        with contextlib.redirect_stdout(io.StringIO()):
            train.main(["--work", str(work), "--no-compile", "--threads", "1", "--set", *TINY, *more])
        return work

    def test_every_text_survives_the_tokenizer(self):
        for text in ("“Don’t!”—he said…", "  two  spaces\n\n\nand\tlines ", "naïve café №7 🦊 \r\n", story(3)):
            ids = self.tok.encode(text, add_special_tokens=False).ids
            self.assertEqual(self.tok.decode(ids), text)
            self.assertEqual(self.words.text(ids), text)

    def test_the_control_tokens_have_the_ids_that_the_code_uses(self):
        ids = [self.tok.token_to_id(t) for t in tokenizer.SPECIALS]
        self.assertEqual(ids, [tokenizer.EOT_ID, tokenizer.PRE_ID, tokenizer.MID_ID, tokenizer.SUF_ID])

    def test_the_three_parts_of_a_cut_are_the_text(self):
        rng = random.Random(1)
        for i in range(300):
            text = story(i, 1)[: rng.randrange(130, 900)]
            prefix, middle, suffix = fim.split(text, rng)
            self.assertEqual(prefix + middle + suffix, text)
            self.assertTrue(prefix and middle and suffix or len(middle) < len(text))
            self.assertGreater(len(middle), 0)

    def test_a_cut_too_long_loses_context_and_keeps_its_middle(self):
        (ids,) = fim.fit([([10] * 40, [11] * 20, [12] * 30)], 50)
        self.assertEqual(len(ids), 50)
        self.assertEqual(ids.count(11), 20)
        self.assertEqual((ids[0], ids[-1]), (tokenizer.PRE_ID, tokenizer.EOT_ID))

    def test_chapters_are_documents_and_short_ones_join_the_next(self):
        parts = corpus.chapters("# Part I\n\n# Chapter I\n\n" + "a" * 500 + "\n\n# Chapter II\n\n" + "b" * 500)
        self.assertEqual(len(parts), 2)
        self.assertTrue(parts[0].startswith("# Part I\n\n# Chapter I"))

    def test_no_window_begins_inside_a_word_or_shows_a_held_out_book(self):
        rows = np.load(self.work / "pass-00.npy")
        self.assertEqual(rows.shape[1], self.config.context + 1)
        cut = rows[:, 0] == tokenizer.PRE_ID
        self.assertTrue(0.1 < cut.mean() < 0.7, cut.mean())
        begins = [self.words.text(r[:6]) for r in rows[~cut]]
        self.assertFalse([b for b in begins if b[0] not in "#O“\"A* "])  # a paragraph, else a space and a word
        self.assertGreater(sum(b[0] != " " for b in begins) / len(begins), 0.5)
        index = np.load(self.work / "docs-print-index.npz")
        books = corpus.read(self.books)
        self.assertFalse({n for n, b in enumerate(books) if b.held_out} & set(index["owner"].tolist()))
        self.assertEqual(list(np.load(self.work / "held-out.npz").files), ["Persuasion"])

    def test_packing_again_gives_the_same_windows(self):
        before = np.load(self.work / "pass-00.npy")
        pack.make_pass(0, self.tok, corpus.read(self.books), self.config, self.work, log=lambda *_: None)
        np.testing.assert_array_equal(before, np.load(self.work / "pass-00.npy"))

    def test_muon_makes_every_direction_about_as_long(self):
        s = torch.linalg.svdvals(orthogonalize(torch.randn(1, 48, 32)))
        self.assertTrue(0.6 < s.min() and s.max() < 1.3, s)

    def test_a_resumed_run_ends_where_an_unbroken_one_ends(self):
        whole = self.train(self.work.parent / "whole", "--steps", "6")
        broken = self.train(self.work.parent / "broken", "--steps", "3")
        self.train(broken, "--steps", "6")
        a, b = (torch.load(w / "latest.pt", weights_only=True) for w in (whole, broken))
        self.assertEqual((a["step"], a["tokens"], a["row"]), (b["step"], b["tokens"], b["row"]))
        for name, value in a["model"].items():
            torch.testing.assert_close(value, b["model"][name], rtol=0, atol=0, msg=name)

    def test_a_decay_leaves_the_checkpoint_as_it_was(self):
        work = self.train(self.work.parent / "decay", "--steps", "2")
        before = (work / "latest.pt").read_bytes()
        self.train(work, "--decay-from", "latest", "--decay-steps", "3")
        self.assertEqual((work / "latest.pt").read_bytes(), before)
        self.assertEqual(torch.load(work / "decayed.pt", weights_only=True)["step"], 5)

    def test_a_finished_model_can_be_trained_on_where_its_checkpoint_is_lost(self):
        first = self.train(self.work.parent / "first", "--steps", "4")
        gguf = self.work.parent / "first.gguf"
        model, made = export.of_checkpoint(first / "latest.pt")
        export.write(model, self.tok, gguf, made)
        second = self.train(self.work.parent / "second", "--steps", "5", "--from", str(gguf))
        state = torch.load(second / "latest.pt", weights_only=True)
        self.assertEqual((state["step"], state["warm_from"]), (5, 4))
        self.assertEqual(state["row"], 5 * self.config.batch)
        other = self.work.parent / "other"
        other.mkdir()
        theirs = json.loads(self.tok.to_str())
        ids = theirs["model"]["vocab"]
        ids["a"], ids["b"] = ids["b"], ids["a"]
        (other / "tokenizer.json").write_text(json.dumps(theirs))
        with self.assertRaisesRegex(SystemExit, "another vocabulary"):
            self.train(other, "--steps", "5", "--from", str(gguf))

    def test_the_export_reads_back_and_names_its_special_tokens(self):
        torch.manual_seed(2)
        model = Model(self.config)
        path = self.work.parent / "tiny.gguf"
        export.write(model, self.tok, path, {"steps": 1, "tokens": 2, "seconds": 3})
        fields = gguf.GGUFReader(str(path)).fields
        for key, want in (("eos", 0), ("bos", 0), ("fim_pre", 1), ("fim_mid", 2), ("fim_suf", 3)):
            self.assertEqual(fields[f"tokenizer.ggml.{key}_token_id"].contents(), want)
        self.assertEqual(fields["tokenizer.ggml.pre"].contents(), "gpt-2")
        ids = torch.arange(40).view(1, 40) + 5
        with torch.no_grad():
            again, made = export.read(path)
            a, b = model(ids), again(ids)
        self.assertLess(float((a - b).norm() / a.norm()), 0.02)
        self.assertEqual(made, {"steps": 1, "tokens": 2, "seconds": 3})

    def test_bits_per_byte_of_an_even_guess_is_the_vocabulary(self):
        model = Model(self.config)
        torch.nn.init.zeros_(model.embed.weight)
        held_out, lengths = evaluate.held_out_of(self.work)
        bits, nats = evaluate.bits_per_byte(model, held_out, lengths)["all"]
        self.assertAlmostEqual(nats, float(np.log(self.config.vocab)), places=3)
        self.assertGreater(bits, 1)

    def test_finish_exports_and_fills_in_the_card(self):
        work = self.train(self.work.parent / "finish", "--steps", "2")
        self.train(work, "--decay-from", "latest", "--decay-steps", "2")
        card, out = work / "card.md", work / "m.gguf"
        card.write_text("before\n<!-- figures -->\nSTALE\n<!-- /figures -->\nafter\n")
        with contextlib.redirect_stdout(io.StringIO()):
            for command in ("export", "evaluate"):
                recipe.main([command, "--work", str(work), "--out", str(out), "--card", str(card), "--windows", "2"])
        text = card.read_text()
        self.assertTrue(text.startswith("before") and text.endswith("after\n") and "**all**" in text and "STALE" not in text)

    def test_sizes_stay_within_the_repository(self):
        for name, c in PRESETS.items():
            weights = Model(c).size()
            self.assertLess(weights * 34 / 32, 23.2e6, name)  # Q8_0: 34 bytes for 32 weights; the rest is the vocabulary
            self.assertEqual(c.width % 256 + c.ffn % 256, 0, name)
        self.assertEqual(Config(**PRESETS["gpu"].dict()), PRESETS["gpu"])


if __name__ == "__main__":
    unittest.main()
