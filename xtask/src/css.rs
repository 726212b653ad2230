//! The style sheets: joined along their `@import`s, checked and minified.

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
    targets::{Browsers, Targets},
};
use std::path::Path;

/// Browsers of May 2024, the first that all know `light-dark()`, so that what they know is left as it is written.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets::from(Browsers {
        chrome: version(123, 0),
        edge: version(123, 0),
        firefox: version(128, 0),
        safari: version(17, 5),
        ios_saf: version(17, 5),
        ..Browsers::default()
    })
}

/// The sheet that starts at this file, in one piece.
pub fn bundle(entry: &Path) -> Result<String> {
    // The errors speak of the provider's life, so they become text before it ends.
    let files = FileProvider::new();
    let in_sheet = |error: &dyn std::fmt::Display| anyhow!("{}: {error}", entry.display());
    let mut sheet =
        Bundler::new(&files, None, ParserOptions::default()).bundle(entry).map_err(|error| in_sheet(&error))?;
    sheet.minify(MinifyOptions { targets: targets(), ..MinifyOptions::default() }).map_err(|error| in_sheet(&error))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets: targets(), ..PrinterOptions::default() })
        .map_err(|error| in_sheet(&error))?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn imports_are_joined_and_the_new_is_kept() {
        let dir = std::env::temp_dir().join(format!("xtask-css-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let write = |name: &str, text: &str| fs::write(dir.join(name), text).unwrap();
        write("index.css", "@layer base, parts;\n@import 'base.css' layer(base);");
        write(
            "base.css",
            ":host { color: light-dark(black, white); margin-inline: 1px; }\n@container (width > 30em) { p { color: rgb(from var(--c) r g b / 50%) } }",
        );
        let css = bundle(&dir.join("index.css"));
        fs::remove_dir_all(&dir).unwrap();
        let css = css.unwrap();
        for kept in [
            "@layer base",
            "light-dark(#000,#fff)",
            "margin-inline:1px",
            "@container (width>30em)",
            "rgb(from var(--c) r g b",
        ] {
            assert!(css.contains(kept), "{kept} is not in {css}");
        }
        assert!(!css.contains("@import"));
    }
}
