//! The command line: which command to run, and with which exit code to leave.

use std::env;
use std::process::ExitCode;

use my_service::commands;

const USAGE: &str = "\
Usage: my-service [COMMAND]

Commands:
  serve    Starts the server (the default)
  migrate  Applies pending migrations and exits
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
        _ => {
            eprint!("error: unknown arguments\n\n{USAGE}");
            return ExitCode::from(2);
        }
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
