//! How many cores are worth computing on: those that are physical, and of a hybrid processor the fast ones. A core's
//! second thread shares its arithmetic and its way to memory, and a slow core would keep all others waiting.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Cores to compute on, at least one, and no more than this process may use.
pub fn worthwhile() -> usize {
    let allowed = std::thread::available_parallelism().map_or(1, |n| n.get());
    found(Path::new("/sys/devices")).map_or(allowed, |cores| cores.min(allowed)).max(1)
}

/// From Linux's account of the processor; none where there is none.
fn found(devices: &Path) -> Option<usize> {
    let cpus = devices.join("system/cpu");
    let read = |path: &Path| fs::read_to_string(path).ok().map(|text| text.trim().to_owned());
    // Intel's hybrids name their fast threads; Arm's give each core a capacity.
    let fast = read(&devices.join("cpu_core/cpus")).map(|list| numbers(&list));
    let online = numbers(&read(&cpus.join("online"))?);
    let capacity = |cpu: usize| read(&cpus.join(format!("cpu{cpu}/cpu_capacity")))?.parse::<u32>().ok();
    let most = online.iter().filter_map(|&cpu| capacity(cpu)).max();
    let mut cores = BTreeSet::new();
    for cpu in online {
        let is_fast = fast.as_ref().is_none_or(|fast| fast.contains(&cpu));
        // Cores a little slower than the fastest (by turbo, or by place) count as fast.
        let is_able = most.is_none_or(|most| capacity(cpu).is_none_or(|c| 4 * c >= 3 * most));
        if is_fast && is_able {
            let topology = cpus.join(format!("cpu{cpu}/topology"));
            cores.insert(read(&topology.join("thread_siblings_list")).unwrap_or_else(|| cpu.to_string()));
        }
    }
    (!cores.is_empty()).then_some(cores.len())
}

/// Linux's lists: `0-3,8,10-11`.
fn numbers(list: &str) -> Vec<usize> {
    let range = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (from.trim().parse::<usize>().ok()?, to.trim().parse::<usize>().ok()?);
        // More than any machine has is no list.
        (to < 1 << 16).then_some(from..=to)
    };
    list.split(',').filter_map(range).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(files: &[(&str, &str)]) -> Option<usize> {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        found(dir.path())
    }

    #[test]
    fn lists_of_processors_are_read() {
        assert_eq!(numbers("0-2,5,7-8\n"), [0, 1, 2, 5, 7, 8]);
        assert!(numbers("").is_empty() && numbers("none, 3-x, 0-99999999").is_empty());
    }

    #[test]
    fn second_threads_and_slow_cores_are_not_counted() {
        assert_eq!(machine(&[]), None);
        let siblings = |cpu: usize| format!("system/cpu/cpu{cpu}/topology/thread_siblings_list");
        // Two fast cores of two threads each, two slow ones of one.
        let names: Vec<String> = (0..4).map(siblings).collect();
        let lists = ["0-1", "0-1", "2-3", "2-3"];
        let mut files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(lists).collect();
        files.push(("system/cpu/online", "0-5\n"));
        assert_eq!(machine(&files), Some(4));
        files.push(("cpu_core/cpus", "0-3\n"));
        assert_eq!(machine(&files), Some(2));
        let arm = [
            ("system/cpu/online", "0-3"),
            ("system/cpu/cpu0/cpu_capacity", "400"),
            ("system/cpu/cpu1/cpu_capacity", "400"),
            ("system/cpu/cpu2/cpu_capacity", "1000"),
            ("system/cpu/cpu3/cpu_capacity", "1024"),
        ];
        assert_eq!(machine(&arm), Some(2));
    }
}
