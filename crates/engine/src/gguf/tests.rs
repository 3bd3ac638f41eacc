//! Good files are read as they were written; bad ones get an error that names the fault, never a panic.

use proptest::prelude::*;

use super::*;

fn small() -> Writer {
    let mut w = Writer::new("llama");
    w.text("general.name", "small")
        .integer("llama.block_count", 2)
        .number("llama.rope.freq_base", 1e4)
        .flag("tokenizer.ggml.add_bos_token", true)
        .strings("tokenizer.ggml.tokens", &["a", "b", "ä"])
        .numbers("tokenizer.ggml.scores", &[0.0, -1.0, -2.5])
        .integers("tokenizer.ggml.token_type", &[1, 3, 1])
        .tensor("token_embd.weight", &[3, 2], TensorType::F32, (0..24).collect())
        .tensor("output_norm.weight", &[2], TensorType::F32, vec![7; 8]);
    w
}

fn parse(bytes: Vec<u8>) -> Result<Gguf, GgufError> {
    Gguf::parse(Bytes::Static(Box::leak(bytes.into_boxed_slice())))
}

fn message(bytes: Vec<u8>) -> String {
    match parse(bytes) {
        Ok(_) => panic!("a bad file was accepted"),
        Err(e) => e.to_string(),
    }
}

fn patched(at: usize, with: &[u8]) -> Vec<u8> {
    let mut bytes = small().to_bytes();
    bytes[at..at + with.len()].copy_from_slice(with);
    bytes
}

#[test]
fn what_was_written_is_read_back() {
    let gguf = parse(small().to_bytes()).unwrap();
    let meta = gguf.metadata();
    assert_eq!(gguf.header().version(), 3);
    assert_eq!(meta.text("general.name"), Some("small"));
    assert_eq!(meta.integer("llama.block_count"), Some(2));
    assert_eq!(meta.number("llama.rope.freq_base"), Some(1e4));
    assert_eq!(meta.flag("tokenizer.ggml.add_bos_token"), Some(true));
    assert_eq!(meta.array("tokenizer.ggml.tokens").unwrap().strings().unwrap()[2], "ä".as_bytes());
    assert_eq!(meta.array("tokenizer.ggml.scores").unwrap().numbers().unwrap(), [0.0, -1.0, -2.5]);
    let tensor = gguf.tensor("token_embd.weight").unwrap();
    assert_eq!(tensor.shape, [3, 2]);
    assert_eq!(gguf.data(tensor), (0..24).collect::<Vec<u8>>());
    assert_eq!(gguf.data(gguf.tensor("output_norm.weight").unwrap()), [7; 8]);
    assert_eq!(gguf.header().parameters(), 8);
}

#[test]
fn an_empty_file_is_named_as_empty() {
    assert!(message(vec![]).contains("empty"));
}

#[test]
fn another_format_is_told_by_its_first_bytes() {
    assert!(message(b"PK\x03\x04 and so on".to_vec()).contains("begins with \"PK"));
}

#[test]
fn old_new_and_big_endian_versions_are_told_apart() {
    assert!(message(patched(4, &1u32.to_le_bytes())).contains("version 1"));
    assert!(message(patched(4, &9u32.to_le_bytes())).contains("version 9"));
    assert!(message(patched(4, &3u32.to_be_bytes())).contains("big-endian"));
}

#[test]
fn counts_larger_than_the_file_are_refused_before_they_are_believed() {
    assert!(message(patched(8, &u64::MAX.to_le_bytes())).contains("the file has room for"));
    assert!(message(patched(16, &(1u64 << 40).to_le_bytes())).contains("the file has room for"));
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let whole = small().to_bytes();
    let data_end = whole.len() - 24;
    for cut in 0..data_end {
        assert!(parse(whole[..cut].to_vec()).is_err(), "cut at {cut} was accepted");
    }
}

#[test]
fn a_tensor_outside_the_file_is_named() {
    let mut w = small();
    w.tensor("far.weight", &[1 << 20], TensorType::F32, vec![0; 4]);
    let text = message(w.to_bytes());
    assert!(text.contains("far.weight") && text.contains("cut short"), "{text}");
}

#[test]
fn a_shape_that_overflows_is_refused() {
    let mut w = small();
    w.tensor("huge.weight", &[1 << 62, 1 << 62, 32], TensorType::Q8_0, vec![0; 34]);
    assert!(message(w.to_bytes()).contains("huge.weight has the impossible shape"));
}

#[test]
fn rows_that_do_not_fill_blocks_are_refused() {
    let mut w = small();
    w.tensor("odd.weight", &[2, 33], TensorType::Q8_0, vec![0; 72]);
    assert!(message(w.to_bytes()).contains("odd.weight has rows of 33"));
}

#[test]
fn an_unknown_type_names_the_tensor() {
    let bytes = small().to_bytes();
    let name = b"output_norm.weight";
    let at = bytes.windows(name.len()).position(|w| w == name).unwrap() + name.len() + 4 + 8;
    assert!(
        message(patched(at, &77u32.to_le_bytes())).contains("output_norm.weight has the unknown type 77")
    );
}

#[test]
fn keys_and_tensors_that_occur_twice_are_refused() {
    let mut w = small();
    w.text("general.name", "again");
    assert!(message(w.to_bytes()).contains("general.name occurs twice"));
    let mut w = small();
    w.tensor("output_norm.weight", &[2], TensorType::F32, vec![0; 8]);
    assert!(message(w.to_bytes()).contains("output_norm.weight occurs twice"));
}

#[test]
fn alignment_must_be_a_power_of_two() {
    for bad in [0, 3, 24, 1 << 30] {
        let mut w = small();
        w.integer("general.alignment", bad);
        assert!(message(w.to_bytes()).contains("general.alignment"));
    }
}

