//! The columns of services that read business cards (名刺): Eight and Sansan.
//!
//! Above Eight's stand lines on how the file was made. Addresses are those of the office. Eight gives each tag a column of its own, with `1` in it.

use super::super::column::Column::{
    Channel, FamilyReading, GivenReading, Groups, Met, Mute, Note, Org, Page, Phone, Place, Unit,
};
use super::super::column::Line::{Code, Street};
use super::super::column::Where::Work;
use super::Program;
use crate::exchange::card::Source;

/// Eight.
pub const EIGHT: Program = Program {
    source: Source::Eight,
    signs: &[&["TEL直通"], &["TEL会社"], &["TEL部門"], &["ひとことメモ"], &["Eightでつながっている人"]],
    names: &[
        ("携帯電話", Phone(0)),
        ("TEL直通", Phone(1)),
        ("TEL部門", Phone(2)),
        ("TEL会社", Phone(3)),
        ("郵便番号", Place(Work, Code)),
        ("住所", Place(Work, Street)),
        ("ひとことメモ", Note),
        ("名刺交換日", Met),
        ("Eightでつながっている人", Mute),
        ("再データ化中の名刺", Mute),
        ("'?'を含んだデータ", Mute),
    ],
};

/// Sansan.
pub const SANSAN: Program = Program {
    source: Source::Sansan,
    signs: &[
        &["会社名", "氏名", "名刺交換日"],
        &["会社名", "姓", "名", "名刺交換日"],
        &["会社名", "氏名カナ", "登録日"],
        &["会社名", "氏名", "名刺ID"],
    ],
    names: &[
        ("会社名", Org),
        ("部署名", Unit),
        ("姓（カナ）", FamilyReading),
        ("名（カナ）", GivenReading),
        ("郵便番号", Place(Work, Code)),
        ("住所", Place(Work, Street)),
        ("携帯電話番号", Phone(0)),
        ("電話番号", Phone(1)),
        ("電話番号（直通）", Phone(1)),
        ("代表電話番号", Phone(2)),
        ("URL", Page),
        ("LINE", Channel("line")),
        ("タグ", Groups),
        ("名刺交換日", Met),
        ("登録日", Mute),
        ("更新日", Mute),
        ("名刺登録日", Mute),
        ("名刺ID", Mute),
        ("人物ID", Mute),
        ("会社ID", Mute),
        ("名刺所有者", Mute),
        ("所有者", Mute),
    ],
};
