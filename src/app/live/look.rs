//! Looks at the disk where something may have happened: notes, settings, page and calendar.
//!
//! What is gone or empty is believed only after a while. Leaves what to do about what is different to `live`.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{GRACE, Live, Looked, Places, SETTINGS, visible};
use crate::clock::Moment;
use crate::text::NotePath;
use crate::vault::{OBSIDIAN, Walk};

impl Live {
    /// Looks at places again, and takes in what is different there.
    pub fn look(&mut self, places: &Places, now: Moment) -> Looked {
        let mut looked = Looked::default();
        let everywhere = Places::Everywhere { thoroughly: false };
        let places = if self.is_doubled && matches!(places, Places::At(_)) { &everywhere } else { places };
        let due = self.doubts_due(now);
        let walks = self.walks(places, &due, &mut looked);
        self.look_at_settings(places, &due, now, &mut looked);
        self.look_at_page(places, &due, now, &mut looked);
        self.look_at_calendar(places, &due, now, &mut looked);
        let thoroughly = matches!(places, Places::Everywhere { thoroughly: true });
        let mut changes = Vec::new();
        self.is_doubled = walks.iter().any(|(_, walk)| walk.is_doubled);
        for (below, walk) in walks {
            looked.folders.extend(walk.folders.iter().cloned());
            looked.unread.extend(walk.for_now.iter().cloned());
            self.take_walk_problems(&below, &walk, &mut looked);
            self.take_notes(&below, walk, thoroughly, now, &mut changes, &mut looked);
        }
        if self.is_asked(places, &[], &NotePath::new(OBSIDIAN)) {
            looked.folders.extend(self.own_folders());
        }
        // What cannot be looked at is neither missing nor empty.
        for path in due {
            if self.doubts.get(&path).is_some_and(|since| *since + GRACE <= now) {
                self.doubts.remove(&path);
            }
        }
        if self.is_empty_handed() {
            self.keep_in_mind(changes, now);
            looked.is_away = true;
            return looked;
        }
        self.take_in(changes, &mut looked);
        looked
    }

    fn doubts_due(&self, now: Moment) -> Vec<NotePath> {
        let due = self.doubts.iter().filter(|(_, since)| **since + GRACE <= now);
        due.map(|(path, _)| path.clone()).collect()
    }

    /// Whether something that is missing or empty has been so for long enough.
    pub(super) fn is_believed(&mut self, path: &NotePath, now: Moment) -> bool {
        let since = *self.doubts.entry(path.clone()).or_insert(now);
        let is_believed = since + GRACE <= now;
        if is_believed {
            self.doubts.remove(path);
        }
        is_believed
    }

    /// Looks for notes at all places, each with the path below which it was looked.
    fn walks(&self, places: &Places, due: &[NotePath], looked: &mut Looked) -> Vec<(PathBuf, Walk)> {
        let walker = self.app.vault.walker(&self.app.config);
        let everywhere = || vec![(PathBuf::new(), walker.below(""))];
        let places = match places {
            Places::Everywhere { .. } => return everywhere(),
            Places::At(places) => places,
        };
        let mut below: Vec<PathBuf> = Vec::new();
        for place in places {
            match place.strip_prefix(&self.root) {
                Ok(path) if path.as_os_str().is_empty() => return everywhere(),
                Ok(path) => below.extend([visible(path), path.to_path_buf()]),
                Err(_) => {}
            }
        }
        let is_note = |path: &&NotePath| !SETTINGS.contains(&path.as_str());
        below.extend(due.iter().filter(is_note).map(|path| PathBuf::from(path.as_str())));
        // Who looks at a note looks at the links to it.
        let links = self
            .seen
            .links()
            .filter(|(_, target)| below.iter().any(|path| path == Path::new(target.as_str())));
        let links: Vec<PathBuf> = links.map(|(link, _)| PathBuf::from(link.as_str())).collect();
        below.extend(links);
        below.sort_unstable();
        below.dedup();
        // What lies in a folder that is looked into is looked at with it.
        let mut roots: Vec<PathBuf> = Vec::with_capacity(below.len());
        for path in below {
            if roots.last().is_none_or(|root| !path.starts_with(root)) {
                roots.push(path);
            }
        }
        looked.folders.reserve(roots.len());
        let walk = |path: PathBuf| (path.clone(), walker.below(path));
        // Other threads take longer to wake than one look.
        if roots.len() == 1 {
            roots.into_iter().map(walk).collect()
        } else {
            roots.into_par_iter().map(walk).collect()
        }
    }

    /// Which of the files that say how to read are different.
    fn look_at_settings(&mut self, places: &Places, due: &[NotePath], now: Moment, looked: &mut Looked) {
        for (at, path) in SETTINGS.into_iter().enumerate() {
            let path = NotePath::new(path);
            if !self.is_asked(places, due, &path) {
                continue;
            }
            let Ok(digest) = self.digest(&path) else { continue };
            if digest == self.settings[at] {
                self.doubts.remove(&path);
            } else if digest.is_some() || self.is_believed(&path, now) {
                self.doubts.remove(&path);
                looked.settings = true;
            }
        }
    }

    /// Whether the page is different. That it is gone is told, so that it is written again.
    fn look_at_page(&mut self, places: &Places, due: &[NotePath], now: Moment, looked: &mut Looked) {
        let page = self.app.config.page.file.clone();
        let template = self.app.config.page.template.clone();
        if template.is_some_and(|template| self.is_asked(places, due, &template)) {
            looked.is_different = true;
        }
        if !self.is_asked(places, due, &page) {
            return;
        }
        let Ok(digest) = self.digest(&page) else { return };
        if digest == self.page {
            self.doubts.remove(&page);
        } else if digest.is_some() || self.is_believed(&page, now) {
            self.doubts.remove(&page);
            self.page = digest;
            looked.page = true;
        }
    }

    /// Whether the calendar that is kept up is different, or gone: then it is written again.
    fn look_at_calendar(&mut self, places: &Places, due: &[NotePath], now: Moment, looked: &mut Looked) {
        let Some(path) = self.app.config.export.ics.clone() else { return };
        if !self.is_asked(places, due, &path) {
            return;
        }
        let Ok(digest) = self.digest(&path) else {
            // A folder, say: that it cannot be written is found out, and said, by trying.
            looked.is_different |= self.is_believed(&path, now);
            return;
        };
        if digest == self.calendar {
            self.doubts.remove(&path);
        } else if digest.is_some() || self.is_believed(&path, now) {
            self.doubts.remove(&path);
            self.calendar = digest;
            looked.is_different = true;
        }
    }

    fn is_asked(&self, places: &Places, due: &[NotePath], path: &NotePath) -> bool {
        let Places::At(places) = places else { return true };
        let place = self.root.join(path.as_str());
        due.contains(path) || places.iter().any(|asked| place.starts_with(asked))
    }
}
