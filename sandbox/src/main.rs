//! Runs the sandbox carrier and serves the widget's pages, on this machine only.

mod args;

use std::error::Error;
use std::future::IntoFuture as _;
use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use sandbox::{Allowed, Carrier, Clock, Settings, Store, pages_router};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::args::{Args, Command};

/// How many ports are tried when the wanted one is taken.
const PORTS_TRIED: u16 = 50;
/// How long open connections may take to end.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often due work is done that nobody asks for.
const SWEEP: Duration = Duration::from_millis(500);

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Command::read(std::env::args().skip(1)) {
        Ok(Command::Run(args)) => run(args).await,
        Ok(Command::Help) => io::stdout().write_all(args::HELP.as_bytes()).map_err(Into::into),
        Err(mistake) => Err(format!("{mistake}\n\n{}", args::HELP).into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    if args.fresh {
        remove(&args.db)?;
    }
    let (carrier_listener, carrier_port) = listen(args.carrier_port).await?;
    let (pages_listener, pages_port) = listen(args.pages_port).await?;
    let carrier_origin = format!("http://127.0.0.1:{carrier_port}");
    let pages_origin = format!("http://127.0.0.1:{pages_port}");
    let settings = Settings {
        carrier_origin: carrier_origin.clone(),
        page_origins: vec![pages_origin.clone(), format!("http://localhost:{pages_port}")],
        clock: Clock::system(),
    };
    let carrier = Carrier::open(&Store::File(args.db.clone()), settings)?;

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let (stop, stopped) = watch::channel(false);
    let apis = axum::serve(carrier_listener, carrier.service()).with_graceful_shutdown(until(stopped.clone()));
    let allowed = Allowed { connect: args.connect.as_deref(), trusted_types: args.trusted_types.as_deref() };
    let pages = axum::serve(pages_listener, pages_router(&args.dist, &carrier_origin, allowed))
        .with_graceful_shutdown(until(stopped.clone()));
    let (apis, pages) = (tokio::spawn(apis.into_future()), tokio::spawn(pages.into_future()));
    let sweeper = tokio::spawn(sweep(carrier.clone(), stopped));

    say(&args, &carrier, &carrier_origin, &pages_origin, (carrier_port, pages_port)).await?;
    tokio::select! {
        _ = interrupt.recv() => (),
        _ = terminate.recv() => (),
    }
    stop.send(true)?;
    let all = async { tokio::join!(apis, pages, sweeper) };
    if tokio::time::timeout(PATIENCE, all).await.is_err() {
        eprintln!("sandbox: connections were still open");
    }
    Ok(())
}

/// Deletes the database and the files beside it.
fn remove(db: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = db.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => (),
        }
    }
    Ok(())
}

/// Listens on this machine only, on the port or the next that is free.
async fn listen(wanted: u16) -> io::Result<(TcpListener, u16)> {
    let last = if wanted == 0 { 0 } else { wanted.saturating_add(PORTS_TRIED) };
    let mut port = wanted;
    loop {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => {
                let port = listener.local_addr()?.port();
                return Ok((listener, port));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => port += 1,
            Err(error) => return Err(error),
        }
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    let _ended = stopped.wait_for(|stopped| *stopped).await;
}

async fn sweep(carrier: Carrier, mut stopped: watch::Receiver<bool>) {
    let mut beat = tokio::time::interval(SWEEP);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = beat.tick() => carrier.sweep().await,
        }
    }
}

async fn say(
    args: &Args,
    carrier: &Carrier,
    carrier_origin: &str,
    pages_origin: &str,
    ports: (u16, u16),
) -> io::Result<()> {
    let subscribers = carrier.subscribers().await;
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{}", json!({ "carrier": carrier_origin, "pages": pages_origin }))?;
        return out.flush();
    }
    for (name, wanted, got) in [("carrier", args.carrier_port, ports.0), ("pages", args.pages_port, ports.1)] {
        if wanted != got && wanted != 0 {
            writeln!(out, "Port {wanted} is taken: {got} is used for the {name} instead.")?;
        }
    }
    writeln!(out, "Rocher Mobile, a carrier that does not exist. For development only.\n")?;
    writeln!(out, "  standalone page  {pages_origin}/")?;
    writeln!(out, "  embedded         {pages_origin}/embed.html")?;
    writeln!(out, "  deals            {pages_origin}/deals.html")?;
    writeln!(out, "  the carrier      {carrier_origin}")?;
    if !args.dist.is_dir() {
        writeln!(out, "\nThere is no folder {} yet: build the widget to see its pages.", args.dist.display())?;
    }
    writeln!(out, "\nSign in with one of these numbers; the page shows the one-time code:")?;
    for subscriber in subscribers {
        writeln!(out, "  {}  {}: {}", subscriber.msisdn, subscriber.name, subscriber.note)?;
    }
    writeln!(out, "\nCtrl-C ends it; the data are kept in {}.", args.db.display())?;
    out.flush()
}
