//! Keys and values of what was read, as a tree of sequences. A fork shares what is before it and costs
//! nothing; truncating gives up the end. Each node of the tree holds a stretch of tokens; a sequence is a
//! path from the root, and writes only to its last node, which is its own.

use candle_core::{DType, Device, Tensor};

use crate::arch::Config;
use crate::error::{Error, Result};

/// What keys and values are kept as: half the memory, and what llama.cpp keeps them as.
const DTYPE: DType = DType::F16;

/// Names a sequence of a [`Cache`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SequenceId(usize);

/// The tree.
pub struct Cache {
    shape: Shape,
    nodes: Vec<Option<Node>>,
    sequences: Vec<Option<Sequence>>,
}

#[derive(Clone)]
struct Shape {
    layers: usize,
    kv_heads: usize,
    head_dim: usize,
    value_dim: usize,
    /// More tokens than this are never held in a stretch.
    context: usize,
    device: Device,
}

struct Sequence {
    node: usize,
    len: usize,
}

/// A stretch of tokens. It sees `start` tokens of its parent's path and holds those from there on.
struct Node {
    parent: Option<usize>,
    start: usize,
    tokens: Vec<u32>,
    layers: Vec<Layer>,
    /// Nodes and sequences that rest on this one.
    users: usize,
}

/// Keys `[kv_heads, capacity, head_dim]` and values `[kv_heads, capacity, value_dim]` of one layer.
struct Layer {
    keys: Tensor,
    values: Tensor,
}

/// A visible stretch of one layer: keys `[kv_heads, n, head_dim]`, values `[kv_heads, n, value_dim]`.
pub(crate) struct Segment {
    pub keys: Tensor,
    pub values: Tensor,
}

impl Cache {
    /// An empty cache for a model.
    pub fn new(config: &Config, device: &Device) -> Self {
        let shape = Shape {
            layers: config.layers,
            kv_heads: config.kv_heads,
            head_dim: config.head_dim,
            value_dim: config.value_dim,
            context: config.context,
            device: device.clone(),
        };
        Self { shape, nodes: Vec::new(), sequences: Vec::new() }
    }

    /// A new, empty sequence.
    pub fn start(&mut self) -> SequenceId {
        let node = insert(&mut self.nodes, Node::new(None, 0));
        self.sequence_on(node, 0)
    }

    /// A sequence that begins with all of this one, and shares it.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is no such sequence.
    pub fn fork(&mut self, of: SequenceId) -> Result<SequenceId> {
        let (parent, len) = self.place(of)?;
        let node = self.child(parent, len);
        Ok(self.sequence_on(node, len))
    }

    /// Keeps the first `len` tokens of a sequence. Others that share the rest keep it.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is no such sequence or it is shorter.
    pub fn truncate(&mut self, id: SequenceId, len: usize) -> Result<()> {
        let (mut node, have) = self.place(id)?;
        if len > have {
            return Err(Error::Invalid(format!("a sequence of {have} tokens cannot be cut to {len}")));
        }
        if len == have {
            return Ok(());
        }
        let left = node;
        while len < self.node(node)?.start {
            node = self.node(node)?.parent.unwrap_or(node);
        }
        if node == left && self.node(node)?.users == 1 {
            let inner = self.node_mut(node)?;
            inner.tokens.truncate(len - inner.start);
        } else {
            // Somebody else rests on what is given up, so this sequence writes on in a stretch of its own.
            node = self.child(node, len);
            self.node_mut(node)?.users += 1;
            self.release(left);
        }
        self.sequences[id.0] = Some(Sequence { node, len });
        Ok(())
    }

    /// Gives a sequence up, with what only it used.
    pub fn free(&mut self, id: SequenceId) {
        if let Some(sequence) = self.sequences.get_mut(id.0).and_then(Option::take) {
            self.release(sequence.node);
        }
    }

    /// Tokens of a sequence; 0 when there is no such sequence.
    pub fn len(&self, id: SequenceId) -> usize {
        self.sequences.get(id.0).and_then(Option::as_ref).map_or(0, |s| s.len)
    }

    /// Whether a sequence has no token.
    pub fn is_empty(&self, id: SequenceId) -> bool {
        self.len(id) == 0
    }

    /// The tokens of a sequence, first to last.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is no such sequence.
    pub fn tokens(&self, id: SequenceId) -> Result<Vec<u32>> {
        let mut out = Vec::new();
        for (node, visible) in self.path(id)? {
            out.extend_from_slice(&self.node(node)?.tokens[..visible]);
        }
        Ok(out)
    }

    /// Bytes of keys and values that are held.
    pub fn bytes(&self) -> usize {
        let of = |t: &Tensor| t.elem_count() * t.dtype().size_in_bytes();
        self.nodes.iter().flatten().flat_map(|n| &n.layers).map(|l| of(&l.keys) + of(&l.values)).sum()
    }

    /// Makes room for `tokens` at the end of a sequence, which then has them; keys and values are put by
    /// [`Cache::put`], layer by layer.
    pub(crate) fn extend(&mut self, id: SequenceId, tokens: &[u32]) -> Result<()> {
        let (node, len) = self.place(id)?;
        let shape = self.shape.clone();
        let inner = self.node_mut(node)?;
        let used = inner.tokens.len();
        inner.reserve(&shape, used + tokens.len())?;
        inner.tokens.extend_from_slice(tokens);
        self.sequences[id.0] = Some(Sequence { node, len: len + tokens.len() });
        Ok(())
    }

