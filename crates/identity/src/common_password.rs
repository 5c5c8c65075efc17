//! Passwords that everybody tries first: a common word or a run of the keyboard, dressed up with digits and signs.
//!
//! A list of whole passwords of twelve letters would be long and miss the next year's ending. So the ending and the beginning are taken
//! off, digits that stand for letters are read as those, and what is left is looked for among the words that such passwords are made of.

/// Words and runs that make up the commonest passwords, in Swedish and English, and what this program is called.
const COMMON: &str = "password passwords passw passwort losenord losen hemligt hemlig secret welcome valkommen admin administrator root user guest test \
    testing demo login letmein letmeinnow changeme default master access system server database computer internet iloveyou jagalskardig alskling \
    sunshine princess dragon monkey football fotboll hockey baseball superman batman pokemon starwars michael jordan charlie jessica daniel \
    summer winter spring autumn sommar vinter var host january february march april june july august september october november december \
    januari februari mars maj juni juli augusti oktober monday friday mandag fredag sverige sweden stockholm goteborg malmo lode company \
    foretag business finance private equity whatever trustno trustnoone qwerty qwertyuiop qwertyui qwertz asdf asdfgh asdfghjkl asdfghjklo zxcvbn \
    zxcvbnm qazwsx qazwsxedc qwerasdf abc abcd abcde abcdef abcdefg abcdefgh abcdefghij abcdefghijkl google facebook microsoft windows apple samsung \
    batteri korrekt hejhej hejsan hello hellohello kalle anka kalleanka mamma pappa family flower cheese coffee chocolate liverpool arsenal chelsea";

/// Rows of the keyboard, and digits in their order, forwards and backwards.
const RUNS: [&str; 5] =
    ["qwertyuiopasdfghjklzxcvbnm", "1234567890", "0987654321", "abcdefghijklmnopqrstuvwxyz", "qazwsxedcrfvtgbyhnujm"];

/// Whether the password is a common word or run, or one repeated, with whatever digits and signs stand before and behind it.
#[must_use]
pub fn is_common(password: &str) -> bool {
    let lower = password.trim().to_lowercase();
    // The ending goes first: read as letters, its digits and signs would become part of the word.
    let core = lower.trim_matches(|letter: char| !letter.is_alphabetic());
    let plain: String = core.chars().map(plain_letter).collect();
    [core, plain.as_str()].iter().any(|core| is_word(core) || is_run(core)) || is_run(&lower)
}

/// The letter that a digit or sign stands for.
fn plain_letter(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' | 'å' | 'ä' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        'ö' => 'o',
        other => other,
    }
}

fn is_word(core: &str) -> bool {
    let words = || COMMON.split_whitespace();
    // One word, or two of them, or one repeated.
    words()
        .any(|word| core.strip_prefix(word).is_some_and(|rest| rest.is_empty() || words().any(|second| rest == second)))
}

/// Whether the text is made of pieces of at least three of one run, or of one piece repeated.
fn is_run(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 {
        return false;
    }
    let follows = |pair: &[char]| {
        RUNS.iter().any(|run| {
            let cycle: String = [*run, &run[..1]].concat();
            cycle.contains(&pair.iter().collect::<String>())
        })
    };
    let steps = letters.windows(2).filter(|pair| follows(pair) || pair[0] == pair[1]).count();
    let repeats = (1..=letters.len() / 2).any(|size| letters.chunks(size).all(|piece| letters.starts_with(piece)));
    repeats || steps * 4 >= (letters.len() - 1) * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_common() {
        for password in [
            "password1234",
            "Password1234!",
            "P@ssw0rd2026!!",
            "qwertyuiop12",
            "123456789012",
            "letmein12345",
            "lode12345678",
            "            12345",
            "Sommar2026!!",
            "abcabcabcabc",
            "welcomeadmin1",
            "losenord2026",
            "lösenord1234",
            "112233445566",
        ] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn sentences_and_random_letters_are_not() {
        for password in [
            "Korrekt häst batteri",
            "En helt ny mening",
            "correct horse battery staple",
            "tr4nsp0rt-kajak-moln",
            "8f3kq0zv7w2m",
            "839201746553",
            "Två glada laxar simmar",
        ] {
            assert!(!is_common(password), "{password}");
        }
    }
}
