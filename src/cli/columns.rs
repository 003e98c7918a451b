//! Rows in columns that stand below each other, wide characters counted as two.

use comfy_table::{ContentArrangement, Table, presets};

use super::output::Output;

/// Prints rows as columns, a header above them where there is one; on a terminal within its width.
pub fn print<const N: usize>(header: Option<[&str; N]>, rows: &[[String; N]], output: &mut Output) {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match output.width() {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    // A column that nobody has anything in takes no room.
    let is_told: Vec<bool> = (0..N).map(|at| rows.iter().any(|row| !row[at].is_empty())).collect();
    let told = |at: &usize| is_told.get(*at).copied().unwrap_or_default();
    if let Some(header) = header {
        table.set_header((0..N).filter(told).map(|at| header[at]));
    }
    for row in rows {
        table.add_row((0..N).filter(told).map(|at| row[at].as_str()));
    }
    for line in table.to_string().lines() {
        output.line(&format!(" {}", line.trim_end()));
    }
}
