//! The parts of two versions put into one row.
//!
//! Where one side alone did something, that is taken. Where both did something at one place, each
//! part is looked at by itself: found again by its name, or as what it was made of. What then
//! still has two answers, or an order that nobody can tell, stays open as a whole.

use std::collections::{BTreeMap, HashMap};

use super::align::{self, Step};
use super::entry::{self, Order, Told};
use super::laid::{self, Laid};
use super::pairing::Pairing;
use super::task::Task;
use super::token::{self, Kind, Token};
use super::{Outcome, Sides, value};
use crate::note::dialect::Dialect;

/// A part of one side that stays, at its place.
struct Piece<'r, 't> {
    token: &'r Token<'t>,
    raw: String,
}

/// In which parts of our version and of theirs a part that both grew out of is told already.
type Used = Option<[usize; 2]>;

/// Nobody can tell.
struct Undecided;

/// Puts parts together.
pub(super) struct Weaver<'d> {
    dialect: Option<&'d Dialect>,
    order: Order,
    laid: Vec<Laid>,
    /// How often each part stands below its headings on the side that has it more often.
    seen: BTreeMap<String, usize>,
    /// It would take long.
    gave_up: bool,
}

impl<'d> Weaver<'d> {
    pub(super) fn new(dialect: &'d Dialect) -> Self {
        Self { dialect: Some(dialect), ..Self::plain() }
    }

    /// Of texts that are no notes.
    pub(super) fn plain() -> Self {
        Self {
            dialect: None,
            order: Order::default(),
            laid: Vec::new(),
            seen: BTreeMap::new(),
            gave_up: false,
        }
    }

    /// A text that stands as it is.
    pub(super) fn done(&mut self, raw: impl Into<String>) {
        self.laid.push(Laid::Done { name: String::new(), raw: raw.into(), entry: None });
    }

    /// A place that nobody can decide.
    pub(super) fn open(&mut self, sides: Sides<String>) {
        self.laid.push(Laid::Open(sides));
    }

    /// Whether nothing was put down since there were so many parts.
    pub(super) fn len(&self) -> usize {
        self.laid.len()
    }

    /// A text in front of the parts from a place on.
    pub(super) fn put_before(&mut self, at: usize, raw: String) {
        self.laid.insert(at, Laid::Done { name: String::new(), raw, entry: None });
    }

    /// What came of it; none where it would take long.
    pub(super) fn finish(mut self) -> Option<Outcome> {
        if self.gave_up {
            return None;
        }
        self.laid = laid::once(std::mem::take(&mut self.laid), &self.seen, self.dialect);
        let mut out = Sides::<String>::default();
        let mut is_open = false;
        for laid in self.laid {
            let part = match laid {
                Laid::Done { raw, .. } => Sides { base: raw.clone(), ours: raw.clone(), theirs: raw },
                Laid::Open(sides) => {
                    is_open = true;
                    sides
                }
            };
            out.base.push_str(&part.base);
            out.ours.push_str(&part.ours);
            out.theirs.push_str(&part.theirs);
        }
        Some(if is_open { Outcome::Open(out) } else { Outcome::Merged(out.ours) })
    }

