//! Whole folders are converted in the workspace's `tests`; here is what only these rooms can do.

use foolscap_tests::published::publish;
use foolscap_tests::synth;
use proptest::prelude::*;

use super::*;

/// A disk that is full after so many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.checked_sub(bytes.len()) {
            Some(left) => {
                self.0 = left;
                Ok(bytes.len())
            }
            None => Err(io::ErrorKind::StorageFull.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn published() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let gguf = folder.path().join("a.gguf");
    synth::write(&gguf, &synth::LLAMA, TensorType::F32, 1).unwrap();
    publish(&gguf, &folder.path().join("Model"), TensorType::F32, 1).unwrap();
    folder
}

#[test]
fn a_disk_that_is_full_on_the_way_is_told() {
    let folder = published();
    let plan = Plan::of(&folder.path().join("Model"), Form::Q8_0).unwrap();
    let size = plan.size() as usize;
    for room in [0, 100, size / 2, size - 1] {
        let result = plan.write_to(Full(room), Path::new("/there/model"), &Cancel::new(), &mut |_| ());
        let message = result.err().unwrap().to_string();
        assert!(message.contains("/there/model"), "{message}");
    }
    assert!(plan.write_to(Full(size), Path::new("/there"), &Cancel::new(), &mut |_| ()).unwrap().is_some());
}

#[test]
fn what_another_process_is_writing_is_left_to_it() {
    let folder = published();
    let plan = Plan::of(&folder.path().join("Model"), Form::Q8_0).unwrap();
    let other = Part::open(folder.path().join(".Model-Q8_0.part")).unwrap();
    let busy = plan.write(folder.path(), &Cancel::new(), &mut |_| ());
    assert!(matches!(busy, Err(ConvertError::Busy(_))));
    assert!(other.path.exists());
    drop(other);
    // What a process left that was killed.
    fs::write(folder.path().join(".Model-Q8_0.part"), "half a model").unwrap();
    assert!(plan.write(folder.path(), &Cancel::new(), &mut |_| ()).unwrap().is_some());
    assert!(!folder.path().join(".Model-Q8_0.part").exists());
}

proptest! {
    #[test]
    fn any_header_of_weights_is_read_or_refused(
        length in prop_oneof![Just(None), any::<u64>().prop_map(Some)],
        shape in proptest::collection::vec(0..1u64 << 40, 0..4),
        kind in "F32|F16|BF16|I8|F4|X",
        (start, end) in (0..40u64, 0..u64::MAX),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let header = serde_json::json!({
            "a": { "dtype": kind, "shape": shape, "data_offsets": [start, end] },
        });
        let header = header.to_string();
        let length = length.unwrap_or(header.len() as u64);
        let bytes = [&length.to_le_bytes()[..], header.as_bytes(), &[7; 40]].concat();
        fs::write(folder.path().join("model.safetensors"), bytes).unwrap();
        if let Ok(weights) = Weights::open(folder.path()) {
            let tensor = weights.get("a").unwrap();
            let mut out = Vec::new();
            (0..tensor.rows()).take(8).for_each(|row| weights.read_row(tensor, row, &mut out));
        }
    }
}
