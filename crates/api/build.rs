//! Makes the binary follow the web app's build: file names change with their content, so the folder is watched.

fn main() {
    let dist = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend/dist");
    // A path that does not exist would make cargo run this, and compile the crate, every time. A failure (a
    // read-only checkout) costs only that.
    let _ = std::fs::create_dir_all(&dist);
    // Without any such line cargo would watch the whole crate.
    println!("cargo::rerun-if-changed=build.rs");
    // Only a release holds the files; a debug build reads them from the folder when it is asked for them.
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo::rerun-if-changed={}", dist.display());
    }
}