    /// Puts three rows of parts together, behind what is there.
    pub(super) fn weave(&mut self, sides: &Sides<Vec<Token<'_>>>) {
        self.order = Order::of(&sides.base, &sides.ours, &sides.theirs);
        laid::count([&sides.ours, &sides.theirs], &mut self.seen);
        let mut names = HashMap::new();
        let mut of = |tokens: &Vec<Token<'_>>| tokens.iter().map(|t| t.name.clone()).collect::<Vec<_>>();
        let texts = sides.as_ref().map(&mut of);
        let numbers = texts.as_ref().map(|texts| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            align::numbered(&mut names, &texts)
        });
        let Some(stretches) = align::stretches(&numbers) else {
            self.gave_up = true;
            return;
        };
        for stretch in stretches {
            let place = stretch.place;
            let part = Sides {
                base: &sides.base[place.base.clone()],
                ours: &sides.ours[place.ours.clone()],
                theirs: &sides.theirs[place.theirs.clone()],
            };
            if stretch.same {
                for ((base, ours), theirs) in part.base.iter().zip(part.ours).zip(part.theirs) {
                    let laid = self.of_one(Some(base), ours, theirs);
                    self.lay(laid, Some(base), ours, theirs);
                }
                continue;
            }
            let number = Sides {
                base: &numbers.base[place.base],
                ours: &numbers.ours[place.ours],
                theirs: &numbers.theirs[place.theirs],
            };
            match self.of_stretch(part, number) {
                Ok(laid) => self.laid.extend(laid),
                Err(Undecided) => self.open(part.map(whole)),
            }
        }
    }

    fn lay(
        &mut self,
        raw: Result<String, Undecided>,
        base: Option<&Token<'_>>,
        ours: &Token<'_>,
        theirs: &Token<'_>,
    ) {
        self.laid.push(laid_down(raw, base, ours, theirs));
    }

    /// A stretch that is not the same everywhere.
    fn of_stretch(&self, part: Sides<&[Token<'_>]>, number: Sides<&[u32]>) -> Result<Vec<Laid>, Undecided> {
        if let Some(whole_of) = part.map(whole).decided() {
            let taken = if whole(part.ours) == whole_of { part.ours } else { part.theirs };
            return Ok(taken.iter().map(|token| done(token, token.whole())).collect());
        }
        let ours = Pairing::of(part.base, part.ours, number.base, number.ours).ok_or(Undecided)?;
        let theirs = Pairing::of(part.base, part.theirs, number.base, number.theirs).ok_or(Undecided)?;
        // Words that one side changed and the other changed or took away: only a person can tell.
        let is_gone = |(at, token): (usize, &Token<'_>)| {
            !token.is_movable()
                && !token.raw.trim().is_empty()
                && ours.side[at].is_none()
                && theirs.side[at].is_none()
        };
        let is_new = |side: &[Token<'_>], pairing: &Pairing| {
            let mut tokens = side.iter().zip(&pairing.base);
            tokens.any(|(token, was)| was.is_none() && !token.is_movable())
        };
        if part.base.iter().enumerate().any(is_gone)
            && (is_new(part.ours, &ours) || is_new(part.theirs, &theirs))
        {
            return Err(Undecided);
        }
        let mut out = Vec::new();
        let mut used: Vec<Used> = vec![None; part.base.len()];
        for step in align::steps(number.ours, number.theirs).ok_or(Undecided)? {
            match step {
                Step::Both(mine, other) => {
                    let base = ours.base[mine].or(theirs.base[other]);
                    if let Some(base) = base {
                        used[base] = Some([mine, other]);
                    }
                    let base = base.map(|base| &part.base[base]);
                    let (mine, other) = (&part.ours[mine], &part.theirs[other]);
                    out.push(laid_down(self.of_one(base, mine, other), base, mine, other));
                }
                Step::Apart(mine, other) => {
                    let one = self.staying(
                        part.base,
                        part.ours,
                        part.theirs,
                        (0, mine),
                        (&ours, &theirs),
                        &mut used,
                    )?;
                    let two = self.staying(
                        part.base,
                        part.theirs,
                        part.ours,
                        (1, other),
                        (&theirs, &ours),
                        &mut used,
                    )?;
                    out.extend(self.beside(one, two)?);
                }
            }
        }
        Ok(out)
    }

    /// What of one side's parts, which the other does not have under their names, stays.
    fn staying<'r, 't>(
        &self,
        base: &[Token<'_>],
        side: &'r [Token<'t>],
        other: &[Token<'_>],
        (which, places): (usize, std::ops::Range<usize>),
        (here, there): (&Pairing, &Pairing),
        used: &mut [Used],
    ) -> Result<Vec<Piece<'r, 't>>, Undecided> {
        let mut out = Vec::new();
        for at in places {
            let token = &side[at];
            let Some(was) = here.base[at] else {
                out.push(Piece { token, raw: token.raw.to_owned() });
                continue;
            };
            match there.side[was] {
                // What the other side made of it stands there under another name.
                Some(_) if used[was].is_some_and(|used| used[which] == at) => {}
                // It stands there as another part.
                Some(_) if used[was].is_some() => out.push(Piece { token, raw: token.raw.to_owned() }),
                Some(twin) => {
                    let mut pair = [twin; 2];
                    pair[which] = at;
                    used[was] = Some(pair);
                    let raw = self.of_one(Some(&base[was]), token, &other[twin])?;
                    out.push(Piece { token, raw });
                }
                None if token.raw == base[was].raw => {}
                None => return Err(Undecided),
            }
        }
        Ok(out)
    }

    /// Parts of both sides that came in at one place.
    fn beside(&self, one: Vec<Piece<'_, '_>>, other: Vec<Piece<'_, '_>>) -> Result<Vec<Laid>, Undecided> {
        let all = || one.iter().chain(&other);
        if one.is_empty() || other.is_empty() {
            let laid = all().map(|piece| done(piece.token, piece.whole()));
            return Ok(laid.collect());
        }
        if all().all(|piece| piece.token.entry().is_some()) {
            let told = |pieces: &[Piece<'_, '_>]| {
                let told = pieces.iter().filter_map(|piece| {
                    let (entry, name) = (piece.token.entry()?.clone(), piece.token.name.clone());
                    Some(Told { entry, raw: piece.raw.clone(), name })
                });
                told.collect::<Vec<_>>()
            };
            let woven = self.order.woven(told(&one), told(&other)).into_iter();
            let laid = woven.map(|told| {
                let gap = if told.entry.apart { "\n" } else { "" };
                Laid::Done { name: told.name, raw: told.raw + gap, entry: Some(told.entry) }
            });
            return Ok(laid.collect());
        }
        let indent = one[0].token.indent();
        let alike = |piece: &Piece<'_, '_>| {
            piece.token.is_movable() && piece.token.entry().is_none() && piece.token.indent() == indent
        };
        if !all().all(alike) {
            return Err(Undecided);
        }
        let words =
            |pieces: &[Piece<'_, '_>]| pieces.iter().map(|piece| piece.raw.as_str()).collect::<String>();
        let (first, second) = if words(&one) <= words(&other) { (&one, &other) } else { (&other, &one) };
        Ok(first.iter().chain(second).map(|piece| done(piece.token, piece.whole())).collect())
    }

    /// One part of both sides.
    fn of_one(
        &self,
        base: Option<&Token<'_>>,
        ours: &Token<'_>,
        theirs: &Token<'_>,
    ) -> Result<String, Undecided> {
        let gap = match (base.and_then(Token::entry), ours.entry(), theirs.entry()) {
            (base, Some(ours), Some(theirs)) => {
                let base = base.map_or(ours.apart && theirs.apart, |base| base.apart);
                let apart = Sides { base, ours: ours.apart, theirs: theirs.apart }.decided();
                if apart.unwrap_or(base) { "\n" } else { "" }
            }
            _ => "",
        };
        Ok(self.of_one_alone(base, ours, theirs)? + gap)
    }

    fn of_one_alone(
        &self,
        base: Option<&Token<'_>>,
        ours: &Token<'_>,
        theirs: &Token<'_>,
    ) -> Result<String, Undecided> {
        let raw = base.map_or_else(
            || (ours.raw == theirs.raw).then_some(ours.raw),
            |base| Sides { base: base.raw, ours: ours.raw, theirs: theirs.raw }.decided(),
        );
        if let Some(raw) = raw {
            return Ok(raw.to_owned());
        }
        let was = base.map(|base| &base.kind);
        let merged = match (was, &ours.kind, &theirs.kind) {
            (None, Kind::Task(ours), Kind::Task(theirs)) => Task::merged(None, ours, theirs),
            (Some(Kind::Task(base)), Kind::Task(ours), Kind::Task(theirs)) => {
                Task::merged(Some(base), ours, theirs)
            }
            (_, Kind::Entry(_), Kind::Entry(_)) => self.of_entry(base, ours, theirs),
            (_, Kind::Key(mine), Kind::Key(other)) => {
                let was = base.and_then(|base| match &base.kind {
                    Kind::Key(key) => Some((&**key, base.raw)),
                    _ => None,
                });
                let (mine, other) = ((&**mine, ours.raw), (&**other, theirs.raw));
                self.dialect.and_then(|dialect| value::merged(was, mine, other, dialect))
            }
            _ => None,
        };
        merged.ok_or(Undecided)
    }

    /// One entry of both sides: its line as a whole, and what is nested in it line by line.
    fn of_entry(&self, base: Option<&Token<'_>>, ours: &Token<'_>, theirs: &Token<'_>) -> Option<String> {
        let (mine, other) = (ours.entry()?, theirs.entry()?);
        let split = |token: &Token<'_>| token::line_end(token.raw, 0);
        let head = |raw: &'_ Token<'_>| raw.raw[..split(raw)].to_owned();
        let head = match base {
            Some(base) => Sides { base: head(base), ours: head(ours), theirs: head(theirs) }.decided(),
            None => Some(head(ours)).filter(|mine| *mine == head(theirs)),
        };
        let Some(head) = head else {
            let dialect = self.dialect.filter(|_| base.is_none() && mine.id.is_some())?;
            return Some(entry::both_told((mine, ours.raw), (other, theirs.raw), dialect));
        };
        let below = |token: &Token<'_>| token.raw[split(token)..].to_owned();
        let below =
            Sides { base: base.map(below).unwrap_or_default(), ours: below(ours), theirs: below(theirs) };
        let mut weaver = Self::plain();
        weaver.weave(&below.as_ref().map(|text| token::nested(text)));
        match weaver.finish() {
            Some(Outcome::Merged(below)) => Some(head + &below),
            _ => None,
        }
    }
}

impl Piece<'_, '_> {
    fn whole(&self) -> String {
        if self.raw == self.token.raw { self.token.whole() } else { self.raw.clone() }
    }
}

fn laid_down(
    raw: Result<String, Undecided>,
    base: Option<&Token<'_>>,
    ours: &Token<'_>,
    theirs: &Token<'_>,
) -> Laid {
    match raw {
        Ok(raw) => done(ours, raw),
        Err(Undecided) => Laid::Open(Sides {
            base: base.map(Token::whole).unwrap_or_default(),
            ours: ours.whole(),
            theirs: theirs.whole(),
        }),
    }
}

fn done(token: &Token<'_>, raw: String) -> Laid {
    Laid::Done { name: token.name.clone(), raw, entry: token.entry().cloned() }
}

fn whole(tokens: &[Token<'_>]) -> String {
    tokens.iter().map(Token::whole).collect()
}
