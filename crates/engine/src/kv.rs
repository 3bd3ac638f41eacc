//! Keys and values of what was read, as a tree of sequences. A fork shares what is before it and costs
//! nothing; truncating gives up the end. Each node of the tree holds a stretch of tokens; a sequence is a
//! path from the root, and writes only to its last node, which is its own.
//!
//! Recurrent layers keep a state in place of keys and values, which cannot be cut back: nodes hold copies of it
//! as it was at some lengths, and truncating goes back to the nearest of them.

mod file;

use candle_core::Tensor;

use crate::arch::{Config, Mixer};
use crate::error::{Error, Result};
use crate::kernels::{Backend, Heads, KeyValues, Segment};
use crate::kv_type::KvType;
use crate::placement::Placement;

/// Names a sequence of a [`Cache`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SequenceId(usize);

/// The tree.
pub struct Cache {
    shape: Shape,
    nodes: Vec<Option<Node>>,
    sequences: Vec<Option<Sequence>>,
}

struct Shape {
    /// What each layer keeps for a token; none for a layer without keys of its own.
    heads: Vec<Option<Heads>>,
    /// The shapes of each layer's state; none for a layer without one.
    states: Vec<Vec<Vec<usize>>>,
    /// Who computes with each layer's.
    backends: Vec<Backend>,
    kind: KvType,
}

impl Shape {
    /// Whether a layer keeps a state that cannot be cut back, but only taken from an earlier copy.
    fn is_recurrent(&self) -> bool {
        self.states.iter().any(|shapes| !shapes.is_empty())
    }
}

/// What a recurrent layer has made of the past: its tensors, whichever it needs.
pub(crate) type State = Vec<Tensor>;

/// The states of all layers after the first `at` tokens of a sequence.
#[derive(Clone)]
struct Snapshot {
    at: usize,
    layers: Vec<Option<State>>,
}

/// Copies of states that a node keeps, besides the one it begins with.
const SNAPSHOTS: usize = 6;

struct Sequence {
    node: usize,
    len: usize,
}

/// A stretch of tokens. It sees `start` tokens of its parent's path and holds those from there on.
struct Node {
    parent: Option<usize>,
    start: usize,
    tokens: Vec<u32>,
    /// Keys and values of each layer that keeps them.
    layers: Vec<Option<KeyValues>>,
    /// By growing `at`; the first is at `start` unless that is 0.
    snapshots: Vec<Snapshot>,
    /// Nodes and sequences that rest on this one.
    users: usize,
}

impl Cache {
    /// An empty cache for a model ([`crate::Decoder::cache`]).
    pub(crate) fn new(config: &Config, placement: &Placement, kind: KvType) -> Self {
        let heads = |mixer: &Mixer| match mixer {
            Mixer::Attention(a) if a.keys_of.is_none() => {
                Some(Heads { kv_heads: a.kv_heads, head_dim: a.head_dim, value_dim: a.value_dim })
            }
            _ => None,
        };
        let states = |mixer: &Mixer| match mixer {
            Mixer::Attention(_) => Vec::new(),
            Mixer::DeltaNet(net) => {
                vec![vec![net.kernel - 1, net.channels()], vec![net.value_heads, net.head_dim, net.head_dim]]
            }
            Mixer::ShortConv(conv) => vec![vec![conv.kernel - 1, config.width]],
        };
        Self::of_shape(Shape {
            states: config.layers.iter().map(|l| states(&l.mixer)).collect(),
            heads: config.layers.iter().map(|l| heads(&l.mixer)).collect(),
            backends: (0..config.layers.len()).map(|i| placement.of(i).clone()).collect(),
            kind,
        })
    }

