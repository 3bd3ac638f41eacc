"""The starter model from a folder of books to a GGUF, in one command.

    recipe.py all --corpus FOLDER [--minutes 120]     pack, train, finish
    recipe.py pack --corpus FOLDER [--preset gpu]     tokenizer and training windows
    recipe.py train [--minutes 120] [--from GGUF]     go on from the latest checkpoint, or begin (with these weights)
    recipe.py stop                                    the running training saves and ends
    recipe.py finish [--minutes 12]                   decay the latest checkpoint, export, evaluate, rewrite the card
    recipe.py export | evaluate                       one step of these

`finish` works on a copy of the latest checkpoint: a training that runs goes on, and can be finished again later.
"""
import argparse
import math
import os
import pathlib
import signal
import time

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: threads that wait leave the cores to others

HERE = pathlib.Path(__file__).resolve().parent
CARD, MODEL = HERE.parent / "MODEL_CARD.md", HERE.parent / "foolscap-starter.gguf"


def stop(work):
    """SIGTERM to the training of this folder, and wait until it has saved."""
    import fcntl

    lock = open(work / "train.lock", "a+")
    lock.seek(0)
    for waited in range(120):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return print("no training runs" if waited == 0 else "stopped and saved")
        except OSError:
            if waited == 0:
                os.kill(int(lock.read()), signal.SIGTERM)
            time.sleep(1)
    print("it has the signal; it saves at the end of its step")


def main(argv=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("command", choices=["all", "pack", "train", "stop", "finish", "export", "evaluate"])
    p.add_argument("--corpus", help="a folder with *.jsonl.xz, *.jsonl or *.txt (README.md says in which form)")
    p.add_argument("--work", default=str(HERE / "work"), help="packed data, checkpoints, logs (default: %(default)s)")
    p.add_argument("--preset", default="cpu")
    p.add_argument("--minutes", type=float, help="of training, or of the decay with `finish`")
    p.add_argument("--from", dest="gguf", help="begin a training with the weights of a finished model")
    p.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="change a value of config.py")
    p.add_argument("--windows", type=int, default=60, help="of each held-out book for the figures; 0: all")
    p.add_argument("--out", default=str(MODEL))
    p.add_argument("--card", default=str(CARD))
    a = p.parse_args(argv)
    work = pathlib.Path(a.work)
    if a.command in ("all", "pack") and not a.corpus:
        p.error("name the corpus with --corpus FOLDER")
    if a.command == "stop":
        return stop(work)

    import evaluate
    import export
    import pack
    import train
    from config import PRESETS, change

    if a.command in ("all", "pack"):
        config = change(PRESETS[a.preset], a.set)
        pack.prepare(a.corpus, work, config, config.passes)
    if a.command in ("all", "train"):
        minutes = a.minutes or math.inf
        if a.command == "all" and not a.minutes:
            minutes = 120
        train.main(["--work", a.work, "--preset", a.preset, "--minutes", str(minutes), "--set", *a.set,
                    *(["--corpus", a.corpus] if a.corpus else []), *(["--from", a.gguf] if a.gguf else [])])
    if a.command in ("all", "finish"):
        decay = a.minutes if a.command == "finish" and a.minutes else max(2, 0.12 * (a.minutes or 100))
        train.main(["--work", a.work, "--decay-from", "latest", "--minutes", str(decay)])
    if a.command in ("all", "finish", "export"):
        decayed = ["--checkpoint", str(work / "decayed.pt")] if a.command != "export" else []
        export.main(["--work", a.work, "--out", a.out, *decayed])
    if a.command in ("all", "finish", "evaluate"):
        evaluate.main(["--work", a.work, "--gguf", a.out, "--windows", str(a.windows), "--card", a.card])


if __name__ == "__main__":
    main()
