//! A picture anew, with what somebody has made of the one before.
//!
//! What of goen's nodes and edges is no longer as goen wrote it was moved, sized, coloured or renamed by
//! somebody, and stays as it is, byte for byte. So does every node and edge that is not goen's, and every
//! key that goen does not know. Leaves where everything stands to `places`.

use std::collections::{HashMap, HashSet};

use super::piece::{Canvas, NotACanvas, Piece, composed, edge_text, node_text, read};
use super::places::{Other, Stand, places};
use super::{Edge, Node, Rect, Shown};
use crate::text::link_key;

/// The picture, as a canvas. `is_there` says of a path whether its note is, and may appear.
///
/// # Errors
/// Where what stands there is none.
pub(super) fn merged(
    nodes: &[Node],
    edges: &[Edge],
    before: Option<&str>,
    is_there: impl Fn(&str) -> bool,
) -> Result<String, NotACanvas> {
    let mut before = read(before.unwrap_or_default())?;
    let is_goens = |piece: &Piece| !piece.has_further();
    if before.nodes.iter().all(|node| node.is_sealed() && is_goens(node))
        && before.edges.iter().all(|edge| edge.is_sealed_edge() && is_goens(edge))
    {
        // Nobody worked on it: the same notes, the same picture.
        (before.nodes, before.edges) = (Vec::new(), Vec::new());
    }
    let of_pieces = meant(nodes, &before.nodes);
    let held: HashSet<&str> = before
        .edges
        .iter()
        .filter(|edge| !edge.is_own())
        .flat_map(|edge| [edge.text("fromNode"), edge.text("toNode")])
        .collect();
    // A node that is nobody's any more goes, unless a line of somebody's own holds it, or they worked on it
    // and there is something that it shows.
    let is_kept = |piece: &Piece| {
        let is_theirs = || !piece.is_sealed() && (piece.is_group() || is_there(piece.text("file")));
        !piece.is_own() || held.contains(piece.text("id")) || is_theirs()
    };
    let mut stands: HashMap<&str, Stand> = HashMap::new();
    let mut others = Vec::new();
    for (piece, node) in before.nodes.iter().zip(&of_pieces) {
        let (place, is_sealed) = (piece.place(), piece.is_sealed());
        match node {
            Some(node) => {
                let stand = Stand {
                    place,
                    is_touched: !is_sealed,
                    has_size_of_goen: is_sealed || piece.has_size_of_goen(),
                    has_left: piece.frame().is_some_and(|frame| frame != node.frame),
                };
                stands.insert(&node.id, stand);
            }
            None if is_kept(piece) => others.push(Other { place, is_group: piece.is_group() }),
            None => {}
        }
    }
    let places = places(nodes, &stands, &others);
    let mut ids: HashMap<&str, String> = HashMap::new();
    let mut there: HashMap<String, Rect> = HashMap::new();
    let mut kept: Vec<String> = Vec::new();
    for (piece, node) in before.nodes.iter().zip(&of_pieces) {
        let id = piece.text("id");
        let place = node.and_then(|node| places.get(node.id.as_str())).copied();
        match (node, place) {
            (Some(node), Some(place)) => {
                ids.insert(&node.id, id.to_owned());
                there.insert(id.to_owned(), place);
                kept.push(match (piece.is_sealed(), piece.place() == place) {
                    (true, _) => node_text(node, id, place, Some(piece)),
                    (false, true) => piece.raw.clone(),
                    (false, false) => piece.at(place, &node.frame, matches!(node.what, Shown::Group(_))),
                });
            }
            _ if is_kept(piece) => {
                there.insert(id.to_owned(), piece.place());
                kept.push(piece.raw.clone());
            }
            _ => {}
        }
    }
    // What comes later lies above: frames first.
    let new = nodes.iter().filter(|node| !stands.contains_key(node.id.as_str()));
    let (frames, people): (Vec<&Node>, Vec<&Node>) =
        new.partition(|node| matches!(node.what, Shown::Group(_)));
    let mut text_of = |node: &&'_ Node| {
        let place = *places.get(node.id.as_str())?;
        // A node that shows another note now has kept the id of this one.
        let mut id = node.id.clone();
        while there.contains_key(&id) {
            id.push('-');
        }
        there.insert(id.clone(), place);
        Some((node_text(node, &id, place, None), id))
    };
    let mut written = |nodes: &[&Node]| -> Vec<(usize, String, String)> {
        let texts = nodes.iter().enumerate();
        texts.filter_map(|(at, node)| text_of(node).map(|(text, id)| (at, text, id))).collect()
    };
    let (new_frames, new_people) = (written(&frames), written(&people));
    let mut all = Vec::new();
    for (at, text, id) in new_frames {
        ids.insert(&frames[at].id, id);
        all.push(text);
    }
    all.append(&mut kept);
    for (at, text, id) in new_people {
        ids.insert(&people[at].id, id);
        all.push(text);
    }
    Ok(composed(&all, &joined(edges, &before, &ids, &there), &before.others))
}

