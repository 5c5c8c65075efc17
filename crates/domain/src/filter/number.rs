//! Numbers as people and programs write them, kept exact until a field decides what they become.

/// A decimal number: `mantissa × 10^exponent`, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// Powers of ten beyond which nothing in the product lies (the greatest double is about 1.8e308).
const EXPONENT_LIMIT: i32 = 400;

impl Decimal {
    /// Reads `[-]digits[.digits][e±n]` with a point or a comma, also with the typographic minus; `None` for anything else, for more
    /// than 36 digits and for exponents beyond ±400.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (mut mantissa, mut decimals, mut count, mut point) = (0i128, 0i32, 0usize, false);
        let mut seen = false;
        for byte in digits.bytes() {
            match byte {
                b'0'..=b'9' => {
                    seen = true;
                    count += usize::from(mantissa != 0 || byte != b'0');
                    if count > 36 {
                        return None;
                    }
                    mantissa = mantissa * 10 + i128::from(byte - b'0');
                    decimals += i32::from(point);
                }
                b'.' | b',' if !point && seen => point = true,
                _ => return None,
            }
        }
        if !seen || exponent.abs() > EXPONENT_LIMIT || decimals > EXPONENT_LIMIT {
            return None;
        }
        Some(Self { mantissa: if negative { -mantissa } else { mantissa }, exponent: exponent - decimals })
    }

    /// A whole number.
    #[must_use]
    pub fn from_integer(value: i64) -> Self {
        Self { mantissa: i128::from(value), exponent: 0 }
    }

    /// The shortest decimal that reads back as this double; `None` for NaN and infinities.
    #[must_use]
    pub fn from_real(value: f64) -> Option<Self> {
        value.is_finite().then(|| Self::parse(&format!("{value:e}"))).flatten()
    }

    /// The number times ten to this power.
    #[must_use]
    pub fn scaled(self, power: i32) -> Self {
        Self { exponent: self.exponent.saturating_add(power), ..self }
    }

    /// The nearest double; `None` where it would be infinite. Zero is never negative.
    #[must_use]
    pub fn to_real(self) -> Option<f64> {
        let value: f64 = format!("{}e{}", self.mantissa, self.exponent).parse().ok()?;
        value.is_finite().then_some(if value == 0.0 { 0.0 } else { value })
    }

    /// The whole number, if it is one and fits.
    #[must_use]
    pub fn to_integer(self) -> Option<i64> {
        let (floor, exact) = self.floor()?;
        exact.then_some(floor)
    }

    /// The greatest whole number that does not exceed it, and whether it is equal; `None` where it does not fit.
    #[must_use]
    pub fn floor(self) -> Option<(i64, bool)> {
        if self.mantissa == 0 {
            return Some((0, true));
        }
        if self.exponent >= 0 {
            let power = 10i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
            return i64::try_from(self.mantissa.checked_mul(power)?).ok().map(|value| (value, true));
        }
        match 10i128.checked_pow(self.exponent.unsigned_abs()) {
            Some(power) => {
                let floor = self.mantissa.div_euclid(power);
                Some((i64::try_from(floor).ok()?, self.mantissa.rem_euclid(power) == 0))
            }
            // Smaller than one in magnitude.
            None => Some((if self.mantissa < 0 { -1 } else { 0 }, false)),
        }
    }

    /// The number in digits without an exponent, with a decimal point; trailing zeros of the fraction left out.
    #[must_use]
    pub fn plain(self) -> String {
        let (mut mantissa, mut exponent) = (self.mantissa.unsigned_abs(), self.exponent);
        if mantissa == 0 {
            return "0".to_owned();
        }
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        let digits = mantissa.to_string();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        if exponent >= 0 {
            return format!("{sign}{digits}{}", "0".repeat(exponent.unsigned_abs() as usize));
        }
        let decimals = exponent.unsigned_abs() as usize;
        if digits.len() > decimals {
            let (whole, fraction) = digits.split_at(digits.len() - decimals);
            format!("{sign}{whole}.{fraction}")
        } else {
            format!("{sign}0.{}{digits}", "0".repeat(decimals - digits.len()))
        }
    }

    /// Like [`Decimal::plain`], but with an exponent where that is much shorter.
    #[must_use]
    pub fn readable(self) -> String {
        let plain = self.plain();
        if plain.len() <= 24 { plain } else { format!("{}e{}", self.mantissa, self.exponent) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints_exactly() {
        for (text, plain) in [
            ("50", "50"),
            ("-0,50", "-0.5"),
            ("1.50e3", "1500"),
            ("0.00012", "0.00012"),
            ("−7", "-7"),
            ("000", "0"),
            ("1e-3", "0.001"),
        ] {
            assert_eq!(Decimal::parse(text).map(Decimal::plain).as_deref(), Some(plain), "{text}");
        }
        for text in ["", "-", ".5", "1.2.3", "NaN", "inf", "1e999", "0x10", "1 000", "٣"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn whole_numbers_floor_towards_minus_infinity() {
        let floor = |text: &str| Decimal::parse(text).and_then(Decimal::floor);
        assert_eq!(floor("10.5"), Some((10, false)));
        assert_eq!(floor("-10.5"), Some((-11, false)));
        assert_eq!(floor("10.0"), Some((10, true)));
        assert_eq!(floor("9223372036854775807"), Some((i64::MAX, true)));
        assert_eq!(floor("9223372036854775808"), None);
        assert_eq!(floor("1e30"), None);
        assert_eq!(floor("-1e-300"), Some((-1, false)));
    }

    proptest::proptest! {
        #[test]
        fn doubles_survive(value: f64) {
            if value.is_finite() {
                let decimal = Decimal::from_real(value).expect("finite");
                let expected = if value == 0.0 { 0.0 } else { value };
                proptest::prop_assert_eq!(decimal.to_real(), Some(expected));
                proptest::prop_assert_eq!(Decimal::parse(&decimal.readable()).and_then(Decimal::to_real), Some(expected));
                // Per cent and back.
                let percent = decimal.scaled(2).readable();
                proptest::prop_assert_eq!(Decimal::parse(&percent).map(|d| d.scaled(-2)).and_then(Decimal::to_real), Some(expected));
            }
        }
    }
}
