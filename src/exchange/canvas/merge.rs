//! A picture anew, with what somebody has made of the one before.
//!
//! goen's nodes carry a seal of what it wrote: whose seal does not fit was moved, sized, coloured or
//! renamed by somebody, and stays as it is, byte for byte. So does every node and edge that is not goen's,
//! and every key that goen does not know.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;
use serde_json::value::RawValue;

use super::{Edge, Node, Rect, Shown};
use crate::text::{json_safe, link_key, short_hash};

/// How the ids of goen's nodes and edges begin.
pub(super) const OWN: &str = "goen-";

/// The key of the seal. Programs that show a canvas keep keys that they do not know.
const SEAL: &str = "goen";

/// What stands in the canvas's place cannot be read as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACanvas;

/// A canvas as it stands there.
#[derive(Default)]
struct Canvas {
    nodes: Vec<Piece>,
    edges: Vec<Piece>,
    /// Further keys.
    others: BTreeMap<String, Box<RawValue>>,
}

/// A node or an edge: its text, and what it says.
struct Piece {
    raw: String,
    value: Value,
}

impl Piece {
    fn text(&self, key: &str) -> &str {
        self.value.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn is_own(&self) -> bool {
        self.text("id").starts_with(OWN)
    }

    /// Whether a node is as goen wrote it.
    fn is_sealed(&self) -> bool {
        let number = |key: &str| self.value.get(key).and_then(Value::as_i64);
        let place = || {
            let (x, y) = (number("x")?, number("y")?);
            Some(Rect { x, y, width: number("width")?, height: number("height")? })
        };
        let shows = if self.text("type") == "file" { self.text("file") } else { self.text("label") };
        place().is_some_and(|place| self.text(SEAL) == seal(place, self.text("color"), shows))
    }
}

fn seal(place: Rect, colour: &str, shows: &str) -> String {
    let Rect { x, y, width, height } = place;
    short_hash(&[&format!("{x} {y} {width} {height}"), colour, shows])
}

fn read(text: &str) -> Result<Canvas, NotACanvas> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Ok(Canvas::default());
    }
    let mut others: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).map_err(|_| NotACanvas)?;
    let mut pieces = |key: &str| -> Result<Vec<Piece>, NotACanvas> {
        let Some(list) = others.remove(key) else { return Ok(Vec::new()) };
        let list: Vec<Box<RawValue>> = serde_json::from_str(list.get()).map_err(|_| NotACanvas)?;
        let piece = |raw: Box<RawValue>| {
            let value: Value = serde_json::from_str(raw.get()).map_err(|_| NotACanvas)?;
            Ok(Piece { raw: raw.get().to_owned(), value })
        };
        list.into_iter().map(piece).collect()
    };
    let (nodes, edges) = (pieces("nodes")?, pieces("edges")?);
    Ok(Canvas { nodes, edges, others })
}

/// Whether goen may write into it: it has nodes of goen's, or none at all.
pub fn is_own(text: &str) -> bool {
    read(text).is_ok_and(|canvas| {
        canvas.nodes.iter().any(Piece::is_own) || (canvas.nodes.is_empty() && canvas.others.is_empty())
    })
}

/// The picture, as a canvas.
///
/// # Errors
/// Where what stands there is none.
pub(super) fn merged(nodes: &[Node], edges: &[Edge], before: Option<&str>) -> Result<String, NotACanvas> {
    let before = read(before.unwrap_or_default())?;
    let by_id: HashMap<&str, &Node> = nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let by_file: HashMap<String, &Node> = nodes.iter().filter_map(|n| Some((file_key(n)?, n))).collect();
    let held: HashSet<&str> = before
        .edges
        .iter()
        .filter(|edge| !edge.is_own())
        .flat_map(|edge| [edge.text("fromNode"), edge.text("toNode")])
        .collect();
    // Which node stands for which of goen's; a note that somebody put there, or that has another name now,
    // is known by its file.
    let mut stands: HashMap<&str, String> = HashMap::new();
    let mut places: HashMap<String, Rect> = HashMap::new();
    let mut kept: Vec<String> = Vec::new();
    for piece in &before.nodes {
        let id = piece.text("id");
        let file = Some(piece.text("file")).filter(|file| !file.is_empty()).map(link_key);
        let of_file = file.and_then(|file| by_file.get(file.as_ref()));
        let meant = of_file.or_else(|| by_id.get(id)).filter(|node| !stands.contains_key(node.id.as_str()));
        match meant {
            Some(node) => {
                stands.insert(&node.id, id.to_owned());
                let is_anew = piece.is_own() && piece.is_sealed();
                let text = if is_anew { node_text(node, id) } else { piece.raw.clone() };
                places.insert(id.to_owned(), if is_anew { node.place } else { place_of(piece) });
                kept.push(text);
            }
            // Nobody's any more, unless a line of somebody's own holds it.
            None if piece.is_own() && !held.contains(id) => {}
            None => kept.push(piece.raw.clone()),
        }
    }
    let new = |node: &&Node| !stands.contains_key(node.id.as_str());
    // What comes later lies above: frames first.
    let (frames, people): (Vec<&Node>, Vec<&Node>) =
        nodes.iter().filter(new).partition(|node| matches!(node.what, Shown::Group(_)));
    let mut all: Vec<String> = frames.iter().map(|node| node_text(node, &node.id)).collect();
    all.append(&mut kept);
    all.extend(people.iter().map(|node| node_text(node, &node.id)));
    for node in frames.into_iter().chain(people) {
        places.insert(node.id.clone(), node.place);
    }
    let id_of = |id: &str| stands.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let lines = joined(edges, &before, id_of, &places);
    Ok(composed(&all, &lines, &before.others))
}

