//! Where everything stands in a picture that somebody has worked on: what they touched stays, and the rest
//! finds its place around it. Nothing that goen places lands on anything, nobody in the frame of others.
//!
//! Where nobody has touched anything, the picture is laid out anew.

use std::collections::HashMap;

use super::layout::{ACROSS, APART, DOWN, GRID, MARGIN};
use super::{Node, Rect, Shown};

/// A node of goen's that is in the picture already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub place: Rect,
    /// Somebody moved, sized, coloured or renamed it.
    pub is_touched: bool,
    /// Its size is goen's.
    pub has_size_of_goen: bool,
    /// It has another frame since goen placed it.
    pub has_left: bool,
}

/// What else is in the picture: somebody's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Other {
    pub place: Rect,
    pub is_group: bool,
}

/// The places, by the ids of the nodes; a frame that nobody is to stand in has none.
pub(super) fn places<'n>(
    nodes: &'n [Node],
    stands: &HashMap<&str, Stand>,
    others: &[Other],
) -> HashMap<&'n str, Rect> {
    if others.is_empty() && !stands.values().any(|stand| stand.is_touched) {
        return nodes.iter().map(|node| (node.id.as_str(), node.place)).collect();
    }
    Ground { nodes, stands, places: HashMap::new(), taken: Vec::new() }.settled(others)
}

/// A place that is taken; `of` is the frame's id, for it and for those within.
#[derive(Debug, Clone, Copy)]
struct Taken<'n> {
    place: Rect,
    of: &'n str,
    is_group: bool,
}

/// A frame with those who stand in it, and who else is to.
struct Crowd<'n> {
    frame: &'n Node,
    place: Rect,
    may_grow: bool,
    within: Vec<(&'n str, Rect)>,
    coming: Vec<(&'n str, Rect)>,
}

struct Ground<'n, 's> {
    nodes: &'n [Node],
    stands: &'s HashMap<&'s str, Stand>,
    places: HashMap<&'n str, Rect>,
    taken: Vec<Taken<'n>>,
}

impl<'n> Ground<'n, '_> {
    fn settled(mut self, others: &[Other]) -> HashMap<&'n str, Rect> {
        let of_nobody = |other: &Other| Taken { place: other.place, of: "", is_group: other.is_group };
        self.taken.extend(others.iter().map(of_nobody));
        let frames: Vec<&Node> = self.nodes.iter().filter(|node| is_frame(node)).collect();
        let frame_places: HashMap<&str, Rect> = frames
            .iter()
            .filter_map(|frame| Some((frame.id.as_str(), self.stands.get(frame.id.as_str())?.place)))
            .collect();
        let (mut standing, mut coming) = (Vec::new(), Vec::new());
        for node in self.nodes.iter().filter(|node| !is_frame(node)) {
            let Some(stand) = self.stands.get(node.id.as_str()) else {
                coming.push((node, node.place));
                continue;
            };
            let is_home = frame_places.get(node.frame.as_str()).is_some_and(|own| own.holds(&stand.place));
            let is_guest = || {
                let mut foreign = frame_places.iter().filter(|(id, _)| **id != node.frame);
                foreign.any(|(_, place)| place.overlaps(&stand.place))
            };
            match stand.is_touched {
                // Where somebody put them; who has another organisation since goes there.
                true if is_home || !stand.has_left || !is_guest() => {
                    self.places.insert(&node.id, stand.place);
                    self.taken.push(Taken { place: stand.place, of: &node.frame, is_group: false });
                }
                false if is_home => standing.push((node, stand.place)),
                _ => coming.push((node, stand.place)),
            }
        }
        let (mut held, mut free, mut new) = (Vec::new(), Vec::new(), Vec::new());
        for frame in frames {
            let of = |all: &[(&'n Node, Rect)]| -> Vec<(&'n str, Rect)> {
                let own = all.iter().filter(|(node, _)| node.frame == frame.id);
                own.map(|(node, place)| (node.id.as_str(), *place)).collect()
            };
            let (within, coming) = (of(&standing), of(&coming));
            match self.stands.get(frame.id.as_str()) {
                None => new.push((frame, coming)),
                Some(stand) => {
                    let (place, may_grow) = (stand.place, stand.has_size_of_goen);
                    let is_held = stand.is_touched || self.taken.iter().any(|t| t.place.overlaps(&place));
                    let to = if is_held { &mut held } else { &mut free };
                    to.push(Crowd { frame, place, may_grow, within, coming });
                }
            }
        }
        self.stay(held);
        self.make_way(free);
        self.come(new);
        self.places
    }

    /// Frames that somebody worked on stay; who is new there finds a place in them.
    fn stay(&mut self, held: Vec<Crowd<'n>>) {
        for crowd in &held {
            self.taken.push(Taken { place: crowd.place, of: &crowd.frame.id, is_group: true });
            self.taken.extend(crowd.within.iter().map(|(_, place)| Taken {
                place: *place,
                of: &crowd.frame.id,
                is_group: false,
            }));
        }
        for crowd in held {
            let (frame, placed) = filled(&crowd, &self.taken);
            self.put(&crowd, frame, placed, 0);
        }
    }

    /// The other frames stay too, unless one has to make way downwards.
    fn make_way(&mut self, mut free: Vec<Crowd<'n>>) {
        free.sort_by_key(|crowd| (crowd.place.y, crowd.place.x, &crowd.frame.id));
        for crowd in free {
            let own: Vec<Taken<'_>> = crowd
                .within
                .iter()
                .map(|(_, place)| Taken { place: *place, of: &crowd.frame.id, is_group: false })
                .collect();
            let (frame, placed) = filled(&crowd, &own);
            let mut down = 0;
            while let Some(end) = self
                .taken
                .iter()
                .filter(|t| t.place.overlaps(&frame.down(down)))
                .map(|t| t.place.bottom())
                .max()
            {
                down = end + APART - frame.y;
            }
            self.put(&crowd, frame, placed, down);
        }
    }

    /// New frames stand below everything, in a row.
    fn come(&mut self, new: Vec<(&'n Node, Vec<(&'n str, Rect)>)>) {
        let all = || self.taken.iter().map(|taken| taken.place);
        let top = all().map(|place| place.bottom()).max().map_or(0, |bottom| bottom + APART);
        let mut left = all().map(|place| place.x).min().unwrap_or(0);
        for (frame, coming) in new.into_iter().filter(|(_, coming)| !coming.is_empty()) {
            let place = Rect { x: left, y: top, ..frame.place };
            let crowd = Crowd { frame, place, may_grow: true, within: Vec::new(), coming };
            let (place, placed) = filled(&crowd, &[]);
            self.put(&crowd, place, placed, 0);
            left = place.right() + APART;
        }
    }

    fn put(&mut self, crowd: &Crowd<'n>, frame: Rect, placed: Vec<(&'n str, Rect)>, down: i64) {
        let of = crowd.frame.id.as_str();
        self.places.insert(of, frame.down(down));
        self.taken.push(Taken { place: frame.down(down), of, is_group: true });
        for (id, place) in crowd.within.iter().copied().chain(placed) {
            self.places.insert(id, place.down(down));
            self.taken.push(Taken { place: place.down(down), of, is_group: false });
        }
    }
}

