//! A value that stands in `goen.toml`, taken for one of a kind.

use std::borrow::Cow;

use toml::de::DeValue;

use crate::text::{Span, fold};

/// A value that stood in the file.
pub struct Value<'v, 'i> {
    pub(super) value: &'v DeValue<'i>,
    pub(super) span: Span,
}

impl Value<'_, '_> {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The string as written.
    pub fn text(&self) -> Option<&str> {
        self.value.as_str()
    }

    /// The string as a word to compare: NFKC, lower case, trimmed.
    pub fn word(&self) -> Option<Cow<'_, str>> {
        self.text().map(fold)
    }

    /// `true`, `false`.
    pub fn bool(&self) -> Option<bool> {
        self.value.as_bool()
    }

    /// A whole number, not negative.
    pub fn count(&self) -> Option<u32> {
        let integer = self.value.as_integer()?;
        u32::from_str_radix(integer.as_str(), integer.radix()).ok()
    }

    /// A finite number; an integer is one too.
    pub fn number(&self) -> Option<f64> {
        let number = match self.value {
            DeValue::Float(float) => float.as_str().parse().ok()?,
            #[allow(clippy::cast_precision_loss)]
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok()? as f64,
            _ => return None,
        };
        f64::is_finite(number).then_some(number)
    }

    /// A string, or one of TOML's own dates as it would stand in a string.
    pub fn date_text(&self) -> Option<String> {
        match self.value {
            DeValue::Datetime(date) => Some(date.to_string()),
            _ => self.text().map(str::to_owned),
        }
    }
}
