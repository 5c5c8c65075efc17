//! Every input that once broke a parser, read again: `fuzz/regressions/<target>/…`, by what the fuzz targets do.

#[path = "../../../fuzz/targets.rs"]
mod targets;

#[test]
fn inputs_that_once_broke_something_are_read_or_refused() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/regressions"));
    for (name, run) in targets::ALL {
        // A target that was never broken has no folder.
        let Ok(inputs) = std::fs::read_dir(folder.join(name)) else { continue };
        for input in inputs {
            let path = input.unwrap().path();
            println!("{}", path.display());
            run(&std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn the_fixtures_pass_every_target() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures"));
    for file in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for (_, run) in targets::ALL {
            run(&bytes);
        }
    }
}
