//! A name at the head of a message that is not theirs: `wrong-name`, as far as that is certain.
//!
//! Leaves where the name stands to `names` and `english`.

use super::called::Names;
use super::letter::Part;
use super::{Addressee, Both, Reading};
use crate::plan::label::form_of_address;
use crate::plan::mourners;
use crate::problem::Severity;
use crate::text::{fold_name, one_line};

/// Tells of a name that is not theirs, as far as that is certain.
pub fn tell_wrong(reading: &mut Reading<'_>, to: &Addressee<'_>, name: &str, part: Part) -> bool {
    let shown = one_line(&to.person.name).into_owned();
    let other = reading
        .case
        .index
        .people()
        .find(|(note, person, _)| note.path != to.note.path && Names::of(person).holds(name));
    let (ja, en) = if to.names.has_twin_of(name) {
        (
            format!("漢字が違います。ノートでは「{shown}」です"),
            format!("written with another letter than {shown} in the note"),
        )
    } else if let Some((_, other, _)) = other {
        let other = one_line(&other.name).into_owned();
        (
            format!("宛先は{shown}さんですが、{other}さんの名前になっています"),
            format!("it goes to {shown}, but bears the name of {other}"),
        )
    } else if to.names.are_written_as(name) {
        (
            format!("宛先の{shown}さんの名前ではありません"),
            format!("this is not the name of {shown}, to whom it goes"),
        )
    } else {
        return false;
    };
    let help =
        Both { ja: "名前と漢字を確かめましょう", en: "check the name and how it is spelt" };
    reading.add("wrong-name", Severity::Warning, part, Both { ja: &ja, en: &en }, help);
    true
}

/// Whether it is the name of somebody who lives with them: a letter may go to both, and bears both names.
pub fn is_of_household(reading: &Reading<'_>, to: &Addressee<'_>, name: &str) -> bool {
    let name = fold_name(name);
    let name = name.as_str();
    let is_it = |joint: &str| {
        let bare = form_of_address(joint).and_then(|form| joint.strip_suffix(form)).unwrap_or(joint);
        let joint = fold_name(bare);
        let joint = joint.as_str();
        let is_with = |long: &str, short: &str| {
            let family = long.strip_suffix(short);
            family.is_some_and(|family| to.names.families.iter().any(|own| own == family))
        };
        joint == name || is_with(name, joint) || is_with(joint, name)
    };
    to.person.details().joint_names.iter().any(|joint| is_it(joint))
        || mourners(reading.case.index, to.note).iter().any(|person| Names::of(person).holds(name))
}
