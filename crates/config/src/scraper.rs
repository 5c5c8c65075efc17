//! Settings of the scraper service.

use super::{has_scheme, parse};

/// Port of the scraper service when none is given.
pub const DEFAULT_SCRAPER_PORT: u16 = 8081;

/// Where the scraper service listens and whom it asks.
#[derive(Clone, Debug)]
pub struct ScraperConfig {
    /// Port to listen on; `None` means the default, and in `lode up` any free one when that is taken.
    pub port: Option<u16>,
    /// Where browsers reach the service; `None` means that the web app shows none.
    pub public_url: Option<String>,
    /// Bolagsverket's API, without a slash at the end.
    pub bolagsverket_url: String,
    /// Where its tokens are given.
    pub bolagsverket_token_url: String,
    /// Our name there; without it the source is not offered.
    pub bolagsverket_client_id: Option<String>,
    /// Our secret there.
    pub bolagsverket_client_secret: Option<String>,
    /// Requests that it allows in a minute, token requests included.
    pub bolagsverket_per_minute: u32,
    /// Where the bulk files and archives are, without a slash at the end.
    pub bulk_url: String,
}

impl ScraperConfig {
    /// Judges the settings.
    pub(super) fn from_values(get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Self {
        let mut address = |name: &str, default: &str| {
            let url = get(name).unwrap_or_else(|| default.to_owned());
            if !has_scheme(&url, &["http", "https"]) {
                wrong.push(format!("{name} must begin with https:// or http://"));
            }
            url.trim_end_matches('/').to_owned()
        };
        let bolagsverket_url =
            address("SCRAPER_BOLAGSVERKET_URL", "https://gw.api.bolagsverket.se/vardefulla-datamangder/v1");
        let bolagsverket_token_url =
            address("SCRAPER_BOLAGSVERKET_TOKEN_URL", "https://portal.api.bolagsverket.se/oauth2/token");
        let bulk_url = address("SCRAPER_BULK_URL", "https://vardefulla-datamangder.bolagsverket.se");
        let public_url = get("SCRAPER_PUBLIC_URL").map(|_| address("SCRAPER_PUBLIC_URL", ""));
        let port = get("SCRAPER_PORT");
        let port = port
            .is_some()
            .then(|| parse(port, DEFAULT_SCRAPER_PORT, "SCRAPER_PORT must be a number from 0 to 65535", wrong));
        let per_minute = parse(
            get("SCRAPER_BOLAGSVERKET_PER_MINUTE"),
            60,
            "SCRAPER_BOLAGSVERKET_PER_MINUTE must be a number of at least 1",
            wrong,
        );
        if per_minute == 0 {
            wrong.push("SCRAPER_BOLAGSVERKET_PER_MINUTE must be at least 1".to_owned());
        }
        let (id, secret) = (get("SCRAPER_BOLAGSVERKET_CLIENT_ID"), get("SCRAPER_BOLAGSVERKET_CLIENT_SECRET"));
        if id.is_some() != secret.is_some() {
            wrong.push(
                "SCRAPER_BOLAGSVERKET_CLIENT_ID and SCRAPER_BOLAGSVERKET_CLIENT_SECRET belong together: give both or none"
                    .to_owned(),
            );
        }
        Self {
            port,
            public_url,
            bolagsverket_url,
            bolagsverket_token_url,
            bolagsverket_client_id: id,
            bolagsverket_client_secret: secret,
            bolagsverket_per_minute: per_minute.max(1),
            bulk_url,
        }
    }

    /// Every setting as it may be shown.
    pub(super) fn redacted(&self) -> [(&'static str, Option<String>); 8] {
        let shown = |url: &str| Some(super::without_credentials(url));
        [
            ("SCRAPER_PORT", self.port.map(|port| port.to_string())),
            ("SCRAPER_PUBLIC_URL", self.public_url.as_deref().and_then(shown)),
            ("SCRAPER_BOLAGSVERKET_URL", shown(&self.bolagsverket_url)),
            ("SCRAPER_BOLAGSVERKET_TOKEN_URL", shown(&self.bolagsverket_token_url)),
            ("SCRAPER_BOLAGSVERKET_CLIENT_ID", self.bolagsverket_client_id.as_ref().map(|_| "set".to_owned())),
            ("SCRAPER_BOLAGSVERKET_CLIENT_SECRET", self.bolagsverket_client_secret.as_ref().map(|_| "set".to_owned())),
            ("SCRAPER_BOLAGSVERKET_PER_MINUTE", Some(self.bolagsverket_per_minute.to_string())),
            ("SCRAPER_BULK_URL", shown(&self.bulk_url)),
        ]
    }
}
