"""Muon for the matrices inside the blocks, AdamW for the embedding and the norms.

Muon (Jordan et al. 2024, "Muon: an optimizer for hidden layers"): the momentum of a matrix is replaced by the nearest
orthogonal one, found with five Newton-Schulz steps, so that every direction moves at the same rate. Matrices of one
shape are handled as a stack: on a GPU that is one launch, on a CPU one larger product.
"""
import torch


def orthogonalize(g, steps=5):
    """g [n, rows, cols] -> the same with all singular values near 1 (quintic Newton-Schulz, Jordan's coefficients)."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.bfloat16() if g.is_cuda else g.float()
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        s = x @ x.mT
        x = a * x + (b * s + c * (s @ s)) @ x
    return (x.mT if tall else x).type_as(g)


class Muon(torch.optim.Optimizer):
    """lr: the step in units of sqrt(rows / cols) or 1, whichever is larger; weight decay is decoupled."""

    def __init__(self, params, lr=0.02, momentum=0.95, weight_decay=0.0):
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            shapes = {}
            for p in group["params"]:
                if p.grad is not None:
                    shapes.setdefault(p.shape, []).append(p)
            for shape, params in shapes.items():
                m = group["momentum"]
                for p in params:
                    state = self.state[p]
                    if "momentum" not in state:
                        state["momentum"] = torch.zeros_like(p)
                    state["momentum"].lerp_(p.grad, 1 - m)
                nesterov = torch.stack([p.grad.lerp(self.state[p]["momentum"], m) for p in params])
                update = orthogonalize(nesterov) * max(1.0, shape[0] / shape[1]) ** 0.5
                for p, u in zip(params, update):
                    p.mul_(1 - group["lr"] * group["weight_decay"])
                    p.add_(u, alpha=-group["lr"])


def optimizers(model, config):
    """[Muon over the blocks' matrices, AdamW over the rest]; each group carries its `peak` lr."""
    matrices = [p for p in model.blocks.parameters() if p.ndim == 2]
    norms = [p for p in model.parameters() if p.ndim == 1]
    muon = Muon(matrices, lr=config.muon_lr, weight_decay=config.weight_decay)
    adam = torch.optim.AdamW(
        [{"params": [model.embed.weight], "weight_decay": config.weight_decay}, {"params": norms, "weight_decay": 0.0}],
        lr=config.adam_lr, betas=(0.9, 0.95), eps=1e-8)
    for opt in (muon, adam):
        for group in opt.param_groups:
            group["peak"] = group["lr"]
    return [muon, adam]