/// The edges: those that are there and still right as they are, new ones behind.
fn joined(
    edges: &[Edge],
    before: &Canvas,
    id_of: impl Fn(&str) -> String,
    places: &HashMap<String, Rect>,
) -> Vec<String> {
    let wanted: HashMap<&str, (String, String)> =
        edges.iter().map(|edge| (edge.id.as_str(), (id_of(&edge.from), id_of(&edge.to)))).collect();
    let mut there: HashSet<&str> = HashSet::new();
    let mut lines = Vec::new();
    for piece in &before.edges {
        let ends = (piece.text("fromNode"), piece.text("toNode"));
        let is_right = wanted.get(piece.text("id")).is_some_and(|(from, to)| ends == (from, to));
        if !piece.is_own() || (is_right && there.insert(piece.text("id"))) {
            lines.push(piece.raw.clone());
        }
    }
    for edge in edges.iter().filter(|edge| !there.contains(edge.id.as_str())) {
        let Some((from, to)) = wanted.get(edge.id.as_str()) else { continue };
        lines.push(edge_text(edge, (from, to), places));
    }
    lines
}

fn file_key(node: &Node) -> Option<String> {
    match &node.what {
        Shown::File(path) => Some(link_key(path).into_owned()),
        Shown::Group(_) => None,
    }
}

fn place_of(piece: &Piece) -> Rect {
    #[allow(clippy::cast_possible_truncation, reason = "only which side is nearer is asked")]
    let number = |key: &str| piece.value.get(key).and_then(Value::as_f64).unwrap_or(0.0) as i64;
    Rect { x: number("x"), y: number("y"), width: number("width"), height: number("height") }
}

/// A text in JSON, without what could hide or reorder what stands around it.
fn quoted(text: &str) -> String {
    json_safe(&Value::from(text).to_string())
}

fn node_text(node: &Node, id: &str) -> String {
    let Rect { x, y, width, height } = node.place;
    let (sort, key, shows) = match &node.what {
        Shown::File(path) => ("file", "file", path),
        Shown::Group(label) => ("group", "label", label),
    };
    let colour = node.colour.map(|colour| colour.to_string()).unwrap_or_default();
    let coloured = if colour.is_empty() { String::new() } else { format!(",\"color\":\"{colour}\"") };
    format!(
        "{{\"id\":{},\"type\":\"{sort}\",\"{key}\":{},\"x\":{x},\"y\":{y},\"width\":{width},\"height\":{height}{coloured},\"{SEAL}\":\"{}\"}}",
        quoted(id),
        quoted(shows),
        seal(node.place, &colour, shows)
    )
}

fn edge_text(edge: &Edge, (from, to): (&str, &str), places: &HashMap<String, Rect>) -> String {
    let place = |id: &str| places.get(id).copied().unwrap_or_default();
    let (a, b) = (place(from), place(to));
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (leaves, arrives) = match (dx.abs() >= dy.abs(), dx >= 0, dy >= 0) {
        (true, true, _) => ("right", "left"),
        (true, false, _) => ("left", "right"),
        (false, _, true) => ("bottom", "top"),
        (false, _, false) => ("top", "bottom"),
    };
    let label = edge.label.as_ref().map(|label| format!(",\"label\":{}", quoted(label))).unwrap_or_default();
    format!(
        "{{\"id\":{},\"fromNode\":{},\"fromSide\":\"{leaves}\",\"toNode\":{},\"toSide\":\"{arrives}\",\"toEnd\":\"none\"{label}}}",
        quoted(&edge.id),
        quoted(from),
        quoted(to)
    )
}

