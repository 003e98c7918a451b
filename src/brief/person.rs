//! The brief before a talk with somebody.
