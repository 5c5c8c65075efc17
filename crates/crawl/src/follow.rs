//! Redirects, one hop at a time, each judged like the first address.

use std::collections::HashSet;

use url::Url;

use crate::fetch::{Fetch, FetchError, Request, Response};

/// Redirects that a website may need: to https, to www, to a language.
pub const MAX_REDIRECTS: usize = 5;

/// The addresses of one chain of redirects.
#[derive(Debug, Default)]
pub struct Chain {
    seen: HashSet<Url>,
}

impl Chain {
    /// Takes note of an address that is about to be asked.
    ///
    /// # Errors
    /// When it was asked before, or too many were.
    pub fn enter(&mut self, url: &Url) -> Result<(), FetchError> {
        if !self.seen.insert(url.clone()) {
            return Err(FetchError::RedirectLoop { url: url.to_string() });
        }
        if self.seen.len() > MAX_REDIRECTS + 1 {
            return Err(FetchError::TooManyRedirects { limit: MAX_REDIRECTS });
        }
        Ok(())
    }
}

/// What an answer means for the one who follows.
#[derive(Debug)]
pub enum Hop {
    /// It is the answer: a success or "not modified".
    Arrived(Response),
    /// The answer is elsewhere.
    On(Url),
}

/// Judges the answer of one hop.
///
/// # Errors
/// [`FetchError::Status`] for every other status, [`FetchError::BadRedirect`] for a redirect to nowhere.
pub fn hop(asked: &Url, response: Response) -> Result<Hop, FetchError> {
    match response.status {
        200..=299 | 304 => Ok(Hop::Arrived(response)),
        301 | 302 | 303 | 307 | 308 => {
            let location = response.location.unwrap_or_default();
            match asked.join(&location) {
                Ok(mut next) if !location.is_empty() => {
                    next.set_fragment(None);
                    Ok(Hop::On(next))
                }
                _ => Err(FetchError::BadRedirect { location }),
            }
        }
        status => Err(FetchError::Status { status, retry_after: response.retry_after }),
    }
}

/// Asks and follows redirects without asking `robots.txt`: for `robots.txt` itself.
///
/// # Errors
/// [`FetchError`], also for a circle, too many hops and a status that says no.
pub async fn follow(fetcher: &dyn Fetch, mut request: Request) -> Result<Response, FetchError> {
    let mut chain = Chain::default();
    loop {
        chain.enter(&request.url)?;
        match hop(&request.url, fetcher.fetch(&request).await?)? {
            Hop::Arrived(response) => return Ok(response),
            Hop::On(next) => request.url = next,
        }
    }
}
