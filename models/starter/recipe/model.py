"""The network: Llama as llama.cpp runs it. One decoder block is RMSNorm, attention with rotary positions over
grouped key/value heads, RMSNorm, SwiGLU; the output matrix is the embedding.

Rotary positions turn the neighbouring pair (2i, 2i+1) of a head, as in the Llama paper's code and in llama.cpp's
`llama` architecture, so that no weight is permuted on export. (Hugging Face turns (i, i + head/2) instead.)
Shapes: B windows, T tokens, C width, H heads, K key/value heads, D = C / H.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn


class RMSNorm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x):  # [..., C]
        y = x.float()
        return (y * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + self.eps)).type_as(x) * self.weight


def rotate(x, cos, sin):
    """x [B, heads, T, D], cos and sin [T, D/2]."""
    a, b = x.float().unflatten(-1, (-1, 2)).unbind(-1)
    return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2).type_as(x)


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads, self.kv_heads, self.head = c.heads, c.kv_heads, c.head
        self.attn_norm = RMSNorm(c.width, c.norm_eps)
        self.q = nn.Linear(c.width, c.heads * c.head, bias=False)
        self.k = nn.Linear(c.width, c.kv_heads * c.head, bias=False)
        self.v = nn.Linear(c.width, c.kv_heads * c.head, bias=False)
        self.o = nn.Linear(c.heads * c.head, c.width, bias=False)
        self.ffn_norm = RMSNorm(c.width, c.norm_eps)
        self.gate = nn.Linear(c.width, c.ffn, bias=False)
        self.up = nn.Linear(c.width, c.ffn, bias=False)
        self.down = nn.Linear(c.ffn, c.width, bias=False)

    def forward(self, x, cos, sin, dropout):
        B, T, C = x.shape
        h = self.attn_norm(x)
        q = rotate(self.q(h).view(B, T, self.heads, self.head).transpose(1, 2), cos, sin)
        k = rotate(self.k(h).view(B, T, self.kv_heads, self.head).transpose(1, 2), cos, sin)
        v = self.v(h).view(B, T, self.kv_heads, self.head).transpose(1, 2)
        share = self.heads // self.kv_heads
        k, v = k.repeat_interleave(share, 1), v.repeat_interleave(share, 1)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + F.dropout(self.o(y.transpose(1, 2).reshape(B, T, -1)), dropout, dropout > 0)
        h = self.ffn_norm(x)
        return x + F.dropout(self.down(F.silu(self.gate(h)) * self.up(h)), dropout, dropout > 0)


class Model(nn.Module):
    def __init__(self, config):
        super().__init__()
        c = self.config = config
        self.embed = nn.Embedding(c.vocab, c.width)
        self.blocks = nn.ModuleList(Block(c) for _ in range(c.layers))
        self.norm = RMSNorm(c.width, c.norm_eps)
        self.dropout = 0.0  # set by the training loop; evaluation runs at 0
        turns = c.rope_base ** (-torch.arange(0, c.head, 2).float() / c.head)
        angle = torch.arange(c.context + 1).float()[:, None] * turns
        self.register_buffer("cos", angle.cos(), persistent=False)
        self.register_buffer("sin", angle.sin(), persistent=False)
        for name, p in self.named_parameters():
            if name == "embed.weight":
                nn.init.normal_(p, std=0.02)
            elif p.ndim == 2:  # the branches begin small, so that a deep stack begins as the identity
                scale = 1 / math.sqrt(2 * c.layers) if name.endswith(("o.weight", "down.weight")) else 1.0
                nn.init.normal_(p, std=scale * p.shape[1] ** -0.5 * 0.7)

    def hidden(self, ids):
        """ids int64 [B, T] -> [B, T, C], normed."""
        T = ids.shape[1]
        x = self.embed(ids)
        for block in self.blocks:
            x = block(x, self.cos[:T], self.sin[:T], self.dropout if self.training else 0.0)
        return self.norm(x)

    def forward(self, ids):
        """Logits f32 [B, T, vocab]."""
        return F.linear(self.hidden(ids), self.embed.weight).float()

    def loss(self, windows, reduction="mean"):
        """Next-token loss in nats over windows [B, T + 1]: a scalar, or [B·T] with reduction="none"."""
        logits = self(windows[:, :-1])
        return F.cross_entropy(logits.flatten(0, 1), windows[:, 1:].reshape(-1), reduction=reduction)

    def size(self):
        return sum(p.numel() for p in self.parameters())

    def flops_per_token(self):
        """Training cost: 6 per weight and token, and the attention over half a window on average."""
        c = self.config
        return 6 * self.size() + 6 * c.layers * c.context * c.heads * c.head
