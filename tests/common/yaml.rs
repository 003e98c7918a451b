//! YAML as data, for tests of files that goen or its packages write.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value};

/// YAML of texts, lists and maps as JSON; fails where it is none.
pub fn yaml(source: &str) -> Value {
    fn node(events: &mut dyn Iterator<Item = Event<'_>>, event: Event<'_>) -> Value {
        match event {
            Event::Scalar(text, ..) => Value::from(text.into_owned()),
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                loop {
                    match events.next().unwrap() {
                        Event::SequenceEnd => return list.into(),
                        event => list.push(node(events, event)),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut map = Map::new();
                loop {
                    match events.next().unwrap() {
                        Event::MappingEnd => return map.into(),
                        event => {
                            let key = node(events, event).as_str().expect("keys are texts").to_owned();
                            let event = events.next().unwrap();
                            let value = node(events, event);
                            assert!(map.insert(key.clone(), value).is_none(), "{key} stands twice");
                        }
                    }
                }
            }
            other => panic!("{other:?}"),
        }
    }
    let mut events = Parser::new_from_str(source).map(|event| event.unwrap().0);
    let first = events.find(|event| !matches!(event, Event::StreamStart | Event::DocumentStart(_))).unwrap();
    node(&mut events, first)
}
