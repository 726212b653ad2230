//! The exports of a module that nothing asks for: without them the optimiser can drop what only they reach.

use anyhow::{Context, Result, bail};

const HEADER: usize = 8;
const EXPORT_SECTION: u8 = 7;

/// The module without the exports whose name is not wanted.
pub fn keep(module: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Vec<u8>> {
    if !module.starts_with(b"\0asm\x01\0\0\0") {
        bail!("not a WebAssembly module");
    }
    let mut result = module[..HEADER].to_vec();
    let mut rest = Reader(&module[HEADER..]);
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let length = rest.number()?;
        let content = rest.take(length)?;
        let content = match id {
            EXPORT_SECTION => filter(content, &wanted)?,
            _ => content.to_vec(),
        };
        result.push(id);
        write_number(content.len(), &mut result);
        result.extend(content);
    }
    Ok(result)
}

fn filter(section: &[u8], wanted: &impl Fn(&str) -> bool) -> Result<Vec<u8>> {
    let mut rest = Reader(section);
    let mut kept: Vec<u8> = Vec::new();
    let mut number = 0;
    for _ in 0..rest.number()? {
        let before = rest.0;
        let length = rest.number()?;
        let name = std::str::from_utf8(rest.take(length)?)?;
        rest.byte().context("the kind of an export")?;
        rest.number().context("the index of an export")?;
        if wanted(name) {
            kept.extend(&before[..before.len() - rest.0.len()]);
            number += 1;
        }
    }
    let mut result = Vec::new();
    write_number(number, &mut result);
    result.extend(kept);
    Ok(result)
}

/// What of the file is still to be read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).context("the module ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("a number of more than 32 bits")
    }
}

fn write_number(mut number: usize, to: &mut Vec<u8>) {
    while number >= 0x80 {
        to.push(low_byte(number) | 0x80);
        number >>= 7;
    }
    to.push(low_byte(number));
}

fn low_byte(number: usize) -> u8 {
    number.to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with a section before, the exports `a` and `bc` (function 200), and a section after.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\x00\x02\x01x\x07\x0b\x02\x01a\x00\x01\x02bc\x00\xc8\x01\x00\x02\x01y";

    #[test]
    fn only_the_unwanted_go() {
        assert_eq!(keep(MODULE, |_| true).unwrap(), MODULE);
        let kept = keep(MODULE, |name| name == "bc").unwrap();
        assert_eq!(kept, b"\0asm\x01\0\0\0\x00\x02\x01x\x07\x07\x01\x02bc\x00\xc8\x01\x00\x02\x01y");
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(keep(b"\0asm", |_| true).is_err());
        assert!(keep(&MODULE[..MODULE.len() - 1], |_| true).is_err());
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for number in [0, 127, 128, 300_000, u32::MAX as usize] {
            let mut bytes = Vec::new();
            write_number(number, &mut bytes);
            assert_eq!(Reader(&bytes).number().unwrap(), number);
        }
    }
}
