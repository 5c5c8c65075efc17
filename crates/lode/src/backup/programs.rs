//! pg_dump and pg_restore: found, checked against the server's version, and run without the password in the list of processes.

use std::path::{Path, PathBuf};
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
    /// Finds the program for this database: of the server's own version where there is one, else the next newer one.
    ///
    /// # Errors
    /// When none is installed that is new enough, or the address is none.
    pub async fn find(name: &'static str, database_url: &str, server_major: i32) -> anyhow::Result<Self> {
        let remedy = || format!("install postgresql-client-{server_major}, to which {name} belongs");
        let mut found = Vec::new();
        for path in embedded::binaries::postgres_tools(name).with_context(remedy)? {
            found.extend(major_of(&path).await.map(|major| (major, path)));
        }
        let newest = found.iter().map(|(major, _)| *major).max();
        let fitting = found.into_iter().filter(|(major, _)| *major >= server_major).min();
        let (_, path) = fitting.with_context(|| {
            format!(
                "the server is Postgres {server_major}, and the newest {name} is of version {}: {}",
                newest.unwrap_or(0),
                remedy()
            )
        })?;
        let (address, password) = for_libpq(database_url).context("DATABASE_URL is no address")?;
        Ok(Self { path, address, password })
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

/// The major version of a program; `None` when it does not run.
async fn major_of(path: &Path) -> Option<i32> {
    let said = Command::new(path).arg("--version").output().await.ok()?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    // `pg_dump (PostgreSQL) 18.6 (Debian …)`.
    text.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
}

/// pg_restore, the newest one, that reads a dump from its input and writes nothing: it reads every part of it, so a damaged dump fails.
///
/// # Errors
/// When none is installed.
pub async fn reader() -> anyhow::Result<Command> {
    let mut found = Vec::new();
    for path in embedded::binaries::postgres_tools("pg_restore")? {
        found.extend(major_of(&path).await.map(|major| (major, path)));
    }
    let (_, path) = found.into_iter().max().context("no pg_restore that is installed runs")?;
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
    let has_no_tls = said.contains("SSL support is not compiled in");
    let remedy =
        if has_no_tls { ". The one beside the embedded server has no TLS: install postgresql-client" } else { "" };
    ensure!(status.success(), "{name} failed: {}{remedy}", reason.join("; "));
    Ok(())
}

/// Parameters of an address by the names that we take, and the one that Postgres' own programs know; they refuse every other.
const PARAMETERS: [(&str, &str); 16] = [
    ("sslmode", "sslmode"),
    ("ssl-mode", "sslmode"),
    ("sslrootcert", "sslrootcert"),
    ("ssl-root-cert", "sslrootcert"),
    ("ssl-ca", "sslrootcert"),
    ("sslcert", "sslcert"),
    ("ssl-cert", "sslcert"),
    ("sslkey", "sslkey"),
    ("ssl-key", "sslkey"),
    ("host", "host"),
    ("hostaddr", "hostaddr"),
    ("port", "port"),
    ("dbname", "dbname"),
    ("user", "user"),
    ("options", "options"),
    ("connect_timeout", "connect_timeout"),
];

/// The address as Postgres' own programs read it, and its password apart.
fn for_libpq(database_url: &str) -> Result<(String, Option<String>), url::ParseError> {
    let mut url = Url::parse(database_url)?;
    let mut password = url.password().map(percent_decoded);
    let _ = url.set_password(None);
    let given: Vec<(String, String)> =
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    if let Some((_, value)) = given.iter().find(|(name, _)| name == "password") {
        password = Some(value.clone());
    }
    let known: Vec<String> = given
        .iter()
        .filter_map(|(name, value)| {
            let (_, libpq) = PARAMETERS.iter().find(|(ours, _)| ours == name)?;
            // Not as a form: libpq reads a plus as a plus.
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            Some(format!("{libpq}={}", value.replace('+', "%20")))
        })
        .collect();
    url.set_query((!known.is_empty()).then(|| known.join("&")).as_deref());
    Ok((url.into(), password))
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
    fn address_for_postgres_own_programs_has_no_password_and_no_parameter_that_they_refuse() {
        for (ours, libpq, password) in [
            (
                "postgres://a:b%40c@h:1/d?sslmode=verify-full&ssl-ca=/x%20y.pem&statement-cache-capacity=0",
                "postgres://a@h:1/d?sslmode=verify-full&sslrootcert=%2Fx%20y.pem",
                Some("b@c"),
            ),
            ("postgres://a@h/d?password=p%2Bq&application_name=x", "postgres://a@h/d", Some("p+q")),
            ("postgres:///d?host=/run/postgresql", "postgres:///d?host=%2Frun%2Fpostgresql", None),
        ] {
            let (address, found) = for_libpq(ours).unwrap();
            assert_eq!((address.as_str(), found.as_deref()), (libpq, password));
        }
    }

    #[test]
    fn password_is_read_as_the_address_means_it() {
        assert_eq!(percent_decoded("a%2Fb+c%25"), "a/b+c%");
        assert_eq!(percent_decoded("%C3%A5"), "å");
    }
}
