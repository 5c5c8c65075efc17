//! The tagged elements of Inline XBRL: numbers, the texts that are wanted, fractions; and what their attributes say.

use domain::filing::UnusedReason;

use super::document::{LeftOut, RawFact, RawText, Stated, wanted};
use super::namespace::Family;
use super::number::Format;
use super::reader::{Fault, Open, Reader, lossy, unknown_prefix};
use super::scan::{Tag, split};
use crate::package::error::Problem;

impl<'a> Reader<'a> {
    pub(super) fn text(&mut self, tag: &Tag<'a>) {
        let Some((_, name)) = tag.attributes().find(|(name, _)| *name == b"name") else { return };
        let (prefix, local) = split(name);
        let family = self.lookup(prefix).and_then(|index| self.document.namespaces[index].family.prefix());
        let Some(kind) = wanted(family, local) else { return };
        let (mut format, mut continued_at, mut is_other) = (&b""[..], None, false);
        for (attribute, value) in tag.attributes() {
            match attribute {
                b"format" => format = value,
                b"continuedAt" => continued_at = Some(value),
                b"target" => is_other = !value.is_empty(),
                _ if split(attribute).1 == b"nil" => is_other |= matches!(value, b"true" | b"1"),
                _ => {}
            }
        }
        if is_other {
            return;
        }
        let (registry, format) = split(format);
        let is_registry_known =
            self.lookup(registry).is_some_and(|index| self.document.namespaces[index].family == Family::Transformation);
        let (index, start) = (self.document.raw_texts.len(), self.document.text.len());
        self.document.raw_texts.push(RawText { kind, text: String::new(), format, is_registry_known, continued_at });
        self.push(Open::Text { index, start });
    }

    pub(super) fn fraction(&mut self, tag: &Tag<'a>) -> Result<(), Fault> {
        let attribute = |wanted: &[u8]| tag.attributes().find(|(name, _)| *name == wanted).map_or(&b""[..], |(_, v)| v);
        let (name, context) = (attribute(b"name"), attribute(b"contextRef"));
        self.leave_out(tag, name, context, UnusedReason::Fraction, String::new())
    }

    fn leave_out(
        &mut self,
        tag: &Tag<'a>,
        name: &'a [u8],
        context: &'a [u8],
        reason: UnusedReason,
        detail: String,
    ) -> Result<(), Fault> {
        let (prefix, local) = split(name);
        let Some(namespace) = self.lookup(prefix) else { return Err((tag.offset, unknown_prefix(prefix))) };
        let left = LeftOut { namespace, local, context, reason, detail, offset: tag.offset };
        self.parts += 1;
        self.document.left_out.push(left);
        Ok(())
    }

    pub(super) fn number(&mut self, tag: &Tag<'a>) -> Result<(), Fault> {
        let (mut name, mut context, mut unit, mut format) = (&b""[..], &b""[..], &b""[..], &b""[..]);
        let (mut scale, mut decimals, mut precision, mut sign, mut target) =
            (&b"0"[..], &b""[..], &b""[..], &b""[..], &b""[..]);
        let (mut nil, mut in_tuple) = (false, self.tuples > 0);
        for (attribute, value) in tag.attributes() {
            match attribute {
                b"name" => name = value,
                b"contextRef" => context = value,
                b"unitRef" => unit = value,
                b"format" => format = value,
                b"scale" => scale = value,
                b"decimals" => decimals = value,
                b"precision" => precision = value,
                b"sign" => sign = value,
                b"target" => target = value,
                b"tupleRef" => in_tuple = true,
                _ if split(attribute).1 == b"nil" => nil = matches!(value, b"true" | b"1"),
                _ => {}
            }
        }
        let missing = |attribute| Err((tag.offset, Problem::MissingAttribute { concept: lossy(name), attribute }));
        if name.is_empty() {
            return missing("name");
        }
        if !target.is_empty() {
            return self.leave_out(tag, name, context, UnusedReason::OtherTarget, lossy(target));
        }
        if nil {
            return Ok(());
        }
        if context.is_empty() {
            return missing("contextRef");
        }
        if unit.is_empty() {
            return missing("unitRef");
        }
        if in_tuple {
            return self.leave_out(tag, name, context, UnusedReason::InTuple, String::new());
        }
        let number = |text: &[u8]| std::str::from_utf8(text).ok().and_then(|text| text.trim().parse::<i8>().ok());
        let Some(scale) = number(scale) else {
            let detail = format!("scale “{}”", lossy(scale));
            return self.leave_out(tag, name, context, UnusedReason::NotANumber, detail);
        };
        if !sign.is_empty() && sign != b"-" {
            let detail = format!("sign “{}”", lossy(sign));
            return self.leave_out(tag, name, context, UnusedReason::NotANumber, detail);
        }
        let (prefix, local) = split(name);
        let Some(namespace) = self.lookup(prefix) else { return Err((tag.offset, unknown_prefix(prefix))) };
        // Precision in significant digits is the older way; without either, the text is taken at its word.
        let stated = match (number(precision), number(decimals)) {
            (Some(digits), _) => u8::try_from(digits).map_or(Stated::Exact, Stated::Precision),
            (None, Some(decimals)) => Stated::Decimals(decimals),
            (None, None) => Stated::Exact,
        };
        let start = self.document.text.len();
        let index = self.document.facts.len();
        let fact = RawFact {
            namespace,
            local,
            context,
            unit,
            text: start..start,
            scale,
            stated,
            negative: sign == b"-",
            format: self.format(format),
            format_name: format,
            offset: tag.offset,
        };
        self.document.facts.push(fact);
        self.push(Open::Fact { index });
        Ok(())
    }

    fn format(&mut self, qualified: &'a [u8]) -> Format {
        if qualified.is_empty() {
            return Format::Plain;
        }
        if let Some((last, format)) = self.last_format
            && last == qualified
        {
            return format;
        }
        let (prefix, local) = split(qualified);
        let namespace = self
            .active
            .iter()
            .rev()
            .map(|(_, index)| &self.document.namespaces[*index])
            .find(|namespace| namespace.prefix == prefix);
        let format = namespace.map_or(Format::Unknown, |namespace| Format::of(&namespace.family, local));
        self.last_format = Some((qualified, format));
        format
    }

    pub(super) fn fact_end(&mut self, index: usize) {
        let end = self.document.text.len();
        let Some(start) = self.document.facts.get(index).map(|fact| fact.text.start) else { return };
        let mut text = start..end;
        if self.excluded.iter().any(|range| range.start >= start) {
            // The text as it counts is written once more behind, where no element around it takes it for its own.
            let kept = self.without_excluded(start);
            text = end..end + kept.len();
            self.document.text.push_str(&kept);
            self.excluded.push(text.clone());
        }
        if let Some(fact) = self.document.facts.get_mut(index) {
            fact.text = text;
        }
    }

    /// The text from `start` on, without the parts that an `ix:exclude` inside the element took out.
    pub(super) fn without_excluded(&self, start: usize) -> String {
        let text = &self.document.text;
        let (mut kept, mut at) = (String::new(), start);
        for range in self.excluded.iter().filter(|range| range.start >= start) {
            kept.push_str(text.get(at..range.start.max(at)).unwrap_or_default());
            at = at.max(range.end);
        }
        kept.push_str(text.get(at..).unwrap_or_default());
        kept
    }
}
