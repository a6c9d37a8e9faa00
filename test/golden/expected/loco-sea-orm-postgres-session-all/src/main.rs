//! The command line: which command to run, and with which exit code to leave.

use std::env;
use std::process::ExitCode;

use loco_rs::cli;

use my_service::app::App;
use my_service::commands;
use my_service::db;

const USAGE: &str = "\
Usage: my-service [COMMAND]

Commands:
  serve    Starts the server (the default)
  migrate  Applies pending migrations and exits
  help     Lists the commands of Loco, which work too: start, routes and more
";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(|argument| argument.to_str()).collect();

    let outcome = match arguments[..] {
        [] | [Some("serve")] => commands::serve::run().await,
        [Some("migrate")] => commands::migrate::run().await,
        [Some("-h" | "--help")] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => cli::main::<App, db::Migrator>().await.map_err(Into::into),
    };

    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", explain(&error));
            ExitCode::FAILURE
        }
    }
}

/// The error and its causes, but for a cause whose words are there already.
fn explain(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}
