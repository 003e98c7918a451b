//! The pieces of a canvas's file, its nodes and edges: how goen writes its own, and what of them is still
//! as goen wrote it.
//!
//! Each of goen's carries a seal of what goen wrote. Leaves what becomes of a piece to `merge`.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::{Edge, Node, Rect, Shown};
use crate::text::{json_safe, short_hash};

/// How the ids of goen's nodes and edges begin.
pub(super) const OWN: &str = "goen-";

/// The key of the seal. Programs that show a canvas keep keys that they do not know.
const SEAL: &str = "goen";

/// What goen's own nodes and edges say; further keys are somebody's.
const OF_NODES: [&str; 10] = ["id", "type", "file", "label", "x", "y", "width", "height", "color", SEAL];
const OF_EDGES: [&str; 8] = ["id", "fromNode", "fromSide", "toNode", "toSide", "toEnd", "label", SEAL];

/// What stands in the canvas's place cannot be read as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACanvas;

/// A canvas as it stands there.
#[derive(Default)]
pub(super) struct Canvas {
    pub nodes: Vec<Piece>,
    pub edges: Vec<Piece>,
    /// Further keys.
    pub others: BTreeMap<String, Box<RawValue>>,
}

/// A node or an edge: its text, and what it says.
pub(super) struct Piece {
    pub raw: String,
    value: Value,
}

impl Piece {
    pub(super) fn text(&self, key: &str) -> &str {
        self.value.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn is_own(&self) -> bool {
        self.text("id").starts_with(OWN)
    }

    pub(super) fn is_group(&self) -> bool {
        self.text("type") == "group"
    }

    pub(super) fn place(&self) -> Rect {
        #[allow(clippy::cast_possible_truncation, reason = "a picture is not so large")]
        let number = |key: &str| self.value.get(key).and_then(Value::as_f64).unwrap_or(0.0) as i64;
        let rect = Rect { x: number("x"), y: number("y"), width: number("width"), height: number("height") };
        rect.sane()
    }

    /// Whether a node is goen's and as goen wrote it.
    pub(super) fn is_sealed(&self) -> bool {
        let shows = if self.text("type") == "file" { self.text("file") } else { self.text("label") };
        let plain = ["background", "subpath"].iter().all(|key| self.value.get(key).is_none());
        let whole = ["x", "y", "width", "height"]
            .iter()
            .all(|key| self.value.get(key).is_some_and(|number| number.as_i64().is_some()));
        let seal = Seal::of(self.place(), self.text("color"), shows, self.frame().unwrap_or_default());
        self.is_own() && plain && whole && self.text(SEAL) == seal.0
    }

    /// Whether an edge is goen's and as goen wrote it.
    pub(super) fn is_sealed_edge(&self) -> bool {
        let plain = ["color", "fromEnd"].iter().all(|key| self.value.get(key).is_none());
        let said = ["fromNode", "fromSide", "toNode", "toSide", "label"].map(|key| self.text(key));
        let seal = edge_seal(&said);
        self.is_own() && plain && self.text("toEnd") == "none" && self.text(SEAL) == seal
    }

    /// Whether a node has the size that goen gave it.
    pub(super) fn has_size_of_goen(&self) -> bool {
        self.text(SEAL).split(' ').nth(1).is_some_and(|size| size == size_of(self.place()))
    }

    /// The frame to which it belonged when goen placed it.
    pub(super) fn frame(&self) -> Option<&str> {
        self.text(SEAL).split(' ').nth(2)
    }

    /// Further keys of an own node or edge, as they stand there.
    fn further(&self, known: &[&str]) -> BTreeMap<String, Box<RawValue>> {
        let all: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&self.raw).unwrap_or_default();
        all.into_iter().filter(|(key, _)| !known.contains(&key.as_str())).collect()
    }

    pub(super) fn has_further(&self) -> bool {
        let known = if self.text("fromNode").is_empty() { &OF_NODES[..] } else { &OF_EDGES };
        !self.further(known).is_empty()
    }

    /// A node that somebody worked on, at another place, or larger; no other byte of it changes. What it
    /// is told of as goen's is that `frame` is its frame, and, where `sized`, that the size is goen's.
    pub(super) fn at(&self, place: Rect, frame: &str, sized: bool) -> String {
        let before = self.text(SEAL);
        let (hash, size) = before.split_once(' ').unwrap_or((before, ""));
        let size = size.split(' ').next().unwrap_or_default();
        let size = if sized { size_of(place) } else { size.to_owned() };
        let seal = quoted(&format!("{hash} {size} {frame}"));
        let was = self.place();
        let numbers = [
            ("x", was.x, place.x),
            ("y", was.y, place.y),
            ("width", was.width, place.width),
            ("height", was.height, place.height),
        ];
        let mut raw = self.raw.clone();
        for (key, was, is) in numbers {
            if was != is {
                raw = with(&raw, key, &is.to_string());
            }
        }
        with(&raw, SEAL, &seal)
    }
}

/// An object in JSON with another value of a key that it has.
fn with(raw: &str, key: &str, value: &str) -> String {
    let all: BTreeMap<String, &RawValue> = serde_json::from_str(raw).unwrap_or_default();
    let Some(found) = all.get(key) else { return raw.to_owned() };
    // A raw value is a part of the text.
    let from = (found.get().as_ptr() as usize).saturating_sub(raw.as_ptr() as usize);
    match (raw.get(..from), raw.get(from + found.get().len()..)) {
        (Some(before), Some(after)) => format!("{before}{value}{after}"),
        _ => raw.to_owned(),
    }
}

