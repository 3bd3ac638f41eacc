//! A workbench in a temporary folder, for the tests beside the code.

use std::ops::{Deref, DerefMut};

use tempfile::TempDir;

use crate::Workbench;

/// Gone with its folder when dropped.
pub(crate) struct Temporary {
    bench: Workbench,
    folder: TempDir,
}

impl Temporary {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { bench: Workbench::open(&folder.path().join(Workbench::FILE)).unwrap(), folder }
    }

    /// As another program would.
    pub fn again(&self) -> Workbench {
        Workbench::open(&self.folder.path().join(Workbench::FILE)).unwrap()
    }
}

impl Deref for Temporary {
    type Target = Workbench;

    fn deref(&self) -> &Workbench {
        &self.bench
    }
}

impl DerefMut for Temporary {
    fn deref_mut(&mut self) -> &mut Workbench {
        &mut self.bench
    }
}
