//! Names as they are written on a card: the form of address that one ends with, and whose it is.
//!
//! Leaves which of the people of the vault a name means to `household`, and what else stands on a card to
//! `label`.

use crate::note::person::Person;
use crate::text::{Text, fold_name};

/// A name that ends so has its form of address …
const FORMS: [&str; 12] =
    ["様", "さま", "さん", "ちゃん", "くん", "令夫人", "殿", "先生", "先輩", "教授", "博士", "御中"];

/// … and one that ends with a role, too: 部長様 is said by nobody.
const ROLES: [&str; 17] = [
    "社長",
    "会長",
    "専務",
    "常務",
    "取締役",
    "部長",
    "次長",
    "課長",
    "係長",
    "主任",
    "室長",
    "所長",
    "局長",
    "支店長",
    "店長",
    "院長",
    "校長",
];

/// The form of address that a name ends with.
pub fn form_of_address(name: &str) -> Option<&'static str> {
    let ends = |word: &&&str| name.strip_suffix(**word).is_some_and(|rest| !rest.is_empty());
    FORMS.iter().chain(&ROLES).find(ends).copied()
}

/// Whether a form of address is a role.
pub(super) fn is_role(form: &str) -> bool {
    ROLES.iter().any(|role| form.ends_with(role))
}

/// A name on a card without its form of address.
pub(super) fn bare_name(name: &str) -> &str {
    let mut forms = FORMS.iter().chain(&ROLES);
    let form = forms.find_map(|form| name.strip_suffix(form).filter(|bare| !bare.is_empty()));
    form.unwrap_or(name).trim()
}

/// A name without its form of address, as names are compared.
pub(super) fn plain(name: &str) -> Text {
    fold_name(bare_name(name))
}

/// Whether a name on a card is that of its holder: the whole or a part of it.
pub(super) fn is_own_name(holder: &Person, name: &str) -> bool {
    let bare = plain(name);
    let parts = holder.name.split_whitespace().map(fold_name);
    parts.chain([fold_name(&holder.name)]).any(|own| own == bare)
}