    fn of_shape(shape: Shape) -> Self {
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

    /// Keeps the first `len` tokens of a sequence, or fewer where layers with a state have no copy of it from
    /// there; gives how many. Others that share the rest keep it.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is no such sequence or it is shorter.
    pub fn truncate(&mut self, id: SequenceId, len: usize) -> Result<usize> {
        let (mut node, have) = self.place(id)?;
        if len > have {
            return Err(Error::Invalid(format!("a sequence of {have} tokens cannot be cut to {len}")));
        }
        let len = if self.shape.is_recurrent() { self.last_snapshot(id, len)? } else { len };
        if len == have {
            return Ok(len);
        }
        let left = node;
        while len < self.node(node)?.start {
            node = self.node(node)?.parent.unwrap_or(node);
        }
        if node == left && self.node(node)?.users == 1 {
            let inner = self.node_mut(node)?;
            inner.tokens.truncate(len - inner.start);
            inner.snapshots.retain(|s| s.at <= len);
        } else {
            // Somebody else rests on what is given up, so this sequence writes on in a stretch of its own.
            node = self.child(node, len);
            self.node_mut(node)?.users += 1;
            self.release(left);
        }
        self.sequences[id.0] = Some(Sequence { node, len });
        Ok(len)
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

    /// How many tokens a sequence and a text have in common from their beginnings.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is no such sequence.
    pub fn shared(&self, id: SequenceId, text: &[u32]) -> Result<usize> {
        let mut shared = 0;
        for (node, visible) in self.path(id)? {
            let tokens = &self.node(node)?.tokens[..visible];
            let same = tokens.iter().zip(&text[shared..]).take_while(|(a, b)| a == b).count();
            shared += same;
            if same < visible {
                break;
            }
        }
        Ok(shared)
    }

    /// Bytes of keys and values that are held.
    pub fn bytes(&self) -> usize {
        let of = |t: &Tensor| t.elem_count() * t.dtype().size_in_bytes();
        let keys = |n: &Node| n.layers.iter().flatten().map(KeyValues::bytes).sum::<usize>();
        let states =
            |n: &Node| n.snapshots.iter().flat_map(|s| &s.layers).flatten().flatten().map(of).sum::<usize>();
        self.nodes.iter().flatten().map(|n| keys(n) + states(n)).sum()
    }

    /// Bytes of states that a sequence may hold at most.
    pub fn state_bytes(&self) -> usize {
        let numbers: usize =
            self.shape.states.iter().flatten().map(|shape| shape.iter().product::<usize>()).sum();
        (SNAPSHOTS + 2) * numbers * size_of::<f32>()
    }

    /// Puts `tokens` at the end of a sequence, which then has them; keys and values are put by
    /// [`Cache::put`], layer by layer.
    pub(crate) fn extend(&mut self, id: SequenceId, tokens: &[u32]) -> Result<()> {
        let (node, len) = self.place(id)?;
        let shape = &self.shape;
        let inner = self.nodes[node].as_mut().ok_or_else(on_nothing)?;
        if inner.layers.is_empty() {
            for (heads, backend) in shape.heads.iter().zip(&shape.backends) {
                let layer = heads.map(|h| KeyValues::new(h, inner.start, backend, shape.kind)).transpose()?;
                inner.layers.push(layer);
            }
        }
        inner.tokens.extend_from_slice(tokens);
        if shape.is_recurrent() && !tokens.is_empty() {
            let layers = vec![None; shape.heads.len()];
            inner.snapshots.push(Snapshot { at: len + tokens.len(), layers });
            inner.thin_out();
        }
        self.sequences[id.0] = Some(Sequence { node, len: len + tokens.len() });
        Ok(())
    }

    /// Puts keys `[n, kv_heads · head_dim]` and values `[n, kv_heads · value_dim]` of the last `n` tokens.
    pub(crate) fn put(&mut self, id: SequenceId, layer: usize, keys: &Tensor, values: &Tensor) -> Result<()> {
        let (node, len) = self.place(id)?;
        let held = self.node_mut(node)?.layers.get_mut(layer).and_then(Option::as_mut);
        let held = held.ok_or_else(|| Error::Invalid(format!("layer {layer} keeps no keys")))?;
        let at = len.checked_sub(keys.dim(0)?);
        held.put(at.ok_or_else(|| Error::Invalid("more keys than tokens".into()))?, keys, values)
    }

    /// What a sequence sees in a layer, in order.
    pub(crate) fn segments(&self, id: SequenceId, layer: usize) -> Result<Vec<Segment<'_>>> {
        let mut out = Vec::new();
        for (node, visible) in self.path(id)? {
            if visible > 0 {
                let node = self.node(node)?;
                let kept = node.layers.get(layer).and_then(Option::as_ref);
                let kept = kept.ok_or_else(|| Error::Invalid("a layer keeps no keys".into()))?;
                out.push(Segment { kept, positions: node.start..node.start + visible });
            }
        }
        Ok(out)
    }

    /// The state of a layer after the first `at` tokens of a sequence; none at its beginning.
    pub(crate) fn state(&self, id: SequenceId, layer: usize, at: usize) -> Result<Option<State>> {
        if at == 0 {
            return Ok(None);
        }
        let found = self.path(id)?.into_iter().rev().find_map(|(node, _)| {
            let snapshots = &self.nodes[node].as_ref()?.snapshots;
            snapshots.iter().find(|s| s.at == at).and_then(|s| s.layers[layer].clone())
        });
        found.map(Some).ok_or_else(|| Error::Invalid(format!("no state is held after {at} tokens")))
    }

    /// Puts the state of a layer after all tokens of a sequence.
    pub(crate) fn set_state(&mut self, id: SequenceId, layer: usize, state: State) -> Result<()> {
        let (node, len) = self.place(id)?;
        let last = self.node_mut(node)?.snapshots.last_mut().filter(|s| s.at == len);
        let last = last.ok_or_else(|| Error::Invalid("a state without tokens".into()))?;
        last.layers[layer] = Some(state);
        Ok(())
    }

    /// The greatest length up to `len` from which states are held.
    fn last_snapshot(&self, id: SequenceId, len: usize) -> Result<usize> {
        let mut best = 0;
        for (node, visible) in self.path(id)? {
            let node = self.node(node)?;
            let seen = len.min(node.start + visible);
            best = node.snapshots.iter().map(|s| s.at).filter(|&at| at <= seen).fold(best, usize::max);
        }
        Ok(best)
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
        self.nodes[at].as_ref().ok_or_else(on_nothing)
    }

    fn node_mut(&mut self, at: usize) -> Result<&mut Node> {
        self.nodes[at].as_mut().ok_or_else(on_nothing)
    }

    /// A new stretch after the first `start` tokens of `parent`'s path, which nobody uses yet. A parent that
    /// adds nothing to what is seen is passed over, so paths stay short.
    fn child(&mut self, mut parent: usize, start: usize) -> usize {
        let begins = self.snapshot_at(parent, start);
        while let Some(Some(Node { parent: Some(above), start: s, .. })) = self.nodes.get(parent) {
            if *s < start {
                break;
            }
            parent = *above;
        }
        if let Some(Some(node)) = self.nodes.get_mut(parent) {
            node.users += 1;
        }
        let mut node = Node::new(Some(parent), start);
        node.snapshots.extend(begins);
        insert(&mut self.nodes, node)
    }

    /// A copy of the states after `at` tokens of a node's path.
    fn snapshot_at(&self, mut node: usize, at: usize) -> Option<Snapshot> {
        loop {
            let inner = self.nodes.get(node)?.as_ref()?;
            if let Some(found) = inner.snapshots.iter().find(|s| s.at == at) {
                return Some(found.clone());
            }
            node = inner.parent?;
        }
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
        let (tokens, layers, snapshots) = (Vec::new(), Vec::new(), Vec::new());
        Self { parent, start, tokens, layers, snapshots, users: 0 }
    }

    /// Gives up copies of states where they are densest, but never the first, nor the last two: the one that is
    /// being made and the one to go back to when that fails.
    fn thin_out(&mut self) {
        while self.snapshots.len() > SNAPSHOTS + 1 {
            let at = |i: usize| self.snapshots[i].at;
            let inner = 1..self.snapshots.len() - 2;
            let Some(densest) = inner.min_by_key(|&i| at(i + 1) - at(i - 1)) else { return };
            self.snapshots.remove(densest);
        }
    }
}

fn on_nothing() -> Error {
    Error::Invalid("a sequence rests on nothing".into())
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