#[test]
fn a_folder_and_a_missing_file_say_so() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Gguf::open(dir.path()).err().unwrap().to_string().contains("folder"));
    assert!(Gguf::open(&dir.path().join("none.gguf")).err().unwrap().to_string().contains("none.gguf"));
}

/// Two parts of a model in a folder: their paths.
fn split_model(folder: &Path, count: u32) -> [PathBuf; 2] {
    [0, 1].map(|no| {
        let mut w = if no == 0 { small() } else { Writer::default() };
        if no == 1 {
            w.tensor("output.weight", &[2], TensorType::F32, vec![9; 8]);
        }
        w.integer("split.no", no).integer("split.count", count).integer("split.tensors.count", 3);
        let path = folder.join(format!("m-{:05}-of-00002.gguf", no + 1));
        w.write(&path).unwrap();
        path
    })
}

#[test]
fn any_part_of_a_split_model_opens_all_of_it() {
    let dir = tempfile::tempdir().unwrap();
    for path in split_model(dir.path(), 2) {
        let gguf = Gguf::open(&path).unwrap();
        assert_eq!(gguf.metadata().text("general.name"), Some("small"));
        assert_eq!(gguf.tensors().len(), 3);
        let last = gguf.tensor("output.weight").unwrap();
        assert_eq!((gguf.data(last), last.part), (&[9u8; 8][..], 1));
        assert_eq!(&gguf.stretch(last, 4..8)[..], [9; 4]);
        assert_eq!(gguf.data(gguf.tensor("output_norm.weight").unwrap()), [7; 8]);
    }
}

#[test]
fn headers_of_parts_make_the_models_header_in_their_order_alone() {
    let dir = tempfile::tempdir().unwrap();
    let headers = |order: &[usize]| {
        let paths = split_model(dir.path(), 2);
        let read = |&no: &usize| {
            let bytes = std::fs::read(&paths[no]).unwrap();
            Header::from_beginning(&bytes, bytes.len() as u64).unwrap().unwrap()
        };
        Header::join(order.iter().map(read).collect())
    };
    let joined = headers(&[0, 1]).unwrap();
    assert_eq!(joined.metadata().text("general.name"), Some("small"));
    assert_eq!((joined.tensors().len(), joined.tensor("output.weight").unwrap().part), (3, 1));
    assert_eq!(headers(&[0]).unwrap().tensors().len(), 2, "one is what it is");
    for wrong in [&[1, 0][..], &[0, 0], &[0, 1, 1], &[]] {
        assert!(headers(wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_split_model_that_is_not_whole_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let said = |path: &Path| Gguf::open(path).err().unwrap().to_string();
    let [first, second] = split_model(dir.path(), 2);
    let renamed = dir.path().join("model.gguf");
    std::fs::copy(&first, &renamed).unwrap();
    assert!(said(&renamed).contains("-00001-of-00002.gguf"), "{}", said(&renamed));
    std::fs::copy(&first, &second).unwrap();
    assert!(said(&first).contains("says otherwise"), "{}", said(&first));
    std::fs::remove_file(&second).unwrap();
    assert!(said(&first).contains("m-00002-of-00002.gguf"), "{}", said(&first));
    let [first, _] = split_model(dir.path(), 70_000);
    assert!(said(&first).contains("part 1 of 70000"), "{}", said(&first));
}

proptest! {
    #[test]
    fn no_damage_to_a_file_makes_the_reader_panic(at in 0usize..600, with in any::<[u8; 8]>(), n in 1usize..8) {
        let mut bytes = small().to_bytes();
        let at = at.min(bytes.len() - n);
        bytes[at..at + n].copy_from_slice(&with[..n]);
        if let Ok(gguf) = parse(bytes) {
            for tensor in gguf.tensors() {
                prop_assert_eq!(gguf.data(tensor).len(), tensor.size);
            }
        }
    }

    #[test]
    fn any_bytes_after_the_magic_are_survived(tail in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut bytes = b"GGUF\x03\0\0\0".to_vec();
        bytes.extend(tail);
        let _ = parse(bytes);
    }
}

proptest! {
    #[test]
    fn a_header_is_read_from_the_beginning_of_a_file_once_all_of_it_is_there(cut in 0.0f64..1.0) {
        let bytes = small().to_bytes();
        let whole = parse(bytes.clone()).unwrap();
        let start = whole.tensors().iter().map(|t| t.offset).min().unwrap();
        let n = (cut * bytes.len() as f64) as usize;
        // (Nothing at all, or half a magic, could be the beginning of anything.)
        match Header::from_beginning(&bytes[..n], bytes.len() as u64) {
            Ok(Some(header)) => {
                prop_assert_eq!(header.tensors(), whole.tensors());
                prop_assert_eq!(header.metadata().text("general.name"), Some("small"));
            }
            Ok(None) => prop_assert!(n < start),
            Err(e) => prop_assert!(n < 4, "{e}"),
        }
    }
}

#[test]
fn a_header_whose_weights_go_beyond_the_file_is_refused_before_all_of_it_is_there() {
    let bytes = small().to_bytes();
    let whole = parse(bytes.clone()).unwrap();
    let start = whole.tensors().iter().map(|t| t.offset).min().unwrap();
    let short = whole.tensors().iter().map(|t| t.offset + t.size).max().unwrap() as u64 - 1;
    assert!(matches!(Header::from_beginning(&bytes[..start - 32], short), Ok(None)));
    assert!(matches!(Header::from_beginning(&bytes[..start], short), Err(GgufError::Truncated { .. })));
}
