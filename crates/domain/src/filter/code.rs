//! How a code of a category is found under a coarser one.

use crate::catalogue::Hierarchy;

/// Divisions (first two digits) of each section of SNI 2007 (= NACE Rev. 2), the edition of the `sni` field.
pub const SNI_SECTIONS: [(char, &[&str]); 21] = [
    ('A', &["01", "02", "03"]),
    ('B', &["05", "06", "07", "08", "09"]),
    (
        'C',
        &[
            "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27",
            "28", "29", "30", "31", "32", "33",
        ],
    ),
    ('D', &["35"]),
    ('E', &["36", "37", "38", "39"]),
    ('F', &["41", "42", "43"]),
    ('G', &["45", "46", "47"]),
    ('H', &["49", "50", "51", "52", "53"]),
    ('I', &["55", "56"]),
    ('J', &["58", "59", "60", "61", "62", "63"]),
    ('K', &["64", "65", "66"]),
    ('L', &["68"]),
    ('M', &["69", "70", "71", "72", "73", "74", "75"]),
    ('N', &["77", "78", "79", "80", "81", "82"]),
    ('O', &["84"]),
    ('P', &["85"]),
    ('Q', &["86", "87", "88"]),
    ('R', &["90", "91", "92", "93"]),
    ('S', &["94", "95", "96"]),
    ('T', &["97", "98"]),
    ('U', &["99"]),
];

/// What a wanted code stands for: codes that are equal to one of the returned ones match, and where the
/// hierarchy nests, those that start with one of them.
#[must_use]
pub fn stems(hierarchy: Hierarchy, wanted: &str) -> Vec<&str> {
    if hierarchy == Hierarchy::Sni {
        let mut letters = wanted.chars();
        if let (Some(letter), None) = (letters.next(), letters.next())
            && let Some((_, divisions)) =
                SNI_SECTIONS.iter().find(|(section, _)| *section == letter.to_ascii_uppercase())
        {
            return divisions.to_vec();
        }
    }
    vec![wanted]
}

/// Whether a company's code is the wanted one or lies under it.
#[must_use]
pub fn code_matches(hierarchy: Hierarchy, wanted: &str, code: &str) -> bool {
    match hierarchy {
        Hierarchy::Flat => code == wanted,
        Hierarchy::Sni | Hierarchy::Municipality => {
            stems(hierarchy, wanted).into_iter().any(|stem| code.starts_with(stem))
        }
    }
}

/// The section letter of an SNI code of two digits or more.
#[must_use]
pub fn sni_section(code: &str) -> Option<char> {
    let division = code.get(..2)?;
    SNI_SECTIONS.iter().find(|(_, divisions)| divisions.contains(&division)).map(|(letter, _)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coarser_code_holds_the_finer_ones() {
        assert!(code_matches(Hierarchy::Sni, "62", "62010"));
        assert!(code_matches(Hierarchy::Sni, "J", "62010"));
        assert!(code_matches(Hierarchy::Sni, "j", "58110"));
        assert!(!code_matches(Hierarchy::Sni, "J", "64190"));
        assert!(!code_matches(Hierarchy::Sni, "6201", "62020"));
        assert!(code_matches(Hierarchy::Municipality, "01", "0180"));
        assert!(!code_matches(Hierarchy::Flat, "4", "49"));
        assert_eq!(sni_section("62010"), Some('J'));
        assert_eq!(sni_section("00000"), None);
    }
}