/// The file, in the form that Obsidian gives it: a line for each node and edge.
fn composed(nodes: &[String], edges: &[String], others: &BTreeMap<String, Box<RawValue>>) -> String {
    let list = |key: &str, pieces: &[String]| {
        let pieces: Vec<String> = pieces.iter().map(|piece| format!("\n\t\t{piece}")).collect();
        let end = if pieces.is_empty() { "" } else { "\n\t" };
        format!("\t\"{key}\":[{}{end}]", pieces.join(","))
    };
    let others = others.iter().map(|(key, value)| format!("\t{}:{}", quoted(key), value.get()));
    let parts: Vec<String> = [list("nodes", nodes), list("edges", edges)].into_iter().chain(others).collect();
    format!("{{\n{}\n}}", parts.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(path: &str, x: i64) -> Node {
        let place = Rect { x, y: 0, width: 100, height: 80 };
        let id = format!("{OWN}p-{path}");
        Node { id, what: Shown::File(path.to_owned()), place, colour: Some(1) }
    }

    fn edge(a: &Node, b: &Node) -> Edge {
        Edge { id: format!("{OWN}e-{}{}", a.id, b.id), from: a.id.clone(), to: b.id.clone(), label: None }
    }

    #[test]
    fn what_nobody_touched_is_made_anew() {
        let first = merged(&[node("a.md", 0)], &[], None).unwrap();
        let again = merged(&[node("a.md", 0)], &[], Some(&first)).unwrap();
        assert_eq!(first, again);
        let moved = merged(&[node("a.md", 200)], &[], Some(&first)).unwrap();
        assert_eq!(moved, merged(&[node("a.md", 200)], &[], None).unwrap());
        assert_eq!(merged(&[], &[], Some(&first)).unwrap(), "{\n\t\"nodes\":[],\n\t\"edges\":[]\n}");
    }

    #[test]
    fn what_somebody_touched_or_added_stays_to_the_byte() {
        let (a, b) = (node("a.md", 0), node("b.md", 200));
        let first = merged(&[a.clone(), b.clone()], &[edge(&a, &b)], None).unwrap();
        let moved = r#"{"id":"goen-p-a.md","type":"file", "file":"a.md","x":7.5,"y":0,"width":100,"height":80,"color":"6","goen":"old","own":[1, 2]}"#;
        let text = r#"{"id":"1f","type":"text","text":"mine\u0041","x":0,"y":0,"width":9,"height":9}"#;
        let own_edge = r#"{"id":"e1","fromNode":"1f","toNode":"goen-p-b.md","label":"x"}"#;
        let lines: Vec<String> = first
            .lines()
            .map(|line| {
                if line.contains("\"file\":\"a.md\"") {
                    format!("\t\t{moved},\n\t\t{text},")
                } else {
                    line.to_owned()
                }
            })
            .map(|line| {
                line.replace(
                    "\"edges\":[",
                    &format!("\"metadata\":{{ \"v\": 1}},\n\t\"edges\":[\n\t\t{own_edge},"),
                )
            })
            .collect();
        let before = lines.join("\n");
        let nodes = [node("a.md", 50), node("b.md", 250), node("c.md", 450)];
        let after = merged(&nodes, &[edge(&a, &b)], Some(&before)).unwrap();
        for stays in [moved, text, own_edge, "\"metadata\":{ \"v\": 1}"] {
            assert!(after.contains(stays), "{stays}\n{after}");
        }
        assert!(after.contains("\"x\":250") && after.contains("\"x\":450"), "{after}");
        assert_eq!(after.matches("\"file\":\"a.md\"").count(), 1);
        assert_eq!(merged(&nodes, &[edge(&a, &b)], Some(&after)).unwrap(), after);
        // b's note is gone; a line of somebody's own holds its node, the other lines are goen's.
        let later = merged(&[node("a.md", 50)], &[], Some(&after)).unwrap();
        assert!(later.contains("\"file\":\"b.md\"") && later.contains(own_edge), "{later}");
        assert!(!later.contains("\"file\":\"c.md\"") && !later.contains("goen-e-"), "{later}");
    }

    #[test]
    fn a_note_that_has_another_name_now_is_the_same_node() {
        let (a, b) = (node("new.md", 0), node("b.md", 200));
        let renamed = r#"{"nodes":[{"id":"goen-p-old.md","type":"file","file":"new.md","x":5,"y":5,"width":100,"height":80}]}"#;
        let after = merged(&[a.clone(), b.clone()], &[edge(&a, &b)], Some(renamed)).unwrap();
        assert!(
            !after.contains("goen-p-new.md\",\"type\"") && after.contains("\"fromNode\":\"goen-p-old.md\""),
            "{after}"
        );
        assert_eq!(merged(&[a.clone(), b.clone()], &[edge(&a, &b)], Some(&after)).unwrap(), after);
    }

    #[test]
    fn what_is_no_canvas_is_left_alone() {
        for text in ["[]", "{\"nodes\":1}", "{", "x", "{\"nodes\":[1]", "<<<<<<< HEAD\n{}"] {
            assert_eq!(merged(&[], &[], Some(text)).err(), Some(NotACanvas), "{text}");
            assert!(!is_own(text), "{text}");
        }
        assert!(is_own("") && is_own("{}") && is_own("{\"nodes\":[],\"edges\":[]}"));
        assert!(!is_own(r#"{"nodes":[{"id":"1f","type":"text"}]}"#));
        assert!(is_own(r#"{"nodes":[{"id":"goen-p-x","type":"file"}]}"#));
    }
}
