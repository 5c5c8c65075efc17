//! pg_dump and pg_restore: found, checked against the server's version, and run without the password in the list of processes.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, ensure};
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use url::Url;

/// A program of Postgres for one database.
pub struct Program {
    path: PathBuf,
    /// The address without password.
    address: String,
    password: Option<String>,
}

impl Program {
    /// Finds the program for this database.
    ///
    /// # Errors
    /// When it is not installed, is older than the server, or the address is none.
    pub async fn find(name: &'static str, database_url: &str, server_major: i32) -> anyhow::Result<Self> {
        let path = embedded::binaries::postgres_tool(name).with_context(|| {
            format!("{name} belongs to Postgres: install postgresql-client-{server_major} or newer")
        })?;
        let said = Command::new(&path).arg("--version").output().await;
        let said = said.with_context(|| format!("cannot run {}", path.display()))?;
        let version = String::from_utf8_lossy(&said.stdout).into_owned();
        let major = version.split_whitespace().last().and_then(|number| number.split('.').next()?.parse::<i32>().ok());
        ensure!(
            major.is_some_and(|major| major >= server_major),
            "{} says {:?}, and the server is Postgres {server_major}: install postgresql-client-{server_major} or newer",
            path.display(),
            version.trim()
        );
        let mut url = Url::parse(database_url).context("DATABASE_URL is no address")?;
        let password = url.password().map(percent_decoded);
        let _ = url.set_password(None);
        Ok(Self { path, address: url.into(), password })
    }

    /// The program with these arguments, connected to the database.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command.args(arguments).arg("--no-password").arg("--dbname").arg(&self.address);
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password);
        }
        command.env("PGAPPNAME", "lode backup").kill_on_drop(true);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }
}

/// pg_restore that reads a dump from its input and writes nothing: it reads every part of it, so a damaged dump fails.
pub fn reader() -> anyhow::Result<Command> {
    let path = embedded::binaries::postgres_tool("pg_restore")?;
    let mut command = Command::new(path);
    command.args(["--format=custom", "--file=/dev/null"]).kill_on_drop(true);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    Ok(command)
}

/// Waits for the end of a program; what it said on its way is the reason when it failed. Its error output is taken before the rest is
/// used, so that it never waits for somebody to read it.
pub async fn finish(name: &str, mut child: Child) -> anyhow::Result<()> {
    let mut said = String::new();
    if let Some(mut errors) = child.stderr.take() {
        let mut bytes = Vec::new();
        let _ = (&mut errors).take(64 << 10).read_to_end(&mut bytes).await;
        said = String::from_utf8_lossy(&bytes).into_owned();
        let _ = tokio::io::copy(&mut errors, &mut tokio::io::sink()).await;
    }
    let status = child.wait().await.with_context(|| format!("{name} did not end"))?;
    let reason: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).take(5).collect();
    ensure!(status.success(), "{name} failed: {}", reason.join("; "));
    Ok(())
}

fn percent_decoded(text: &str) -> String {
    url::form_urlencoded::parse(format!("p={}", text.replace('+', "%2B")).as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn password_is_read_as_the_address_means_it() {
        assert_eq!(percent_decoded("a%2Fb+c%25"), "a/b+c%");
        assert_eq!(percent_decoded("%C3%A5"), "å");
    }
}
