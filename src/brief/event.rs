//! Before an event: who comes, what is known of each, what to ask, who else may be there.
