//! The browser of the tests.

use crate::process;
use anyhow::{Result, bail};
use std::{path::PathBuf, process::Command};

/// Names under which systems install Chromium.
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Chromium and its driver.
pub struct Browser {
    /// The browser.
    pub chromium: PathBuf,
    /// What drives it in the tests of the module.
    pub driver: PathBuf,
}

/// Finds the browser, and installs it where that can be done without asking.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if process::find("apt-get").is_some() && is_root() {
        println!("installing chromium and chromium-driver…");
        let apt = |arguments: &[&str]| {
            process::quiet(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
        };
        apt(&["update"])?;
        apt(&["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"])?;
    }
    match find() {
        Some(browser) => Ok(browser),
        None => bail!(
            "no Chromium with its driver: install the packages `chromium` and `chromium-driver`, \
             or leave these tests out with `--no-browser`"
        ),
    }
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: CHROMIUM.iter().find_map(|name| process::find(name))?,
        driver: process::find("chromedriver")?,
    })
}

fn is_root() -> bool {
    process::quiet(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
