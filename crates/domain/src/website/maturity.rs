//! How much of a business a company's website carries, as one number.

use super::WebsiteInsights;

/// 0 to 100, the sum of what was seen: a site that could be read 20, over TLS 15, more than one language 15, ten for each technology up to
/// three, something about products 10, about customers 10. What was not seen adds nothing; a site that was not read has no score at all.
#[must_use]
pub fn digital_maturity(insights: &WebsiteInsights, homepage: &str) -> u8 {
    let points = |is: bool, points: usize| if is { points } else { 0 };
    let sum = 20
        + points(homepage.starts_with("https://"), 15)
        + points(insights.languages.len() > 1, 15)
        + 10 * insights.technologies.len().min(3)
        + points(!insights.products.is_empty(), 10)
        + points(!insights.customers.is_empty(), 10);
    u8::try_from(sum).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_adds_up_to_at_most_a_hundred() {
        assert_eq!(digital_maturity(&WebsiteInsights::default(), "http://a.example"), 20);
        let names = |count: usize| (0..count).map(|n| n.to_string()).collect();
        let some = WebsiteInsights { languages: names(2), technologies: names(9), ..WebsiteInsights::default() };
        assert_eq!(digital_maturity(&some, "https://a.example"), 80);
    }
}
