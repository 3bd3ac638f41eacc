//! Each kernel alone, by every way of this processor: `cargo bench -p foolscap-engine --features bench`. What a whole
//! model makes of them says `cargo xtask bench`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use foolscap_engine::gguf::TensorType::{self, Q4_0, Q4_K, Q5_K, Q6_K, Q8_0};
use foolscap_engine::kernels_bench::{Attention, Multiplication, ways};

const TYPES: [TensorType; 5] = [Q4_K, Q5_K, Q6_K, Q8_0, Q4_0];

/// Matrices that a cache holds (what the arithmetic costs) and one that none does (what memory gives).
fn multiply(c: &mut Criterion) {
    for (place, rows, columns) in [("cached", 512, 2048), ("memory", 65_536, 2048)] {
        for kind in TYPES {
            for n in [1, 2, 4, 8, 64, 512] {
                if place == "memory" && n > 8 {
                    continue;
                }
                let Ok(work) = Multiplication::new(kind, rows, columns, n) else { continue };
                let mut group = c.benchmark_group(format!("multiply/{place}/{kind}"));
                // Weights, however many rows they meet.
                group.throughput(Throughput::Elements((rows * columns) as u64));
                for way in ways().into_iter().filter(|w| w != "Scalar") {
                    group.bench_function(BenchmarkId::new(way.clone(), n), |b| b.iter(|| work.run(&way)));
                }
            }
        }
    }
}

fn attend(c: &mut Criterion) {
    for (rows, total) in [(1, 512), (1, 8192), (4, 512), (256, 512), (256, 8192)] {
        let Ok(work) = Attention::new(rows, total, 32, 8, 64) else { continue };
        let mut group = c.benchmark_group("attend");
        group.throughput(Throughput::Elements((rows * total) as u64));
        for way in ways().into_iter().filter(|w| w != "Scalar") {
            let name = BenchmarkId::new(way.clone(), format!("{rows} of {total}"));
            group.bench_function(name, |b| b.iter(|| work.run(&way)));
        }
    }
}

criterion_group! {
    name = kernels;
    config = Criterion::default().sample_size(20).warm_up_time(std::time::Duration::from_millis(200))
        .measurement_time(std::time::Duration::from_millis(800));
    targets = multiply, attend
}
criterion_main!(kernels);
