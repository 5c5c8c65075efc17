//! One binary, one role per subcommand.

use std::process::ExitCode;

fn main() -> ExitCode {
    lode::commands::main()
}
