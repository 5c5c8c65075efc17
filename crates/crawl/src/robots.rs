//! `robots.txt` (RFC 9309) with the crawl-delay and sitemap extensions.

use std::time::Duration;

use robotxt::{AccessResult, Robots};
use url::Url;

use crate::fetch::{Fetch, FetchError, Request, Wanted};
use crate::follow::follow;
use crate::web::ROBOT_NAME;

/// Longest pause that a site can make us keep between requests.
const LONGEST_DELAY: Duration = Duration::from_secs(30);
const MAX_BYTES: usize = 512 << 10;

/// What one host allows.
#[derive(Clone, Debug)]
pub struct Rules {
    rules: Robots,
    /// Sitemaps that the file names.
    pub sitemaps: Vec<Url>,
}

impl Rules {
    /// Asks the host for its rules. A file that is not there allows all; a host that cannot say (no answer, or an error of its
    /// own) allows nothing, as the standard has it.
    ///
    /// # Errors
    /// A refusal of the address, which ends the visit.
    pub async fn fetch(fetcher: &dyn Fetch, site: &Url, delay: Duration) -> Result<Self, FetchError> {
        let url = robotxt::robots_url(site).map_err(|_| FetchError::NoHost)?;
        let mut request = Request::new(url, Wanted::Text);
        request.delay = delay;
        request.max_bytes = MAX_BYTES;
        let rules = match follow(fetcher, request).await {
            Ok(response) => Robots::from_access(AccessResult::Successful(&response.body), ROBOT_NAME),
            Err(error) if error.is_refusal() => return Err(error),
            Err(FetchError::Status { status: 400..=428 | 430..=499, .. } | FetchError::TooManyRedirects { .. }) => {
                Robots::allow_all()
            }
            // A page or an image where the rules should be is no rule.
            Err(FetchError::ContentType { .. }) => Robots::allow_all(),
            Err(
                error @ (FetchError::NotResolved { .. } | FetchError::Connection { .. } | FetchError::NoTurn { .. }),
            ) => return Err(error),
            Err(_) => Robots::disallow_all(),
        };
        let sitemaps = rules.sitemaps().to_vec();
        Ok(Self { rules, sitemaps })
    }

    /// Whether the address may be visited.
    ///
    /// # Errors
    /// [`FetchError::Robots`].
    pub fn check(&self, url: &Url) -> Result<(), FetchError> {
        if self.rules.is_url_allowed(url) {
            return Ok(());
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        Err(FetchError::Robots { host, path: url.path().to_owned() })
    }

    /// The pause the site asks for, within reason, or ours where that is longer.
    #[must_use]
    pub fn delay(&self, ours: Duration) -> Duration {
        self.rules.crawl_delay().unwrap_or_default().min(LONGEST_DELAY).max(ours)
    }
}
