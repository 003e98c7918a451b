//! Which kind of address book a file is: told by what is in it, never by how it is called.
//!
//! Leaves each kind to its reader.

use super::card::{Book, NotABook, Source};
use super::encoding::{WESTERN, decode, western};
use super::{table, vcard};
use crate::date::DayFirst;

/// Reads an address book. The file's name decides between two kinds of table only where their content
/// is the same; `order` says which of day and month a table writes first.
///
/// # Errors
/// [`NotABook`] where it is none that goen reads.
pub fn read(file_name: &str, bytes: &[u8], order: DayFirst) -> Result<Book, NotABook> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(NotABook::Empty);
    }
    if is_packed(bytes) {
        return Err(NotABook::Unknown);
    }
    if vcard::is_vcard(bytes) {
        return Ok(Book { source: Source::VCard, rows: vcard::read(bytes), assumed: None });
    }
    match decode(bytes) {
        Ok(text) => table::read(file_name, &text, order),
        // Outlook writes what the country's Windows does. Whoever uses it says whether names look right.
        Err(why) => {
            let text = western(bytes).ok_or(why)?;
            let book =
                table::read(file_name, &text, order).ok().filter(|book| book.source == Source::Outlook);
            Ok(Book { assumed: Some(WESTERN), ..book.ok_or(why)? })
        }
    }
}

/// Whether it is a workbook (xlsx, ods, xls) or a PDF: no text in any encoding.
fn is_packed(bytes: &[u8]) -> bool {
    [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0", b"%PDF"].iter().any(|mark| bytes.starts_with(mark))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(file_name: &str, bytes: &[u8]) -> Result<Book, NotABook> {
        super::read(file_name, bytes, DayFirst::Ask)
    }

    #[test]
    fn content_says_what_it_is() {
        for (bytes, why) in [
            (&b""[..], NotABook::Empty),
            (b" \r\n", NotABook::Empty),
            (b"\xef\xbb\xbf\r\n", NotABook::Empty),
            (b"PK\x03\x04\0\0", NotABook::Unknown),
            (b"a\0b", NotABook::Encoding),
            (b"Dear all,\nplease find\nthe list\n", NotABook::Unknown),
            (b"product,price\ntea,3\n", NotABook::NoNames),
            (b"<html>a,b", NotABook::Unknown),
        ] {
            assert_eq!(read("x.csv", bytes), Err(why), "{:?}", String::from_utf8_lossy(bytes));
        }
        let outlook =
            |name: &str| format!("First Name,Last Name,E-mail Address,Business Phone\r\n{name},,\r\n");
        let bytes = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let book = read("x.csv", &bytes(&outlook("Jürgen,Müller"))).unwrap();
        assert_eq!((book.source, book.assumed), (Source::Outlook, Some("Windows-1252")));
        assert_eq!(book.rows[0].as_ref().unwrap().name, "Jürgen Müller");
        let russian = encoding_rs::WINDOWS_1251.encode(&outlook("Иван,Петров")).0.into_owned();
        assert_eq!(read("x.csv", &russian), Err(NotABook::Encoding));
        assert_eq!(read("x.csv", &bytes("name,e-mail\nJürgen Müller,\n")), Err(NotABook::Encoding));
        let card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Taro Tanaka\nEND:VCARD\n";
        assert_eq!(read("x.csv", card).map(|book| book.source), Ok(Source::VCard));
        assert_eq!(read("x.vcf", "氏名\n田中 太郎\n".as_bytes()).map(|book| book.rows.len()), Ok(1));
    }
}
