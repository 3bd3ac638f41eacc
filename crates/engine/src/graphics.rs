//! The graphics card that this build can compute on. Which kinds it knows was chosen when it was built (`--features cuda`,
//! `--features metal`); whether there is one is asked when a model is loaded.

use crate::kernels::Backend;

/// A graphics card that can compute.
#[derive(Debug, Clone)]
pub struct Graphics {
    /// What it is called.
    pub name: String,
    /// Bytes of its memory that are free; none where the system does not tell.
    pub free: Option<u64>,
    /// Its arithmetic.
    pub backend: Backend,
}

impl Graphics {
    /// The first card of the system. An error says why there is none, as the end of a sentence.
    pub fn find() -> Result<Self, String> {
        find()
    }
}

/// Whether this build knows any kind of card.
pub const BUILT: bool = cfg!(any(feature = "cuda", feature = "metal"));

#[cfg(feature = "cuda")]
fn find() -> Result<Graphics, String> {
    use candle_core::Device;
    use candle_core::cuda_backend::cudarc::driver::result;

    let device = Device::new_cuda(0).map_err(|e| said("CUDA", &e))?;
    let name = device
        .as_cuda_device()
        .ok()
        .and_then(|cuda| cuda.cuda_stream().context().name().ok())
        .unwrap_or_else(|| "CUDA device 0".to_owned());
    let free = result::mem_get_info().ok().map(|(free, _)| free as u64);
    Ok(Graphics { name, free, backend: Backend::Candle(device) })
}

#[cfg(all(feature = "metal", not(feature = "cuda")))]
fn find() -> Result<Graphics, String> {
    let device = candle_core::Device::new_metal(0).map_err(|e| said("Metal", &e))?;
    Ok(Graphics { name: "Metal device 0".to_owned(), free: None, backend: Backend::Candle(device) })
}

/// Without the stack that candle's errors may carry.
#[cfg(any(feature = "cuda", feature = "metal"))]
fn said(kind: &str, error: &candle_core::Error) -> String {
    let error = error.to_string();
    format!("{kind} gives no device ({})", error.lines().next().unwrap_or_default())
}

#[cfg(not(any(feature = "cuda", feature = "metal")))]
fn find() -> Result<Graphics, String> {
    Err("this build knows none (`--features cuda` and `--features metal` do)".to_owned())
}