/// Which node of goen's each piece stands for. goen's own node comes before one that somebody put there for
/// the same note, and one that they worked on before any other.
fn meant<'n>(nodes: &'n [Node], pieces: &[Piece]) -> Vec<Option<&'n Node>> {
    let by_id: HashMap<&str, &Node> = nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let by_file: HashMap<String, &Node> = nodes
        .iter()
        .filter_map(|node| match &node.what {
            Shown::File(path) => Some((link_key(path).into_owned(), node)),
            Shown::Group(_) => None,
        })
        .collect();
    let mut claims = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let of_file = by_file.get(link_key(piece.text("file")).as_ref());
        let is_whole = piece.text("subpath").is_empty();
        // What has another name now is known by its file.
        if let Some(node) = of_file.filter(|_| piece.is_own() || is_whole) {
            claims.push((u8::from(!piece.is_own()) * 2, piece.is_sealed(), at, *node));
        }
        if let Some(node) = by_id.get(piece.text("id")) {
            claims.push((1, piece.is_sealed(), at, *node));
        }
    }
    claims.sort_by_key(|(rank, is_sealed, at, _)| (*rank, *is_sealed, *at));
    let mut found = vec![None; pieces.len()];
    let mut given = HashSet::new();
    for (_, _, at, node) in claims {
        if found[at].is_none() && given.insert(node.id.as_str()) {
            found[at] = Some(node);
        }
    }
    found
}

/// The edges, in the order in which they are there, new ones behind: somebody's own as they are, goen's as
/// they are now, but where somebody worked on one.
fn joined(
    edges: &[Edge],
    before: &Canvas,
    ids: &HashMap<&str, String>,
    there: &HashMap<String, Rect>,
) -> Vec<String> {
    let anew = |edge: &Edge, piece: Option<&Piece>| {
        let end = |id: &str| {
            let id = ids.get(id)?;
            Some((id.as_str(), *there.get(id)?))
        };
        Some(edge_text(edge, end(&edge.from)?, end(&edge.to)?, piece))
    };
    let wanted: HashMap<&str, &Edge> = edges.iter().map(|edge| (edge.id.as_str(), edge)).collect();
    let mut drawn: HashSet<&str> = HashSet::new();
    let mut lines = Vec::new();
    for piece in &before.edges {
        let id = piece.text("id");
        let has_ends = || ["fromNode", "toNode"].iter().all(|key| there.contains_key(piece.text(key)));
        if !piece.is_own() {
            lines.push(piece.raw.clone());
        } else if !piece.is_sealed_edge() && has_ends() {
            drawn.insert(id);
            lines.push(piece.raw.clone());
        } else if let Some(edge) = wanted.get(id).filter(|_| !drawn.contains(id)) {
            drawn.insert(id);
            lines.extend(anew(edge, Some(piece)));
        }
    }
    lines.extend(edges.iter().filter(|edge| !drawn.contains(edge.id.as_str())).filter_map(|e| anew(e, None)));
    lines
}

#[cfg(test)]
mod tests {
    use super::super::piece::OWN;
    use super::*;

