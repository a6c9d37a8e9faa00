//! The command line: runs a command and exits with its code.

use std::env;
use std::process::ExitCode;

use loco_rs::cli;

use migration::Migrator;
use my_service::app::App;
use my_service::{commands, telemetry};

const USAGE: &str = "\
Usage: my-service [COMMAND]

Commands:
  serve    Starts the server (the default)
  health   Asks the server on HOST and PORT whether it is alive
  migrate  Applies pending migrations and exits
  help     Lists the commands of Loco, which work too: start, routes and more

Options:
  -h, --help     Prints this help
  -V, --version  Prints the version
";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let arguments: Vec<_> = arguments
        .iter()
        .map(|text| text.to_string_lossy())
        .collect();
    let arguments: Vec<_> = arguments.iter().map(AsRef::as_ref).collect();

    let outcome = match arguments[..] {
        [] | ["serve"] => commands::serve::run().await,
        ["health"] => commands::health::run().await,
        ["migrate"] => commands::migrate::run().await,
        ["-h" | "--help"] => {
            print!("{USAGE}");
            Ok(())
        }
        ["-V" | "--version"] => {
            println!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        ["serve" | "health", ..] => return refuse(&arguments),
        // Loco rejects unknown arguments.
        _ => cli::main::<App, Migrator>().await.map_err(Into::into),
    };

    telemetry::finish();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", explain(&error));
            ExitCode::FAILURE
        }
    }
}

fn refuse(arguments: &[&str]) -> ExitCode {
    let arguments = arguments.join(" ");
    eprint!("error: unknown arguments: {arguments}\n\n{USAGE}");
    ExitCode::from(2)
}

/// Formats an error and its causes, skipping each cause that the preceding text already contains.
fn explain(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}