    /// Puts keys `[kv_heads, n, head_dim]` and values `[kv_heads, n, value_dim]` of the last `n` tokens.
    pub(crate) fn put(&mut self, id: SequenceId, layer: usize, keys: &Tensor, values: &Tensor) -> Result<()> {
        let (node, _) = self.place(id)?;
        let inner = self.node_mut(node)?;
        let n = keys.dim(1)?;
        let at = inner
            .tokens
            .len()
            .checked_sub(n)
            .ok_or_else(|| Error::Invalid("more keys than tokens".into()))?;
        let narrow = |t: &Tensor| t.to_dtype(DTYPE)?.contiguous();
        inner.layers[layer].keys.slice_set(&narrow(keys)?, 1, at)?;
        inner.layers[layer].values.slice_set(&narrow(values)?, 1, at)?;
        Ok(())
    }

    /// What a sequence sees in a layer, in order.
    pub(crate) fn segments(&self, id: SequenceId, layer: usize) -> Result<Vec<Segment>> {
        let mut out = Vec::new();
        for (node, visible) in self.path(id)? {
            if visible > 0 {
                let layer = &self.node(node)?.layers[layer];
                out.push(Segment {
                    keys: layer.keys.narrow(1, 0, visible)?,
                    values: layer.values.narrow(1, 0, visible)?,
                });
            }
        }
        Ok(out)
    }

    /// Nodes from the root to the sequence's own, each with how many of its tokens are seen.
    fn path(&self, id: SequenceId) -> Result<Vec<(usize, usize)>> {
        let (mut node, mut end) = self.place(id)?;
        let mut out = Vec::new();
        loop {
            let inner = self.node(node)?;
            out.push((node, end - inner.start));
            end = inner.start;
            match inner.parent {
                Some(parent) => node = parent,
                None => break,
            }
        }
        out.reverse();
        Ok(out)
    }

    fn place(&self, id: SequenceId) -> Result<(usize, usize)> {
        let sequence = self.sequences.get(id.0).and_then(Option::as_ref);
        sequence
            .map(|s| (s.node, s.len))
            .ok_or_else(|| Error::Invalid(format!("there is no sequence {}", id.0)))
    }

    fn node(&self, at: usize) -> Result<&Node> {
        self.nodes[at].as_ref().ok_or_else(|| Error::Invalid("a sequence rests on nothing".into()))
    }

    fn node_mut(&mut self, at: usize) -> Result<&mut Node> {
        self.nodes[at].as_mut().ok_or_else(|| Error::Invalid("a sequence rests on nothing".into()))
    }

    /// A new stretch after the first `start` tokens of `parent`'s path, which nobody uses yet. A parent that
    /// adds nothing to what is seen is passed over, so paths stay short.
    fn child(&mut self, mut parent: usize, start: usize) -> usize {
        while let Some(Some(Node { parent: Some(above), start: s, .. })) = self.nodes.get(parent) {
            if *s < start {
                break;
            }
            parent = *above;
        }
        if let Some(Some(node)) = self.nodes.get_mut(parent) {
            node.users += 1;
        }
        insert(&mut self.nodes, Node::new(Some(parent), start))
    }

    fn sequence_on(&mut self, node: usize, len: usize) -> SequenceId {
        let id = SequenceId(insert(&mut self.sequences, Sequence { node, len }));
        if let Some(Some(inner)) = self.nodes.get_mut(node) {
            inner.users += 1;
        }
        id
    }

    /// Takes one user away, and all nodes that then have none.
    fn release(&mut self, mut at: usize) {
        while let Some(Some(node)) = self.nodes.get_mut(at) {
            node.users -= 1;
            if node.users > 0 {
                return;
            }
            let parent = node.parent;
            self.nodes[at] = None;
            match parent {
                Some(above) => at = above,
                None => return,
            }
        }
    }
}

impl Node {
    fn new(parent: Option<usize>, start: usize) -> Self {
        Self { parent, start, tokens: Vec::new(), layers: Vec::new(), users: 0 }
    }

    /// Grows by doubling, so that adding tokens one by one copies each a bounded number of times.
    fn reserve(&mut self, shape: &Shape, len: usize) -> Result<()> {
        let have = self.layers.first().map_or(Ok(0), |l| l.keys.dim(1))?;
        if len <= have && !self.layers.is_empty() {
            return Ok(());
        }
        let capacity = (have * 2).max(32).min(shape.context).max(len);
        let used = self.tokens.len();
        let grow = |old: Option<&Tensor>, dim: usize| -> Result<Tensor> {
            let new = Tensor::zeros((shape.kv_heads, capacity, dim), DTYPE, &shape.device)?;
            if let Some(old) = old.filter(|_| used > 0) {
                new.slice_set(&old.narrow(1, 0, used)?.contiguous()?, 1, 0)?;
            }
            Ok(new)
        };
        // One layer after the other, so that never more than one is held twice.
        for i in 0..shape.layers {
            let old = self.layers.get(i);
            let layer = Layer {
                keys: grow(old.map(|l| &l.keys), shape.head_dim)?,
                values: grow(old.map(|l| &l.values), shape.value_dim)?,
            };
            match self.layers.get_mut(i) {
                Some(old) => *old = layer,
                None => self.layers.push(layer),
            }
        }
        Ok(())
    }
}

/// Puts a value into the first free place.
fn insert<T>(slots: &mut Vec<Option<T>>, value: T) -> usize {
    if let Some(free) = slots.iter().position(Option::is_none) {
        slots[free] = Some(value);
        return free;
    }
    slots.push(Some(value));
    slots.len() - 1
}

#[cfg(test)]
mod tests;