    /// A frame with as many people in it, side by side.
    fn frame(name: &str, x: i64, people: &[&str]) -> Vec<Node> {
        let id = format!("{OWN}g-{name}");
        let place = Rect { x, y: 0, width: 1000, height: 200 };
        let what = Shown::Group(name.to_owned());
        let mut nodes = vec![Node { id: id.clone(), what, frame: id.clone(), place, colour: None }];
        nodes.extend(people.iter().zip(0..).map(|(path, at)| Node {
            id: format!("{OWN}p-{path}"),
            what: Shown::File((*path).to_owned()),
            frame: id.clone(),
            place: Rect { x: x + 60 + 220 * at, y: 60, width: 180, height: 80 },
            colour: Some(1),
        }));
        nodes
    }

    fn edge(a: &str, b: &str, label: Option<&str>) -> Edge {
        let (from, to) = (format!("{OWN}p-{a}"), format!("{OWN}p-{b}"));
        Edge { id: format!("{OWN}e-{a}{b}"), from, to, label: label.map(ToOwned::to_owned) }
    }

    fn anew(nodes: &[Node], edges: &[Edge], before: &str) -> String {
        let is_there = |path: &str| path != "gone.md";
        let once = merged(nodes, edges, Some(before), is_there).unwrap();
        assert_eq!(merged(nodes, edges, Some(&once), is_there).unwrap(), once, "the second time");
        once
    }

