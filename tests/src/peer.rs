//! llama.cpp as the reference, through its Python package where that is installed. Without it the comparison
//! is skipped, and says so; the golden files were made by it.

use std::path::Path;
use std::process::Command;

const SCRIPT: &str = include_str!("../peer/llama_cpp_peer.py");

/// llama.cpp, ready to be asked.
pub struct Peer {
    python: String,
}

impl Peer {
    /// The peer, or why it cannot be asked. `FOOLSCAP_PYTHON` names the Python that has it.
    ///
    /// # Errors
    /// A sentence for the test's output.
    pub fn find() -> Result<Self, String> {
        let python = std::env::var("FOOLSCAP_PYTHON").unwrap_or_else(|_| "python3".into());
        let probe = Command::new(&python).args(["-c", "import llama_cpp, numpy"]).output();
        match probe {
            Ok(out) if out.status.success() => Ok(Self { python }),
            _ => Err("llama.cpp is not installed here (pip install llama-cpp-python numpy)".into()),
        }
    }

    /// Logits after every token, `[positions, vocabulary]` in rows.
    ///
    /// # Errors
    /// What the peer says.
    pub fn logits(&self, model: &Path, ids: &[u32], way: Way) -> Result<Vec<f32>, String> {
        let command = match way {
            Way::Batch => "logits",
            Way::Single => "single",
        };
        let out = tempfile::NamedTempFile::new().map_err(|e| e.to_string())?;
        self.ask(&[command, &model.display().to_string(), &list(ids), &out.path().display().to_string()])?;
        let bytes = std::fs::read(out.path()).map_err(|e| e.to_string())?;
        Ok(floats(&bytes))
    }

    /// The `n` likeliest tokens, one after the other.
    ///
    /// # Errors
    /// What the peer says.
    pub fn greedy(&self, model: &Path, ids: &[u32], n: usize) -> Result<Vec<u32>, String> {
        let said = self.ask(&["greedy", &model.display().to_string(), &list(ids), &n.to_string()])?;
        serde_json::from_str(&said).map_err(|e| e.to_string())
    }

    /// The version of its Python package.
    pub fn version(&self) -> String {
        let code = "import llama_cpp; print('of llama-cpp-python', llama_cpp.__version__)";
        let said = Command::new(&self.python).args(["-c", code]).output();
        said.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_default()
    }

    /// What it says of its speed, as JSON: `command` is `bench` or `rows`, with its numbers (`tests/peer`).
    ///
    /// # Errors
    /// What the peer says.
    pub fn speed(&self, command: &str, model: &Path, numbers: &[usize]) -> Result<serde_json::Value, String> {
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        let model = model.display().to_string();
        let words: Vec<&str> =
            [command, &model].into_iter().chain(numbers.iter().map(String::as_str)).collect();
        serde_json::from_str(&self.ask(&words)?).map_err(|e| e.to_string())
    }

    /// The tokens of a text, nothing put before it, control tokens read as text.
    ///
    /// # Errors
    /// What the peer says.
    pub fn tokenize(&self, model: &Path, text: &Path) -> Result<Vec<u32>, String> {
        let said = self.ask(&["tokenize", &model.display().to_string(), &text.display().to_string()])?;
        serde_json::from_str(&said).map_err(|e| e.to_string())
    }

    /// A model in another form.
    ///
    /// # Errors
    /// What the peer says.
    pub fn quantize(&self, model: &Path, to: &Path, kind: &str) -> Result<(), String> {
        self.ask(&["quantize", &model.display().to_string(), &to.display().to_string(), kind]).map(drop)
    }

    fn ask(&self, arguments: &[&str]) -> Result<String, String> {
        let out = Command::new(&self.python).arg("-c").arg(SCRIPT).args(arguments).output();
        let out = out.map_err(|e| format!("the peer cannot be started: {e}"))?;
        if out.status.success() {
            Ok(String::from_utf8_lossy(&out.stdout).into_owned())
        } else {
            Err(format!("the peer failed: {}", String::from_utf8_lossy(&out.stderr)))
        }
    }
}

/// How the tokens are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// All in one call.
    Batch,
    /// One a call.
    Single,
}

/// Little-endian f32 numbers.
pub fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

fn list(ids: &[u32]) -> String {
    ids.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

/// How far two sets of logits are apart: the relative error ‖a − b‖ / ‖b‖, and the first row whose likeliest
/// token differs although the reference's two best are further apart than the row's own error.
pub fn compare(ours: &[f32], reference: &[f32], vocabulary: usize) -> (f64, Option<usize>) {
    let norm = |v: &mut dyn Iterator<Item = f64>| v.map(|x| x * x).sum::<f64>().sqrt();
    let apart = norm(&mut ours.iter().zip(reference).map(|(a, b)| f64::from(a - b)));
    let error = apart / norm(&mut reference.iter().map(|&b| f64::from(b)));
    let mut differs = None;
    for (row, (a, b)) in ours.chunks(vocabulary).zip(reference.chunks(vocabulary)).enumerate() {
        let most = a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0f32, f32::max);
        let mut order: Vec<usize> = (0..vocabulary).collect();
        order.sort_by(|&i, &j| b[j].total_cmp(&b[i]));
        let clear = b[order[0]] - b[order[1]] > 2.0 * most;
        let best = (0..vocabulary).max_by(|&i, &j| a[i].total_cmp(&a[j]));
        if clear && best != Some(order[0]) && differs.is_none() {
            differs = Some(row);
        }
    }
    (error, differs)
}
