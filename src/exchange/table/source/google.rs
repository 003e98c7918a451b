//! The columns of Google Contacts' CSV: those of today, and those until 2024.
//!
//! As its help page on import and export has them. Several values of one kind stand in numbered columns,
//! or in one cell with ` ::: ` between them.

use super::super::column::Column::{
    FamilyReading, GivenReading, Groups, Honorific, Interests, Label, Labelled, Location, Mute, Note, Org,
    Page, Phone, Place, Reading, Role, Suffix, Unit,
};
use super::super::column::Line::{City, Code, Country, Region, Street, Whole};
use super::super::column::Where::Numbered;
use super::super::column::{Column, Labels};
use super::Program;
use crate::exchange::card::Source;

/// Google Contacts.
pub const PROGRAM: Program = Program {
    source: Source::Google,
    signs: &[
        &["Given Name", "Family Name", "Yomi Name"],
        &["Given Name", "Family Name", "Group Membership"],
        &["First Name", "Last Name", "Phonetic First Name", "File As"],
        &["First Name", "Last Name", "File As", "Labels"],
        &["E-mail # - Value"],
        &["Phone # - Value"],
    ],
    names: &[
        ("Yomi Name", Reading),
        ("Given Name Yomi", GivenReading),
        ("Family Name Yomi", FamilyReading),
        ("Phonetic First Name", GivenReading),
        ("Phonetic Last Name", FamilyReading),
        ("Additional Name", Column::Middle),
        ("Name Prefix", Honorific),
        ("Name Suffix", Suffix),
        ("File As", Mute),
        ("Initials", Mute),
        ("Photo", Mute),
        ("Group Membership", Groups),
        ("Labels", Groups),
        ("Hobby", Interests),
        ("Location", Location),
        ("Notes", Note),
        ("E-mail # - Type", Label(Labels::Email)),
        ("E-mail # - Label", Label(Labels::Email)),
        ("E-mail # - Value", Column::Email),
        ("Phone # - Type", Label(Labels::Phone)),
        ("Phone # - Label", Label(Labels::Phone)),
        ("Phone # - Value", Phone(1)),
        ("IM # - Type", Mute),
        ("IM # - Service", Label(Labels::Messenger)),
        ("IM # - Value", Labelled(Labels::Messenger)),
        ("Address # - Type", Label(Labels::Place)),
        ("Address # - Label", Label(Labels::Place)),
        ("Address # - Formatted", Place(Numbered, Whole)),
        ("Address # - Street", Place(Numbered, Street)),
        ("Address # - Extended Address", Place(Numbered, Street)),
        ("Address # - City", Place(Numbered, City)),
        ("Address # - Region", Place(Numbered, Region)),
        ("Address # - Postal Code", Place(Numbered, Code)),
        ("Address # - Country", Place(Numbered, Country)),
        ("Organization # - Type", Mute),
        ("Organization # - Name", Org),
        ("Organization # - Title", Role),
        ("Organization # - Department", Unit),
        ("Organization Name", Org),
        ("Organization Title", Role),
        ("Organization Department", Unit),
        ("Website # - Type", Mute),
        ("Website # - Label", Mute),
        ("Website # - Value", Page),
        ("Custom Field # - Type", Label(Labels::Custom)),
        ("Custom Field # - Label", Label(Labels::Custom)),
        ("Custom Field # - Value", Labelled(Labels::Custom)),
        ("Relation # - Type", Mute),
        ("Relation # - Label", Mute),
        ("Event # - Type", Mute),
        ("Event # - Label", Mute),
    ],
};
