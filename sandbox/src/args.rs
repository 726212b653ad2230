//! The command line.

use std::path::PathBuf;

/// What `--help` says.
pub const HELP: &str = "\
A carrier to develop and test against. Never for production.

sandbox [--db PATH] [--fresh] [--carrier-port N] [--pages-port N] [--dist DIR] [--connect ORIGIN]
        [--trusted-types NAME] [--json]

  --db PATH         the database (default: target/sandbox.sqlite)
  --fresh           delete the database first
  --carrier-port N  the carrier's port, or the next that is free; 0: any (default: 8787)
  --pages-port N    the pages' port, likewise (default: 8788)
  --dist DIR        the widget's built files (default: dist)
  --connect ORIGIN  one more origin that the pages may ask, such as another sign-in server's
  --trusted-types NAME  a Trusted Types policy that the pages may make, such as a framework's
  --json            say where the servers are as one line of JSON, once they are ready
";

/// How to run.
#[derive(Debug, PartialEq, Eq)]
pub struct Args {
    pub db: PathBuf,
    pub fresh: bool,
    pub carrier_port: u16,
    pub pages_port: u16,
    pub dist: PathBuf,
    pub connect: Option<String>,
    pub trusted_types: Option<String>,
    pub json: bool,
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Run(Args),
    Help,
}

impl Command {
    /// Reads the arguments after the program's name. An error says what is wrong with them.
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut args = Args {
            db: "target/sandbox.sqlite".into(),
            fresh: false,
            carrier_port: 8787,
            pages_port: 8788,
            dist: "dist".into(),
            connect: None,
            trusted_types: None,
            json: false,
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
            let port = |text: String| text.parse().map_err(|_| format!("{text} is not a port"));
            match word.as_str() {
                "--db" => args.db = value()?.into(),
                "--fresh" => args.fresh = true,
                "--carrier-port" => args.carrier_port = port(value()?)?,
                "--pages-port" => args.pages_port = port(value()?)?,
                "--dist" => args.dist = value()?.into(),
                "--connect" => args.connect = Some(value()?),
                "--trusted-types" => args.trusted_types = Some(value()?),
                "--json" => args.json = true,
                "--help" | "-h" => return Ok(Self::Help),
                _ => return Err(format!("{word} is not known")),
            }
        }
        Ok(Self::Run(args))
    }
}

#[cfg(test)]
mod tests {
    use super::{Args, Command};

    fn read(line: &str) -> Result<Command, String> {
        Command::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn arguments_are_read() {
        let read =
            read("--db a.sqlite --fresh --carrier-port 0 --connect http://127.0.0.1:9 --trusted-types vue --json");
        let expected = Args {
            db: "a.sqlite".into(),
            fresh: true,
            carrier_port: 0,
            pages_port: 8788,
            dist: "dist".into(),
            connect: Some("http://127.0.0.1:9".into()),
            trusted_types: Some("vue".into()),
            json: true,
        };
        assert_eq!(read, Ok(Command::Run(expected)));
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(read("--port 1"), Err("--port is not known".to_owned()));
        assert_eq!(read("--db"), Err("--db needs a value".to_owned()));
        assert_eq!(read("--pages-port x"), Err("x is not a port".to_owned()));
        assert_eq!(read("-h"), Ok(Command::Help));
    }
}
