//! What was sent, what was left out and why: every token that the model sees has its place in a report, and so has every one
//! that it could have seen.

use crate::item::ItemReport;

/// What was sent, what was left out and why. The tokens of parts and items together are those that are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Tokens sent.
    pub used: usize,
    /// Tokens the model can see at once.
    pub limit: usize,
    /// Tokens kept free for the answer.
    pub reserved: usize,
    /// The parts in the order they stand in, the prompt's own words before all others.
    pub parts: Vec<Part>,
    /// What the project tells: first what went in, in its order, then what was left out.
    pub items: Vec<ItemReport>,
}

/// One part of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub name: PartName,
    /// Tokens that went in.
    pub tokens: usize,
    /// Tokens that were left out.
    pub left_out: usize,
    /// Why, in a sentence; empty when nothing was left out.
    pub reason: String,
    /// How many of the items that went in stand before it.
    pub behind: usize,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartName {
    /// The prompt's own words and the model's markup.
    Prompt,
    /// Text before the cursor or selection.
    Before,
    /// The selection.
    Selection,
    /// Text after the cursor or selection.
    After,
    /// What the writer asks for.
    Instruction,
}

impl Report {
    /// Puts the parts where they stand; `place`: of a part, `items`: of everything that went in of what the project tells.
    pub(crate) fn arrange(&mut self, place: impl Fn(PartName) -> usize, items: &[usize]) {
        for part in self.parts.iter_mut().filter(|part| part.name != PartName::Prompt) {
            part.behind = items.iter().filter(|&&item| item < place(part.name)).count();
        }
        self.parts.sort_by_key(|part| (part.name != PartName::Prompt, place(part.name)));
    }

    /// Makes the parts add up to what is used: texts that are joined may have a token less than apart. The prompt's own
    /// words have what is left; where nothing is left the largest part gives.
    pub(crate) fn settle(&mut self) {
        let items: usize = self.items.iter().map(|item| item.tokens).sum();
        let texts: usize = self.parts.iter().skip(1).map(|part| part.tokens).sum();
        let mut excess = (items + texts).saturating_sub(self.used);
        if let Some(own) = self.parts.first_mut() {
            own.tokens = self.used.saturating_sub(items + texts);
        }
        while excess > 0 {
            let tokens = self.parts.iter_mut().map(|part| &mut part.tokens);
            let tokens = tokens.chain(self.items.iter_mut().map(|item| &mut item.tokens));
            let Some(largest) = tokens.max_by_key(|tokens| **tokens).filter(|tokens| **tokens > 0) else {
                return;
            };
            let taken = excess.min((*largest).div_ceil(2));
            *largest -= taken;
            excess -= taken;
        }
    }
}

#[cfg(test)]
mod tests;
