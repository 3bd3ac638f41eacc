//! Whose arithmetic a layer is computed by, and where.

use candle_core::Device;

/// Ours, or candle's on one of its devices.
#[derive(Debug, Clone, Default)]
pub enum Backend {
    /// Our kernels, on the processor, with the weights where they lie in the mapped file.
    #[default]
    Own,
    /// candle's, with the weights copied to its device. (On the processor it is slower than ours; there it is what
    /// tests hold our kernels, and a graphics card's way through the decoder, against.)
    Candle(Device),
}

impl Backend {
    /// Where tensors have to be.
    pub fn device(&self) -> &Device {
        match self {
            Self::Own => &Device::Cpu,
            Self::Candle(device) => device,
        }
    }
}
