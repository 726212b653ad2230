//! The two compressions that servers send.

use anyhow::Result;
use std::io::Write;

/// Brotli at its best, 11.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut compressor = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    compressor.write_all(content)?;
    compressor.flush()?;
    Ok(compressor.into_inner())
}

/// Gzip at its best, 9. It carries no time and no name: the same content gives the same bytes.
pub fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut compressor = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    compressor.write_all(content)?;
    Ok(compressor.finish()?)
}