fn is_frame(node: &Node) -> bool {
    matches!(node.what, Shown::Group(_))
}

/// The places of those who come to a frame, row by row where nothing stands; and the frame, as much larger
/// as that takes, if it may be and nothing is in the way.
fn filled<'n>(crowd: &Crowd<'n>, taken: &[Taken<'_>]) -> (Rect, Vec<(&'n str, Rect)>) {
    let own = crowd.frame.id.as_str();
    let mut frame = crowd.place;
    let mut placed: Vec<(&'n str, Rect)> = Vec::new();
    // A frame of somebody's own around this one is in nobody's way.
    let around = |t: &Taken<'_>| t.is_group && t.place.holds(&crowd.place);
    for (id, size) in &crowd.coming {
        let (across, down) = (size.width + ACROSS, size.height + DOWN);
        let columns = ((frame.width - 2 * MARGIN + ACROSS) / across).max(1);
        let cell = |at: i64| Rect {
            x: crowd.place.x + MARGIN + at % columns * across,
            y: crowd.place.y + MARGIN + at / columns * down,
            ..*size
        };
        let is_free = |place: &Rect| {
            // A name stands above its node.
            let room = place.wider(GRID);
            let of_others = |t: &&Taken<'_>| !(around(t) || t.is_group && t.of == own);
            !taken.iter().filter(of_others).any(|t| t.place.overlaps(&room))
                && !placed.iter().any(|(_, there)| there.overlaps(&room))
        };
        let place = (0..).map(cell).find(is_free).unwrap_or(*size);
        placed.push((id, place));
        let grown = frame.around(&place.wider(MARGIN));
        let is_blocked = taken.iter().any(|t| t.of != own && !around(t) && t.place.overlaps(&grown));
        if crowd.may_grow && !is_blocked {
            frame = grown;
        }
    }
    (frame, placed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Frames of so many people each, laid out by nobody but goen.
    fn picture(counts: &[usize]) -> Vec<Node> {
        let blocks: Vec<super::super::layout::Block<'_>> = counts
            .iter()
            .map(|count| super::super::layout::Block {
                label: "g", names: vec!["田中 太郎".into(); *count]
            })
            .collect();
        let mut nodes = Vec::new();
        for (at, block) in super::super::layout::placed(&blocks).into_iter().enumerate() {
            let frame = format!("g{at}");
            let what = Shown::Group(String::new());
            nodes.push(Node {
                id: frame.clone(),
                what,
                frame: frame.clone(),
                place: block.frame,
                colour: None,
            });
            for (member, place) in block.members.into_iter().enumerate() {
                let what = Shown::File(String::new());
                nodes.push(Node {
                    id: format!("g{at}p{member}"),
                    what,
                    frame: frame.clone(),
                    place,
                    colour: None,
                });
            }
        }
        nodes
    }

    fn stand(place: Rect, is_touched: bool) -> Stand {
        Stand { place, is_touched, has_size_of_goen: true, has_left: false }
    }

    /// What stands as it was laid out, some of it moved.
    fn standing(nodes: &[Node], moved: impl Fn(&Node) -> Option<(i64, i64)>) -> HashMap<&str, Stand> {
        let of = |node: &Node| match moved(node) {
            Some((x, y)) => stand(Rect { x: node.place.x + x, y: node.place.y + y, ..node.place }, true),
            None => stand(node.place, false),
        };
        nodes.iter().map(|node| (node.id.as_str(), of(node))).collect()
    }

    /// Nothing that goen may place lies on anything, and who is new stands in their frame.
    fn check(nodes: &[Node], stands: &HashMap<&str, Stand>, found: &HashMap<&str, Rect>) {
        let touched = |node: &Node| stands.get(node.id.as_str()).is_some_and(|stand| stand.is_touched);
        for node in nodes {
            let place = found[node.id.as_str()];
            if touched(node) {
                let was = stands[node.id.as_str()].place;
                assert_eq!((place.x, place.y), (was.x, was.y), "{}", node.id);
                continue;
            }
            for other in nodes.iter().filter(|other| other.id != node.id) {
                let there = found[other.id.as_str()];
                let is_home = other.id == node.frame || other.frame == node.id;
                let was = |node: &Node| stands.get(node.id.as_str()).map(|stand| stand.place);
                // What somebody put there is theirs.
                let were = was(node).zip(was(other)).is_some_and(|(a, b)| a.overlaps(&b));
                assert!(is_home || were || !place.overlaps(&there), "{} on {}", node.id, other.id);
            }
        }
    }

    #[test]
    fn who_is_new_stands_with_the_frame_wherever_that_is() {
        let later = picture(&[9, 5, 4, 2]);
        let before = picture(&[8, 5, 4, 2]);
        let moved = |node: &Node| (node.frame == "g0").then_some((3000, 40));
        let stands = standing(&before, moved);
        let found = places(&later, &stands, &[]);
        check(&later, &stands, &found);
        assert!(found["g0"].holds(&found["g0p8"]) && found["g0p8"].x > 2900);
        // One of them nudged: the others stay, and make way only where the frame grows.
        let stands = standing(&before, |node| (node.id == "g0p2").then_some((20, 0)));
        let found = places(&later, &stands, &[]);
        check(&later, &stands, &found);
        assert!(found["g0"].holds(&found["g0p8"]));
        // A frame whose size is somebody's does not grow.
        let mut sized = stands.clone();
        sized.insert("g0", Stand { is_touched: true, has_size_of_goen: false, ..stands["g0"] });
        assert_eq!(places(&later, &sized, &[])["g0"], stands["g0"].place);
    }

    #[test]
    fn who_has_another_organisation_leaves_its_frame() {
        let before = picture(&[3, 3]);
        let mut later = before.clone();
        let leaver = later.iter_mut().find(|node| node.id == "g0p1").unwrap();
        leaver.frame = "g1".to_owned();
        let mut stands = standing(&before, |_| Some((500, 500)));
        stands.get_mut("g0p1").unwrap().has_left = true;
        let found = places(&later, &stands, &[]);
        assert!(found["g1"].holds(&found["g0p1"]) && !found["g0"].overlaps(&found["g0p1"]));
        // Who was put there by somebody stays.
        stands.get_mut("g0p1").unwrap().has_left = false;
        assert_eq!(places(&later, &stands, &[])["g0p1"], stands["g0p1"].place);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn nothing_lands_on_anything_and_the_second_time_changes_nothing(
            before in proptest::collection::vec(1usize..9, 1..6),
            more in proptest::collection::vec(0usize..4, 7),
            moves in proptest::collection::vec((0usize..40, -900i64..900, -900i64..900), 1..6),
            text in proptest::option::of((-500i64..2500, -500i64..2500)),
        ) {
            let later: Vec<usize> =
                before.iter().chain(&[0, 0]).zip(&more).map(|(a, b)| a + b).filter(|n| *n > 0).collect();
            let (before, later) = (picture(&before), picture(&later));
            let moved = |node: &Node| {
                let at = before.iter().position(|known| known.id == node.id)?;
                moves.iter().find(|(which, ..)| *which == at).map(|(_, x, y)| (*x, *y))
            };
            let others: Vec<Other> = text
                .iter()
                .map(|(x, y)| Other { place: Rect { x: *x, y: *y, width: 200, height: 60 }, is_group: false })
                .collect();
            let stands = standing(&before, moved);
            prop_assume!(!others.is_empty() || stands.values().any(|stand| stand.is_touched));
            let found = places(&later, &stands, &others);
            check(&later, &stands, &found);
            let again: HashMap<&str, Stand> = found
                .iter()
                .map(|(id, place)| (*id, stand(*place, stands.get(id).is_some_and(|s| s.is_touched))))
                .collect();
            prop_assert_eq!(places(&later, &again, &others), found);
        }
    }
}
