#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| foolscap_tests::fuzz::tokenizer(bytes));
