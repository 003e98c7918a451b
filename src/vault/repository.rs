//! Where git keeps what it knows of a folder. Knows how git finds it; runs nothing.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders that git writes to when it commits something below `root`; none where that lies
/// in no repository.
pub fn git_folders(root: &Path) -> Option<Vec<PathBuf>> {
    let sign = root.ancestors().map(|folder| folder.join(".git")).find(|sign| sign.exists())?;
    let own = if sign.is_dir() { sign } else { sign.parent()?.join(said(&sign, "gitdir: ")?) };
    let own = own.canonicalize().ok()?;
    // A further working tree has an index of its own, and its commits are in the first one's folder.
    let common = said(&own.join("commondir"), "").and_then(|path| own.join(path).canonicalize().ok());
    Some(match common {
        Some(common) if own.starts_with(&common) => vec![common],
        Some(common) => vec![common, own],
        None => vec![own],
    })
}

/// The path that a file of git's names.
fn said(file: &Path, before: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    Some(text.strip_prefix(before)?.trim_end_matches(['\n', '\r']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_found_above_and_behind_a_file() {
        let dir = tempfile::TempDir::new().unwrap();
        let top = dir.path().canonicalize().unwrap();
        let make = |path: &str| fs::create_dir_all(top.join(path)).unwrap();
        let write = |path: &str, text: &str| fs::write(top.join(path), text).unwrap();
        let of = |path: &str| git_folders(&top.join(path));
        make("main/.git/worktrees/w");
        make("main/notes/deep");
        assert_eq!(of("main/notes/deep"), Some(vec![top.join("main/.git")]));
        // A working tree beside it.
        make("w");
        write("w/.git", &format!("gitdir: {}\n", top.join("main/.git/worktrees/w").display()));
        write("main/.git/worktrees/w/commondir", "../..\n");
        assert_eq!(of("w"), Some(vec![top.join("main/.git")]));
        // A submodule.
        make("main/.git/modules/sub");
        make("main/sub");
        write("main/sub/.git", "gitdir: ../.git/modules/sub\n");
        assert_eq!(of("main/sub"), Some(vec![top.join("main/.git/modules/sub")]));
        // One that leads nowhere is as good as none.
        make("lost");
        write("lost/.git", "gitdir: ../gone\n");
        assert_eq!(of("lost"), None);
    }
}
