//! Company websites, fetched with manners and without being led astray.
//!
//! [`site`] visits one company's website: it obeys `robots.txt`, asks each host one thing at a time with a pause between, picks
//! a few telling pages, and returns their text with title, language, hash and time, and the contact facts printed on them.
//! [`Web`] is the network: it connects only to addresses it has checked, follows no redirect by itself, and caps size and time.
//! Nothing here knows a database, and nothing here panics on what a server sends.

pub mod address;
pub mod charset;
pub mod choose;
pub mod contacts;
pub mod fetch;
pub mod follow;
pub mod page;
pub mod politeness;
pub mod resolve;
pub mod robots;
pub mod site;
pub mod sitemap;
pub mod web;

pub use fetch::{Fetch, FetchError, Request, Response};
pub use site::{Options, Page, Site, site, site_while};
pub use web::{Guard, Web};
