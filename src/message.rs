//! Messages to start from: on which occasion, in which form, in whose words.
//!
//! Knows the customs of letters in two languages and fills templates, goen's own or the user's; what
//! only the user can know stays a visible blank. Leaves the disk and the day to others.

mod address;
mod context;
mod draft;
mod form;
mod ground;
mod jikou;
mod occasion;
mod phrases;
mod remark;
pub mod review;
mod subject;
mod template;
mod when;

pub use draft::{Asked, Draft, Letter, draft};
pub use form::Form;
pub use ground::{Ground, Refusal};
pub use occasion::Occasion;
pub use remark::Remark;
pub use template::{Own, TemplateFault, built_in};
