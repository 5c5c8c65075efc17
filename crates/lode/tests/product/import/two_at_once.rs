//! Two imports into one database at the same time.

use ingest::ImportKind;

use super::fixtures::{dump, import, orgnr, request, write};

#[tokio::test(flavor = "multi_thread")]
async fn two_imports_at_once_give_what_one_after_the_other_gives() {
    let folder = tempfile::tempdir().unwrap();
    let accounts = |name: &str, numbers: &mut dyn Iterator<Item = u64>, year: u64| {
        let mut text = "orgnr;name;period_start;period_end;revenue;total_assets;equity;net_income\n".to_owned();
        for n in numbers {
            text +=
                &format!("{};Bolag {n} AB;{year}-01-01;{year}-12-31;{};{};50;10\n", orgnr(n), 1000 + n * 7, 100 + n);
        }
        write(folder.path(), name, text)
    };
    let rising = accounts("a.csv", &mut (0..400), 2020);
    let falling = accounts("b.csv", &mut (0..400).rev(), 2021);
    let small = |path| {
        let mut request = request(ImportKind::Accounts, path);
        request.batch = 90;
        request
    };
    let (together, apart) = (testing::database().await, testing::database().await);
    let (one, other) = (small(&rising), small(&falling));
    let ends = tokio::join!(import(&together, &one, folder.path()), import(&together, &other, folder.path()));
    assert_eq!((ends.0.report.read, ends.1.report.read), (400, 400));
    import(&apart, &one, folder.path()).await;
    import(&apart, &other, folder.path()).await;
    for (one, other) in dump(&together).await.iter().zip(dump(&apart).await) {
        assert_eq!(*one, other);
    }
}
