"""All sizes, in one place. `cpu` is what two processor cores can train in hours, `gpu` what one GPU can in minutes."""
from dataclasses import asdict, dataclass, replace


@dataclass
class Config:
    # the model (Llama architecture, tied embeddings); widths are multiples of 256 so that K-quants fit as well
    vocab: int = 4096
    width: int = 256
    layers: int = 6
    heads: int = 8
    kv_heads: int = 4
    ffn: int = 768
    context: int = 512
    rope_base: float = 10000.0
    norm_eps: float = 1e-5
    # the data
    fim_share: float = 0.4  # of the windows
    typed_share: float = 0.12  # of the chapters, with straight quotes
    # the training
    batch: int = 8  # windows a step
    micro: int = 4  # windows at once in memory
    muon_lr: float = 0.02
    adam_lr: float = 3e-3
    weight_decay: float = 0.02
    warmup: int = 60  # steps
    dropout: float = 0.0  # on every residual branch, from `regularise_from` passes on
    late_weight_decay: float = 0.1  # from `regularise_from` passes on
    regularise_from: float = 2.0  # passes over the data
    passes: int = 1  # packed ahead

    @property
    def head(self) -> int:
        return self.width // self.heads

    def dict(self):
        return asdict(self)


PRESETS = {
    # 5.8 M parameters
    "cpu": Config(),
    # 20.7 M parameters: 22 MB as Q8_0
    "gpu": Config(vocab=8192, width=512, ffn=1280, context=1024, batch=128, micro=64, muon_lr=0.02, adam_lr=3e-3,
                  warmup=100, dropout=0.1, passes=10),
}


def change(config, settings):
    """`settings` as ["name=value", …], each value read as the type it replaces."""
    pairs = [s.split("=", 1) for s in settings]
    return replace(config, **{k: type(getattr(config, k))(float(v)) for k, v in pairs})