/// What goen wrote: a hash of all, the size, and the frame.
struct Seal(String);

impl Seal {
    fn of(place: Rect, colour: &str, shows: &str, frame: &str) -> Self {
        let Rect { x, y, .. } = place;
        let size = size_of(place);
        let hash = short_hash(&[&format!("{x} {y} {size}"), colour, shows, frame]);
        Self(format!("{hash} {size} {frame}"))
    }
}

fn size_of(place: Rect) -> String {
    format!("{}x{}", place.width, place.height)
}

fn edge_seal(said: &[&str]) -> String {
    short_hash(said)
}

pub(super) fn read(text: &str) -> Result<Canvas, NotACanvas> {
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

/// A text in JSON, without what could hide or reorder what stands around it.
fn quoted(text: &str) -> String {
    json_safe(&Value::from(text).to_string())
}

/// What `before` says besides what goen does, to stand behind that.
fn behind(before: Option<&Piece>, known: &[&str]) -> String {
    let further = before.map(|piece| piece.further(known)).unwrap_or_default();
    further.iter().map(|(key, value)| format!(",{}:{}", quoted(key), value.get())).collect()
}

/// A node of goen's at a place; what somebody added to the one `before` stays.
pub(super) fn node_text(node: &Node, id: &str, place: Rect, before: Option<&Piece>) -> String {
    let Rect { x, y, width, height } = place;
    let (sort, key, shows) = match &node.what {
        Shown::File(path) => ("file", "file", path),
        Shown::Group(label) => ("group", "label", label),
    };
    let colour = node.colour.map(|colour| colour.to_string()).unwrap_or_default();
    let coloured = if colour.is_empty() { String::new() } else { format!(",\"color\":\"{colour}\"") };
    format!(
        "{{\"id\":{},\"type\":\"{sort}\",\"{key}\":{},\"x\":{x},\"y\":{y},\"width\":{width},\"height\":{height}{coloured},\"{SEAL}\":{}{}}}",
        quoted(id),
        quoted(shows),
        quoted(&Seal::of(place, &colour, shows, &node.frame).0),
        behind(before, &OF_NODES)
    )
}

/// An edge of goen's between two nodes at their places.
pub(super) fn edge_text(edge: &Edge, from: (&str, Rect), to: (&str, Rect), before: Option<&Piece>) -> String {
    let (dx, dy) = (to.1.x - from.1.x, to.1.y - from.1.y);
    let (leaves, arrives) = match (dx.abs() >= dy.abs(), dx >= 0, dy >= 0) {
        (true, true, _) => ("right", "left"),
        (true, false, _) => ("left", "right"),
        (false, _, true) => ("bottom", "top"),
        (false, _, false) => ("top", "bottom"),
    };
    let said = edge.label.as_deref().unwrap_or_default();
    let label = if said.is_empty() { String::new() } else { format!(",\"label\":{}", quoted(said)) };
    format!(
        "{{\"id\":{},\"fromNode\":{},\"fromSide\":\"{leaves}\",\"toNode\":{},\"toSide\":\"{arrives}\",\"toEnd\":\"none\"{label},\"{SEAL}\":\"{}\"{}}}",
        quoted(&edge.id),
        quoted(from.0),
        quoted(to.0),
        edge_seal(&[from.0, leaves, to.0, arrives, said]),
        behind(before, &OF_EDGES)
    )
}

/// The file, in the form that Obsidian gives it, a line for each node and edge; the last ends too, as other
/// tools expect.
pub(super) fn composed(
    nodes: &[String],
    edges: &[String],
    others: &BTreeMap<String, Box<RawValue>>,
) -> String {
    let list = |key: &str, pieces: &[String]| {
        let pieces: Vec<String> = pieces.iter().map(|piece| format!("\n\t\t{piece}")).collect();
        let end = if pieces.is_empty() { "" } else { "\n\t" };
        format!("\t\"{key}\":[{}{end}]", pieces.join(","))
    };
    let others = others.iter().map(|(key, value)| format!("\t{}:{}", quoted(key), value.get()));
    let parts: Vec<String> = [list("nodes", nodes), list("edges", edges)].into_iter().chain(others).collect();
    format!("{{\n{}\n}}\n", parts.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_canvas_is_left_alone() {
        for text in ["[]", "{\"nodes\":1}", "{", "x", "{\"nodes\":[1", "<<<<<<< HEAD\n{}"] {
            assert_eq!(read(text).err(), Some(NotACanvas), "{text}");
            assert!(!is_own(text), "{text}");
        }
        assert!(is_own("") && is_own("{}") && is_own("{\"nodes\":[],\"edges\":[]}"));
        assert!(!is_own(r#"{"nodes":[{"id":"1f","type":"text"}]}"#));
        assert!(is_own(r#"{"nodes":[{"id":"goen-p-x","type":"file"}]}"#));
    }

    #[test]
    fn one_value_changes_and_no_other_byte() {
        let check = |raw: &str, want: &str| assert_eq!(with(raw, "x", "7"), want);
        check(r#"{ "x" : -1.5e3,"y":{"x":2} }"#, r#"{ "x" : 7,"y":{"x":2} }"#);
        check(r#"{"y":"\"x\":1","x":"名"}"#, r#"{"y":"\"x\":1","x":7}"#);
        check(r#"{"y":1}"#, r#"{"y":1}"#);
    }
}
