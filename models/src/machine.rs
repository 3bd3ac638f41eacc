//! What this machine has, and how fast it is: read when it is asked for, and measured once.

use std::path::{Path, PathBuf};

use foolscap_engine::limits;
use serde::{Deserialize, Serialize};
use sysinfo::{Disks, MemoryRefreshKind, RefreshKind, System};

/// What this machine has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Machine {
    /// Bytes of memory.
    pub memory: u64,
    /// Bytes of memory that programs can still have.
    pub memory_free: u64,
    /// Cores that are worth a thread.
    pub cores: usize,
    /// What the processor calls itself.
    pub processor: String,
}

/// What it can do at most in a second.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// Bytes read from memory.
    pub memory: f64,
    /// Products of 8-bit numbers.
    pub products: f64,
}

/// Rates as they were measured, and of which machine.
#[derive(Debug, Serialize, Deserialize)]
struct Measured {
    processor: String,
    cores: usize,
    rates: Rates,
}

/// How often each rate is measured; the best counts, since other programs only slow it down.
const RUNS: usize = 20;

impl Machine {
    /// Looks.
    pub fn look() -> Self {
        let memory = MemoryRefreshKind::nothing().with_ram();
        let cpu = sysinfo::CpuRefreshKind::nothing();
        let system = System::new_with_specifics(RefreshKind::nothing().with_memory(memory).with_cpu(cpu));
        let processor = system.cpus().first().map_or_else(String::new, |cpu| cpu.brand().trim().to_owned());
        Self {
            memory: system.total_memory(),
            memory_free: system.available_memory(),
            cores: foolscap_engine::cores(),
            processor,
        }
    }

    /// Rates that were measured on this machine before; none where there are none, or they are another machine's.
    pub fn rates(&self, kept: &Path) -> Option<Rates> {
        let measured: Measured = serde_json::from_slice(&std::fs::read(kept).ok()?).ok()?;
        (measured.processor == self.processor && measured.cores == self.cores).then_some(measured.rates)
    }

    /// Measures, for up to 20 seconds with all threads, and keeps what was found.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn measure(&self, keep: &Path) -> std::io::Result<Rates> {
        let rates =
            Rates { memory: limits::memory_rate(RUNS).round(), products: limits::product_rate(RUNS).round() };
        let measured = Measured { processor: self.processor.clone(), cores: self.cores, rates };
        if let Some(folder) = keep.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(keep, serde_json::to_vec_pretty(&measured)?)?;
        Ok(rates)
    }
}

/// Bytes that are free on the disk of a path, which need not be there yet; none where the system does not tell.
pub fn room(path: &Path) -> Option<u64> {
    let path = std::path::absolute(path).ok()?;
    let there = path.ancestors().find_map(|p| std::fs::canonicalize(p).ok())?;
    let disks = Disks::new_with_refreshed_list();
    // The disk that is mounted nearest to it.
    let nearest = disks.iter().filter(|disk| there.starts_with(disk.mount_point()));
    nearest.max_by_key(|disk| disk.mount_point().components().count()).map(sysinfo::Disk::available_space)
}

/// Where rates are kept in a folder of the program's own.
pub fn kept_rates(folder: &Path) -> PathBuf {
    folder.join("machine.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_has_memory_cores_and_a_disk() {
        let machine = Machine::look();
        assert!(machine.memory > 0 && machine.memory_free <= machine.memory && machine.cores > 0);
        assert!(room(Path::new("a/path/that/is/not/there")).is_some_and(|bytes| bytes > 0));
    }

    #[test]
    fn rates_are_those_of_the_machine_they_were_measured_on() {
        let folder = tempfile::tempdir().unwrap();
        let kept = kept_rates(&folder.path().join("new"));
        let machine = Machine { memory: 1, memory_free: 1, cores: 2, processor: "one".into() };
        assert_eq!(machine.rates(&kept), None);
        let rates = machine.measure(&kept).unwrap();
        assert!(rates.memory > 0.0 && rates.products > 0.0);
        assert_eq!(machine.rates(&kept), Some(rates));
        assert_eq!(Machine { cores: 3, ..machine.clone() }.rates(&kept), None);
        std::fs::write(&kept, "not what was written").unwrap();
        assert_eq!(machine.rates(&kept), None);
    }
}
