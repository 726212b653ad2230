//! A WebAssembly module as its sections: what it exports, and what it calls what it takes and gives.

use anyhow::{Context, Result, bail};

const HEADER: usize = 8;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// The module without the exports whose name is not wanted: without them the optimiser can drop what only they reach.
pub fn keep(module: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Vec<u8>> {
    rewrite(module, |id, content| match id {
        EXPORTS => entries(content, |rest, to| {
            let name = rest.name()?;
            let rest = rest.past(Reader::skip_export)?;
            if wanted(name) {
                write_name(name, to);
                to.extend(rest);
            }
            Ok(wanted(name))
        }),
        _ => Ok(content.to_vec()),
    })
}

/// The module with other names for what it imports and exports; `None` leaves a name as it is.
pub fn rename<'a>(module: &[u8], name: impl Fn(&str) -> Option<&'a str>) -> Result<Vec<u8>> {
    rewrite(module, |id, content| match id {
        IMPORTS => entries(content, |rest, to| {
            write_name(rest.name()?, to);
            let old = rest.name()?;
            write_name(name(old).unwrap_or(old), to);
            to.extend(rest.past(Reader::skip_import)?);
            Ok(true)
        }),
        EXPORTS => entries(content, |rest, to| {
            let old = rest.name()?;
            write_name(name(old).unwrap_or(old), to);
            to.extend(rest.past(Reader::skip_export)?);
            Ok(true)
        }),
        _ => Ok(content.to_vec()),
    })
}

/// The module with other contents of its sections.
fn rewrite(module: &[u8], section: impl Fn(u8, &[u8]) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    if !module.starts_with(b"\0asm\x01\0\0\0") {
        bail!("not a WebAssembly module");
    }
    let mut result = module[..HEADER].to_vec();
    let mut rest = Reader(&module[HEADER..]);
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let length = rest.number()?;
        let content = section(id, rest.take(length)?)?;
        result.push(id);
        write_number(content.len(), &mut result);
        result.extend(content);
    }
    Ok(result)
}

/// A section of entries, each written anew or left out.
fn entries(section: &[u8], write: impl Fn(&mut Reader, &mut Vec<u8>) -> Result<bool>) -> Result<Vec<u8>> {
    let mut rest = Reader(section);
    let mut kept = Vec::new();
    let mut number = 0;
    for _ in 0..rest.number()? {
        number += usize::from(write(&mut rest, &mut kept)?);
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

    fn name(&mut self) -> Result<&'a str> {
        let length = self.number()?;
        Ok(std::str::from_utf8(self.take(length)?)?)
    }

    /// What something reads.
    fn past(&mut self, read: impl Fn(&mut Self) -> Result<()>) -> Result<&'a [u8]> {
        let before = self.0;
        read(self)?;
        Ok(&before[..before.len() - self.0.len()])
    }

    /// What follows an export's name: its kind and its index.
    fn skip_export(&mut self) -> Result<()> {
        self.byte()?;
        self.number().map(drop)
    }

    /// What follows an import's name: its kind and its type.
    fn skip_import(&mut self) -> Result<()> {
        match self.byte()? {
            // A function.
            0 => self.number().map(drop),
            // A table: the type of what is in it, and its limits.
            1 => self.byte().and_then(|_| self.skip_limits()),
            // A memory.
            2 => self.skip_limits(),
            // A global: its type, and whether it changes.
            3 => self.take(2).map(drop),
            kind => bail!("an import of the unknown kind {kind}"),
        }
    }

    fn skip_limits(&mut self) -> Result<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Ok(())
    }
}

fn write_name(name: &str, to: &mut Vec<u8>) {
    write_number(name.len(), to);
    to.extend(name.as_bytes());
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

    /// One that imports of `m` a function, a table, a memory and a global.
    const IMPORTING: &[u8] = b"\0asm\x01\0\0\0\x02\x20\x04\x01m\x03abc\x00\x05\x01m\x01t\x01\x70\x00\x07\x01m\x01u\x02\x01\x02\x03\x01m\x01g\x03\x7f\x01";

    #[test]
    fn only_the_unwanted_exports_go() {
        assert_eq!(keep(MODULE, |_| true).unwrap(), MODULE);
        let kept = keep(MODULE, |name| name == "bc").unwrap();
        assert_eq!(kept, b"\0asm\x01\0\0\0\x00\x02\x01x\x07\x07\x01\x02bc\x00\xc8\x01\x00\x02\x01y");
    }

    #[test]
    fn what_is_renamed_stays_in_its_place() {
        assert_eq!(rename(IMPORTING, |_| None).unwrap(), IMPORTING);
        let renamed = rename(IMPORTING, |name| (name == "abc").then_some("a")).unwrap();
        assert_eq!(
            renamed,
            b"\0asm\x01\0\0\0\x02\x1e\x04\x01m\x01a\x00\x05\x01m\x01t\x01\x70\x00\x07\x01m\x01u\x02\x01\x02\x03\x01m\x01g\x03\x7f\x01"
        );
        let renamed = rename(MODULE, |name| (name == "bc").then_some("d")).unwrap();
        assert_eq!(renamed, b"\0asm\x01\0\0\0\x00\x02\x01x\x07\x0a\x02\x01a\x00\x01\x01d\x00\xc8\x01\x00\x02\x01y");
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(keep(b"\0asm", |_| true).is_err());
        assert!(keep(&MODULE[..MODULE.len() - 1], |_| true).is_err());
        assert!(rename(b"\0asm\x01\0\0\0\x02\x06\x01\x01m\x01a\x09", |_| None).is_err());
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
