//! The browsers of the tests.

use crate::process;
use anyhow::{Result, bail};
use std::{path::PathBuf, process::Command};

/// Names under which systems install Chromium.
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Names under which systems install Firefox.
const FIREFOX: [&str; 2] = ["firefox-esr", "firefox"];

/// Chromium, its driver, and Firefox where there is one.
pub struct Browser {
    /// The browser of most tests.
    pub chromium: PathBuf,
    /// What drives it in the tests of the module.
    pub driver: PathBuf,
    /// The browser in which some are run again.
    pub firefox: Option<PathBuf>,
}

/// Finds the browsers, and installs them where that can be done without asking.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = find()
        && browser.firefox.is_some()
    {
        return Ok(browser);
    }
    if process::find("apt-get").is_some() && is_root() {
        println!("installing chromium, chromium-driver and firefox-esr…");
        let apt = |arguments: &[&str]| {
            process::quiet(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
        };
        apt(&["update"])?;
        apt(&["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver", "firefox-esr"])?;
    }
    let Some(browser) = find() else {
        bail!(
            "no Chromium with its driver: install the packages `chromium` and `chromium-driver`, \
             or leave these tests out with `--no-browser`"
        );
    };
    if browser.firefox.is_none() {
        println!("no Firefox: what is run in both browsers is run in Chromium alone");
    }
    Ok(browser)
}

fn find() -> Option<Browser> {
    let first = |names: &[&str]| names.iter().find_map(|name| process::find(name));
    Some(Browser { chromium: first(&CHROMIUM)?, driver: process::find("chromedriver")?, firefox: first(&FIREFOX) })
}

fn is_root() -> bool {
    process::quiet(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
