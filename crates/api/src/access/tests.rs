//! The table against the descriptions.

use super::*;

#[test]
fn the_table_lists_every_route_of_the_api_once_and_none_that_is_gone() {
    let mut described = Vec::new();
    for description in [crate::openapi(), crate::scraper_openapi()] {
        let description = serde_json::to_value(description).unwrap();
        for (path, methods) in description["paths"].as_object().unwrap() {
            for method in methods.as_object().unwrap().keys() {
                described.push((method.to_uppercase(), path.clone()));
            }
        }
    }
    let missing: Vec<_> = described.iter().filter(|(m, p)| !TABLE.contains_key(&(m.as_str(), p.as_str()))).collect();
    assert!(missing.is_empty(), "give these routes a line in crates/api/src/access.rs: {missing:?}");
    let is_described = |m: &str, p: &str| described.iter().any(|(method, path)| method == m && path == p);
    let undescribed =
        ["/api/openapi.json", "/api/docs", "/api/docs/", "/api/docs/{*rest}", "/metrics", "/scraper/api/openapi.json"];
    let gone: Vec<_> = ROUTES.iter().filter(|(m, p, _)| !is_described(m, p) && !undescribed.contains(p)).collect();
    assert!(gone.is_empty(), "these routes are gone: {gone:?}");
    assert_eq!(TABLE.len(), ROUTES.len(), "a route is listed twice");
}
