"""The training loop: constant learning rate until it is stopped, a short decay from any checkpoint when it is wanted.

    train.py --work FOLDER --minutes 120              go on from the latest checkpoint, or begin
    train.py --work FOLDER --from MODEL.gguf          begin with the weights of a finished model
    train.py --work FOLDER --decay-from latest --minutes 10 (or --decay-steps 200)
                                                      write decayed.pt beside it; latest.pt stays as it is

Schedule: warm-up, constant, decay (WSD; Hu et al. 2024, MiniCPM; the decay's form 1 - sqrt from Hägele et al. 2024).
So hours can be added in any number of sessions. A checkpoint holds weights, optimizers, random state and the place in
the data, is written beside and renamed into place every few minutes, and on SIGTERM and SIGINT.
"""
import argparse
import ctypes
import fcntl
import json
import math
import os
import pathlib
import signal
import time
from contextlib import nullcontext

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: threads that wait leave the cores to others

import numpy as np
import torch

import export
import pack
import tokenizer
from config import PRESETS, Config, change
from evaluate import held_out_quick
from model import Model
from muon import optimizers


class Data:
    """Batches in the order of the pass files; the place (pass, row) is all the state there is."""

    def __init__(self, work, device, more=None):
        self.work, self.device, self.more = pathlib.Path(work), device, more
        self.at_pass, self.at_row, self.rows = 0, 0, None

    def open(self):
        files = sorted(self.work.glob("pass-*.npy"))
        if not files:
            raise SystemExit(f"no pass-*.npy in {self.work}: run `recipe.py pack` first")
        wanted = self.work / f"pass-{self.at_pass:02d}.npy"
        if not wanted.exists() and self.more:
            self.more(self.at_pass)
        if not wanted.exists():  # read what is there again
            wanted = files[self.at_pass % len(files)]
        rows = np.load(wanted, mmap_mode="r")
        self.rows = torch.from_numpy(np.array(rows, dtype=np.int16)).to(self.device) if self.device == "cuda" else rows

    def batch(self, n):
        """n windows, int64 [n, context + 1]."""
        if self.rows is None:
            self.open()
        if self.at_row + n > len(self.rows):
            if n > len(self.rows):
                raise SystemExit(f"the pass has {len(self.rows)} windows, fewer than a batch of {n}")
            self.at_pass, self.at_row = self.at_pass + 1, 0
            self.open()
        rows = self.rows[self.at_row : self.at_row + n]
        self.at_row += n
        if self.device == "cuda":  # ids lie as int16 there: fewer than 32,768 of them
            return rows.long()
        return torch.from_numpy(rows.astype(np.int64))


