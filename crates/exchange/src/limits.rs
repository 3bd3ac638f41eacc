//! How much a file may hold. A long novel is under a megabyte of text and some ten of XML; these bounds leave room for
//! collected works and for pictures on the way, and stop archives made to fill memory.

/// The largest file that is opened at all.
pub(crate) const FILE: u64 = 512_000_000;
/// The largest text, or entry of an archive, that is read into memory.
pub(crate) const ENTRY: u64 = 128_000_000;
/// The most that all entries read of one archive may come to.
pub(crate) const ARCHIVE: u64 = 256_000_000;
/// The most entries an archive may list, and files a folder may hold.
pub(crate) const ENTRIES: usize = 20_000;
/// How deep elements may lie in one another.
pub(crate) const DEPTH: usize = 256;
/// How deep folders may lie in one another.
pub(crate) const FOLDERS: usize = 16;
