//! Who would like something worth sharing, and why.
