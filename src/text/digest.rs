//! What tells one content from another: digests of bytes, and short texts made of them.

/// What tells one content from another: XXH3 with 128 bits of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(u128);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// The digest in hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }

    /// The digest as bytes.
    pub fn bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// The digest as a name for what was digested: a UUID of version 8 (RFC 9562 section 5.8).
    pub fn urn(self) -> String {
        let version = self.0 & !(0xf << 76) | (8 << 76);
        let hex = format!("{:032x}", version & !(0b11 << 62) | (0b10 << 62));
        format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

/// The short hash in block ids: six letters and digits of XXH3 over the parts.
///
/// The same on every machine and in every version: ids stand in people's notes.
pub fn short_hash(parts: &[&str]) -> String {
    let mut all = Vec::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for part in parts {
        all.extend_from_slice(part.as_bytes());
        all.push(0);
    }
    hash_letters(&all).collect()
}

/// A hash that tells any two things apart: 32 hexadecimal digits of XXH3 over the parts.
///
/// The same on every machine and in every version: it names what stands in other programs' files.
pub fn long_hash(parts: &[&str]) -> String {
    let mut all = Vec::new();
    for part in parts {
        all.extend_from_slice(part.as_bytes());
        all.push(0);
    }
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&all))
}

/// The letters of [`short_hash`], of parts that end with NUL each.
pub fn hash_letters(bytes: &[u8]) -> impl Iterator<Item = char> + use<> {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut rest = xxhash_rust::xxh3::xxh3_64(bytes);
    (0..6).map(move |_| {
        let letter = ALPHABET[(rest & 31) as usize] as char;
        rest >>= 5;
        letter
    })
}