class Run:
    """Model, optimizers, data place and counters: what a checkpoint holds."""

    def __init__(self, work, config, device, more=None):
        torch.manual_seed(1)
        self.work, self.config, self.device = pathlib.Path(work), config, device
        self.model = Model(config).to(device)
        self.opts = optimizers(self.model, config)
        self.data = Data(work, device, more)
        self.step, self.tokens, self.seconds = 0, 0, 0.0
        self.warm_from = 0  # the step at which the optimizers knew nothing

    def state(self):
        return {
            "config": self.config.dict(), "model": self.model.state_dict(), "opts": [o.state_dict() for o in self.opts],
            "step": self.step, "tokens": self.tokens, "seconds": self.seconds, "warm_from": self.warm_from,
            "pass": self.data.at_pass, "row": self.data.at_row, "rng": torch.get_rng_state(),
            "cuda_rng": torch.cuda.get_rng_state() if self.device == "cuda" else None,
        }

    def save(self, name):
        part = self.work / f".{name}.part"
        with open(part, "wb") as f:
            torch.save(self.state(), f)
            f.flush()
            os.fsync(f.fileno())
        os.replace(part, self.work / name)

    def load(self, path):
        s = torch.load(path, map_location=self.device, weights_only=True)
        self.model.load_state_dict(s["model"])
        for opt, state in zip(self.opts, s["opts"]):
            peaks = [group["peak"] for group in opt.param_groups]  # the configuration's, not the checkpoint's
            opt.load_state_dict(state)
            for group, peak in zip(opt.param_groups, peaks):
                group["peak"] = peak
        self.step, self.tokens, self.seconds = s["step"], s["tokens"], s["seconds"]
        self.warm_from = s.get("warm_from", 0)
        self.data.at_pass, self.data.at_row = s["pass"], s["row"]
        torch.set_rng_state(s["rng"].cpu())
        if self.device == "cuda" and s["cuda_rng"] is not None:
            torch.cuda.set_rng_state(s["cuda_rng"].cpu())

    def begin_with(self, model, made):
        """Weights and counters of a finished model (export.read). Its optimizers are lost: they warm up again, and
        the data goes on after what it has seen, as far as the batches were of the same size."""
        self.model.load_state_dict(model.state_dict())
        self.step, self.tokens, self.seconds = (made.get(k, 0) for k in ("steps", "tokens", "seconds"))
        self.warm_from = self.step
        self.data.open()
        self.data.at_pass, self.data.at_row = divmod(self.tokens // self.config.context, len(self.data.rows))
        self.data.rows = None

    def log(self, **row):
        row = {"step": self.step, "tokens": self.tokens, "seconds": round(self.seconds), **row}
        with open(self.work / "log.jsonl", "a") as f:
            f.write(json.dumps(row) + "\n")
        print(json.dumps(row), flush=True)

    def set_rates(self, factor):
        """lr of every group to `factor` of its peak; more decay and dropout once the data has been read twice."""
        late = self.data.at_pass >= self.config.regularise_from
        self.model.dropout = self.config.dropout if late else 0.0
        for opt in self.opts:
            for group in opt.param_groups:
                group["lr"] = group["peak"] * factor
                if group["weight_decay"]:
                    group["weight_decay"] = self.config.late_weight_decay if late else self.config.weight_decay

    def one_step(self, loss_of):
        c, total = self.config, 0.0
        micro = min(c.micro, c.batch)
        batch = self.data.batch(c.batch)
        auto = torch.autocast("cuda", torch.bfloat16) if self.device == "cuda" else nullcontext()
        for at in range(0, c.batch, micro):
            with auto:
                loss = loss_of(batch[at : at + micro]) * (micro / c.batch)
            loss.backward()
            total += loss.detach()
        torch.nn.utils.clip_grad_norm_(self.model.embed.weight, 1.0)  # Muon's part has no scale to clip
        for opt in self.opts:
            opt.step()
            opt.zero_grad(set_to_none=True)
        self.step += 1
        self.tokens += c.batch * c.context
        return total


def keep_memory():
    """On Linux: give freed blocks back to the process, not to the system. Activations are tens of megabytes each and
    would be mapped and cleared anew at every step; keeping them saves a tenth of the step on two cores."""
    try:
        libc = ctypes.CDLL("libc.so.6")
        for name, value in ((-1, 2**31 - 1), (-2, 1 << 26), (-3, 2**31 - 1)):  # TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD
            libc.mallopt(name, value)
    except (OSError, AttributeError):
        pass


def only_one(work):
    """Hold the folder's lock for as long as this process lives; its number stands in the file, for `recipe.py stop`."""
    lock = open(work / "train.lock", "a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise SystemExit(f"a training run already uses {work}: `recipe.py stop` ends it after its step")
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def load_config(path):
    saved = torch.load(path, map_location="cpu", weights_only=True)["config"]
    return Config(**saved)


def main(argv=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", default="work", help="folder of the packed data, checkpoints and log.jsonl")
    p.add_argument("--preset", default="cpu", choices=PRESETS)
    p.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="change a value of config.py")
    p.add_argument("--minutes", type=float, default=math.inf, help="stop after so long")
    p.add_argument("--steps", type=int, default=0, help="stop at this step")
    p.add_argument("--decay-from", help="latest, or a checkpoint file")
    p.add_argument("--decay-steps", type=int, default=0)
    p.add_argument("--from", dest="gguf", help="a finished model to begin with when the folder has no checkpoint")
    p.add_argument("--checkpoint-minutes", type=float, default=3)
    p.add_argument("--eval-minutes", type=float, default=12)
    p.add_argument("--threads", type=int, default=0)
    p.add_argument("--no-compile", action="store_true")
    p.add_argument("--corpus", help="to pack a further pass when the packed ones are read")
    a = p.parse_args(argv)

    keep_memory()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if a.threads:
        torch.set_num_threads(a.threads)
    torch.set_float32_matmul_precision("high")
    work = pathlib.Path(a.work)
    latest = work / "latest.pt"
    source = latest if a.decay_from in (None, "latest") else pathlib.Path(a.decay_from)
    if a.decay_from and not source.exists():
        raise SystemExit(f"no checkpoint {source} to decay from")
    if a.decay_from and not (a.decay_steps or a.minutes < math.inf):
        raise SystemExit("a decay needs --decay-steps or --minutes")
    warm = None
    if a.gguf and not source.exists():
        packed = tokenizer.tokens(tokenizer.load(work / "tokenizer.json"))
        if export.tokens(a.gguf)[: len(packed)] != packed:
            raise SystemExit(f"{a.gguf} was trained with another vocabulary than {work} was packed with")
        warm = export.read(a.gguf)
    config = load_config(source) if source.exists() else warm[0].config if warm else PRESETS[a.preset]
    config = change(config, a.set)
    more = (lambda n: pack.prepare(a.corpus, work, config, n + 1)) if a.corpus else None
    run = Run(work, config, device, more)
    if source.exists():
        run.load(source)
    elif warm:
        run.begin_with(*warm)
    lock = None if a.decay_from else only_one(work)
    name = "decayed.pt" if a.decay_from else "latest.pt"
    loss_of = run.model.loss if a.no_compile else torch.compile(run.model.loss, dynamic=False)

    run.data.open()
    pass_tokens = len(run.data.rows) * config.context
    print(f"{run.model.size():,} parameters on {device}, {torch.get_num_threads()} threads; step {run.step}; "
          f"{pass_tokens:,} tokens a pass, {run.model.flops_per_token() / 1e6:.0f} MFLOP a token", flush=True)
    stop = []
    for s in (signal.SIGTERM, signal.SIGINT):
        signal.signal(s, lambda *_: stop.append(1))

    run.model.train()
    began = saved = logged = evaluated = time.time()
    first, since, losses = run.step, run.tokens, []
    while not stop:
        spent = (time.time() - began) / 60
        if a.decay_from:
            done = (run.step - first) / a.decay_steps if a.decay_steps else spent / a.minutes
            if done >= 1:
                break
            run.set_rates(1 - math.sqrt(done))
        else:
            if spent >= a.minutes or (a.steps and run.step >= a.steps):
                break
            run.set_rates(min(1.0, (run.step - run.warm_from + 1) / config.warmup))
        t = time.time()
        losses.append(run.one_step(loss_of))
        run.seconds += time.time() - t
        if run.step - first == 1:  # compiled by now: what follows is worth timing
            began_speed, since = time.time(), run.tokens
            began = began_speed if a.decay_from else began
        if run.step - first == 5 and not a.decay_from:
            speed = (run.tokens - since) / (time.time() - began_speed)
            print(f"about {speed:,.0f} tokens a second now: a pass takes {pass_tokens / speed / 3600:.1f} hours", flush=True)
        now = time.time()
        if now - logged > 30 or len(losses) >= 50:
            run.log(loss=round(float(sum(losses) / len(losses)), 4),
                    tok_s=round(len(losses) * config.batch * config.context / (now - logged)),
                    phase="decay" if a.decay_from else "constant")
            losses, logged = [], now
        if now - saved > a.checkpoint_minutes * 60:
            run.save(name if not a.decay_from else "decaying.pt")
            saved = time.time()
        if now - evaluated > a.eval_minutes * 60:
            run.log(held_out_bpb=round(held_out_quick(run.model, work), 4))
            evaluated = logged = time.time()
    run.save(name)
    (work / "decaying.pt").unlink(missing_ok=True)
    run.log(held_out_bpb=round(held_out_quick(run.model, work), 4), phase="decayed" if a.decay_from else "stopped")
    if lock:
        lock.close()


if __name__ == "__main__":
    main()
