//! Prints the benchmark of the index as JSON: `cargo run --release -p screen --example measure -- 2000000`.
fn main() {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(200_000);
    let settings = screen::benchmark::Settings { rows, runs: 40, cold_runs: 12, seed: 7 };
    let report = screen::benchmark::run(settings, |step| eprintln!("{step}"));
    println!("{}", serde_json::to_string_pretty(&report).unwrap_or_default());
}
