//! A resolver that a test fills, and a network that reaches the test's own site.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use crawl::resolve::Resolver;
use crawl::{Guard, Web};
use futures::future::BoxFuture;
use testing::website::Website;
use url::Url;

/// Names of a test: each look-up takes the next answer of the name's list, the last one for ever.
#[derive(Default)]
pub struct Names {
    answers: Mutex<HashMap<String, Vec<Vec<IpAddr>>>>,
    pub looked_up: Mutex<Vec<String>>,
}

impl Names {
    pub fn answer(&self, host: &str, addresses: &[&str]) {
        let addresses = addresses.iter().map(|address| address.parse().unwrap()).collect();
        self.answers.lock().unwrap().entry(host.to_owned()).or_default().push(addresses);
    }
}

impl Resolver for Names {
    fn resolve<'a>(&'a self, host: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, String>> {
        Box::pin(async move {
            self.looked_up.lock().unwrap().push(host.to_owned());
            let mut answers = self.answers.lock().unwrap();
            let list = answers.get_mut(host).ok_or("no such name")?;
            Ok(if list.len() > 1 { list.remove(0) } else { list[0].clone() })
        })
    }
}

/// A network that reaches this site, under these names, and nothing else on this machine.
pub fn web(site: &Website, names: &[&str]) -> (Web, Arc<Names>) {
    let known = Arc::new(Names::default());
    for name in names {
        known.answer(name, &[&site.ip().to_string()]);
    }
    let resolver: Arc<dyn Resolver> = known.clone();
    (Web::with(Guard::reaching_test_server(site.address()), resolver).unwrap(), known)
}

pub fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}
