//! A pasted text is told line by line, and nothing is written.

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use super::{add_screened, make_list, send};
use crate::support::start;
use crate::universe::data;

#[tokio::test]
async fn every_line_is_told() {
    let server = start(&[]).await;
    let orgnrs = add_screened(&server, 3).await;
    let mut twins = data::plain(5).split_off(3);
    data::set(&mut twins, "name", domain::facts::FactValue::Text("Åkeriet i Mora Aktiebolag".into()));
    data::fill(server.db.pool(), &twins).await;
    data::ready(&server, Some(5)).await;
    let list = make_list(&server, None, json!({ "name": "Mål", "orgnrs": [orgnrs[0]] })).await;
    let text = format!(
        "Orgnr;Namn\n{};Bolag 0\n\nbolag 1\nBOLAG 1 AB\nÅkeriet i Mora\nBolagg\n811228-9874\n556012-5791\n556012-5790\nInget alls\n---\n",
        orgnrs[0]
    );
    let body = json!({ "text": text, "list_id": list.rsplit('/').next() });
    let (status, report) = send(&server, "POST", "/api/lists/match", None, Some(body)).await;
    assert_eq!(status, 200, "{report}");
    let lines = report["lines"].as_array().unwrap();
    let told: Vec<(u64, &str)> =
        lines.iter().map(|line| (line["line"].as_u64().unwrap(), line["status"].as_str().unwrap())).collect();
    assert_eq!(
        told,
        [
            (1, "heading"),
            (2, "found"),
            (4, "found"),
            (5, "repeated"),
            (6, "ambiguous"),
            (7, "ambiguous"),
            (8, "sole_trader"),
            (9, "not_found"),
            (10, "not_found"),
            (11, "not_found"),
            (12, "unreadable"),
        ]
    );
    assert_eq!((&lines[1]["company"]["is_on_list"], &lines[2]["matched_by"]), (&json!(true), &json!("name")));
    assert_eq!(lines[4]["candidates"].as_array().unwrap().len(), 2, "two companies have the name");
    assert!(lines[5]["hint"].as_str().unwrap().contains("resemble"), "{}", lines[5]);
    assert!(lines[7]["hint"].as_str().unwrap().contains("check digit"));
    assert!(!report.to_string().contains("811228"), "a personal number is repeated to nobody");
    assert_eq!(report["orgnrs"], json!([orgnrs[0], orgnrs[1]]));
    let counts =
        ["found", "repeated", "ambiguous", "not_found", "sole_traders", "on_list"].map(|key| report[key].clone());
    assert_eq!(Value::from(counts.to_vec()), json!([2, 1, 2, 4, 1, 1]));
    let (_, seen) = send(&server, "GET", &list, None, None).await;
    assert_eq!(seen["item_count"], 1, "nothing was written");
}

#[tokio::test]
async fn a_workbook_becomes_the_text_of_its_first_sheet() {
    let server = start(&[]).await;
    let orgnrs = add_screened(&server, 2).await;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Mål").unwrap();
    sheet.write(0, 0, "Bolag").unwrap().write(0, 1, "Org.nr").unwrap();
    sheet.write(1, 0, "Ett; i Mora").unwrap().write(1, 1, orgnrs[0].parse::<u64>().unwrap()).unwrap();
    sheet.write(3, 0, "Ett till").unwrap().write(3, 1, &orgnrs[1]).unwrap();
    let read = async |bytes: Vec<u8>| {
        let answer =
            server.client.post(format!("{}/api/lists/match/workbook", server.url)).body(bytes).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json::<Value>().await.unwrap())
    };
    let bytes = workbook.save_to_buffer().unwrap();
    let (status, table) = read(bytes.clone()).await;
    assert_eq!((status, &table["sheet"]), (200, &json!("Mål")), "{table}");
    let asked = json!({ "text": table["text"] });
    let (_, report) = send(&server, "POST", "/api/lists/match", None, Some(asked)).await;
    assert_eq!((&report["found"], &report["orgnrs"]), (&json!(2), &json!(orgnrs)), "{report}");
    assert_eq!(report["lines"][2]["line"], json!(4), "as Excel counts its rows");
    for (bytes, words) in
        [(bytes[..bytes.len() / 2].to_vec(), "save it again"), (b"name;orgnr".to_vec(), "save it again")]
    {
        let (status, problem) = read(bytes).await;
        assert_eq!(status, 422, "{problem}");
        assert!(problem.to_string().contains(words), "{problem}");
    }
    assert_eq!(read(vec![b'P'; 3 << 20]).await.0, 413);
}