    fn line<'t>(text: &'t str, part: &str) -> &'t str {
        text.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}: {text}"))
    }

    #[test]
    fn what_nobody_touched_is_made_anew() {
        let first = anew(&frame("g", 0, &["a.md", "b.md"]), &[edge("a.md", "b.md", Some("old"))], "");
        let later = frame("g", 400, &["b.md", "c.md", "a.md"]);
        let edges = [edge("a.md", "b.md", Some("new"))];
        assert_eq!(anew(&later, &edges, &first), anew(&later, &edges, ""));
        assert_eq!(anew(&[], &[], &first), "{\n\t\"nodes\":[],\n\t\"edges\":[]\n}\n");
    }

    #[test]
    fn what_somebody_touched_or_added_stays_to_the_byte() {
        let nodes = frame("g", 0, &["a.md", "b.md"]);
        let first = anew(&nodes, &[edge("a.md", "b.md", None)], "");
        let moved = r#"{"id":"goen-p-a.md","type":"file", "file":"a.md","x":-777.5,"y":0,"width":100,"height":80,"color":"6","goen":"old","own":[1, 2]}"#;
        let text = r#"{"id":"1f","type":"text","text":"mine\u0041","x":-99,"y":0,"width":9,"height":9}"#;
        let own_edge = r#"{"id":"e1","fromNode":"1f","toNode":"goen-p-b.md","label":"x"}"#;
        let before = first
            .replace(line(&first, "\"file\":\"a.md\"").trim().trim_end_matches(','), moved)
            .replace("\"nodes\":[", &format!("\"metadata\":{{ \"v\": 1}},\n\t\"nodes\":[\n\t\t{text},"))
            .replace("\"edges\":[", &format!("\"edges\":[\n\t\t{own_edge},"));
        let later = frame("g", 0, &["a.md", "b.md", "c.md"]);
        let after = anew(&later, &[edge("a.md", "b.md", None)], &before);
        for stays in [moved, text, own_edge, "\"metadata\":{ \"v\": 1}"] {
            assert!(after.contains(stays), "{stays}\n{after}");
        }
        assert_eq!(after.matches("\"file\":\"a.md\"").count(), 1);
        // b's note is gone; a line of somebody's own holds its node, the other lines are goen's. What they
        // worked on stays while there is something that it shows.
        let later = anew(&frame("g", 0, &["d.md"]), &[], &after);
        assert!(later.contains("\"file\":\"b.md\"") && later.contains(own_edge), "{later}");
        assert!(later.contains(moved), "{later}");
        assert!(!later.contains("\"file\":\"c.md\"") && !later.contains("goen-e-"), "{later}");
        let gone = moved.replace("a.md", "gone.md");
        assert!(!anew(&nodes, &[], &before.replace(moved, &gone)).contains("gone.md"));
    }

    #[test]
    fn goens_own_node_comes_before_a_copy_of_it() {
        let nodes = frame("g", 0, &["a.md", "b.md"]);
        let first = anew(&nodes, &[edge("a.md", "b.md", None)], "");
        let own = line(&first, "\"file\":\"a.md\"").trim().trim_end_matches(',').to_owned();
        let copy = own.replace("goen-p-a.md", "c0ffee").replace("\"x\":60", "\"x\":-4000");
        let moved = own.replace("\"x\":60", "\"x\":3060").replace("\"color\":\"1\"", "\"color\":\"6\"");
        // Obsidian puts what was clicked last behind.
        let before = first
            .replace(&format!("{own},\n"), "")
            .replace("\"nodes\":[", &format!("\"nodes\":[\n{copy},"))
            .replace("\n\t],\n\t\"edges\"", &format!(",{moved}\n\t],\n\t\"edges\""));
        let after = anew(&nodes, &[edge("a.md", "b.md", None)], &before);
        assert!(after.contains(&copy) && after.contains(&moved), "{after}");
        assert!(after.contains("\"fromNode\":\"goen-p-a.md\""), "{after}");
    }

    #[test]
    fn a_line_that_somebody_worked_on_stays_and_others_say_what_is_so() {
        let nodes = frame("g", 0, &["a.md", "b.md", "c.md"]);
        let edges =
            [edge("a.md", "b.md", Some("2025")), edge("a.md", "c.md", None), edge("b.md", "c.md", None)];
        let first = anew(&nodes, &edges, "");
        let own = |id: &str| line(&first, id).trim().trim_end_matches(',').to_owned();
        let labelled = own("e-a.mdc.md").replace("\"toEnd\"", "\"label\":\"mine\",\"toEnd\"");
        let led = own("e-b.mdc.md").replace("\"toNode\":\"goen-p-c.md\"", "\"toNode\":\"goen-p-a.md\"");
        let before = first.replace(&own("e-a.mdc.md"), &labelled).replace(&own("e-b.mdc.md"), &led);
        // The tie of what is labelled is gone; the other is still there.
        let edges = [edge("a.md", "b.md", Some("2026")), edge("b.md", "c.md", None)];
        let after = anew(&nodes, &edges, &before);
        assert!(after.contains(&labelled) && after.contains(&led) && after.contains("2026"), "{after}");
        assert_eq!((after.matches("-e-b.mdc.md").count(), after.contains("2025")), (1, false), "{after}");
        // With the node at its end a line goes.
        assert!(!anew(&frame("g", 0, &["b.md", "c.md"]), &[], &after).contains("mine"));
    }

    #[test]
    fn a_note_that_has_another_name_now_is_the_same_node() {
        let first = anew(&frame("g", 0, &["old.md", "b.md"]), &[], "");
        let renamed = first.replace("\"file\":\"old.md\"", "\"file\":\"new.md\"");
        let edges = [edge("new.md", "b.md", None)];
        let after = anew(&frame("g", 0, &["new.md", "b.md"]), &edges, &renamed);
        assert!(after.contains("\"fromNode\":\"goen-p-old.md\""), "{after}");
        assert!(!after.contains("goen-p-new.md\",\"type\""), "{after}");
        // Another note has the name that was free.
        let after = anew(&frame("g", 0, &["new.md", "b.md", "old.md"]), &edges, &after);
        assert!(after.contains("\"goen-p-old.md-\",\"type\":\"file\",\"file\":\"old.md\""), "{after}");
    }

    #[test]
    fn what_other_programs_add_to_a_node_stays_with_it() {
        let nodes = frame("g", 0, &["a.md"]);
        let first = anew(&nodes, &[], "").replace("\"goen\":", "\"styleAttributes\":{\"a\": 1},\"goen\":");
        let after = anew(&frame("g", 200, &["a.md"]), &[], &first);
        assert_eq!(after.matches("\"styleAttributes\":{\"a\": 1}").count(), 2);
        assert!(after.contains("\"x\":260"), "{after}");
    }
}
