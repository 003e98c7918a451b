//! What is to run: the program, the vault, and the folders it may write to, as texts that a
//! file of settings can hold.

use std::io;
use std::path::{Path, PathBuf};

use crate::text::is_unprintable;
use crate::vault::{self, LocalState};

/// What a service of goen is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The program.
    pub binary: String,
    /// The folder of notes.
    pub vault: String,
    /// The vault's name among all of this machine, for names of services.
    pub slug: String,
    /// Where the commands typed keep their local state; the service is told, because the
    /// session may say otherwise, and they must meet at one lock.
    pub state_home: Option<String>,
    /// The part of it that is this vault's.
    pub state: Option<String>,
    /// Whether the daemon commits to git.
    pub commit: bool,
    /// Git's folders outside of the vault.
    pub git: Vec<String>,
    /// Where a manager that keeps no journal puts what the daemon says.
    pub log: String,
}

/// Why there can be no service.
#[derive(Debug)]
pub enum Unfit {
    /// The system does not say where this program is.
    NoProgram(io::Error),
    /// A path holds what a file of settings cannot.
    Path(PathBuf),
    /// The vault lies in no git repository, and something is to be committed.
    NoRepository(PathBuf),
    /// The system does not say where the user's own folder is.
    NoHome,
}

impl Unit {
    /// What runs `binary` on the vault at `root`, both by their real paths.
    ///
    /// # Errors
    /// Where something cannot be written down, or is missing.
    pub fn new(binary: &Path, root: &Path, commit: bool) -> Result<Self, Unfit> {
        let state = LocalState::of(root);
        let state_home = vault::state_home().filter(|_| state.is_some());
        let git = match commit {
            true => vault::git_folders(root).ok_or_else(|| Unfit::NoRepository(root.to_path_buf()))?,
            false => Vec::new(),
        };
        let slug = vault::slug(root);
        let log = vault::home().ok_or(Unfit::NoHome)?.join("Library/Logs/goen").join(format!("{slug}.log"));
        Ok(Self {
            binary: text(binary)?,
            vault: text(root)?,
            state_home: state_home.as_deref().map(text).transpose()?,
            state: state.map(|state| text(state.dir())).transpose()?,
            commit,
            git: git
                .iter()
                .filter(|dir| !dir.starts_with(root))
                .map(|dir| text(dir))
                .collect::<Result<_, _>>()?,
            log: text(&log)?,
            slug,
        })
    }

    /// The words of the command.
    pub fn words(&self) -> Vec<&str> {
        let mut words = vec![self.binary.as_str(), "--vault", &self.vault, "watch"];
        if self.commit {
            words.push("--commit");
        }
        words
    }

    /// What the daemon writes to.
    pub fn writes(&self) -> impl Iterator<Item = &str> {
        let own = [Some(&self.vault), self.state.as_ref()];
        own.into_iter().flatten().chain(&self.git).map(String::as_str)
    }
}

/// A path as text. Line breaks and what else nobody sees would make another file of it, and
/// systemd and XML take no characters that Unicode has set aside.
fn text(path: &Path) -> Result<String, Unfit> {
    let is_set_aside = |c: char| matches!(c as u32, 0xfdd0..=0xfdef) || c as u32 & 0xfffe == 0xfffe;
    match path.to_str() {
        Some(text) if !text.chars().any(|c| is_unprintable(c) || is_set_aside(c)) => Ok(text.to_owned()),
        _ => Err(Unfit::Path(path.to_path_buf())),
    }
}

/// A unit whose paths have all that is awkward, for the tests of those who write it down.
#[cfg(test)]
pub fn awkward(commit: bool) -> Unit {
    Unit {
        binary: "/opt/my $tools/goen".into(),
        vault: "/home/a/ご縁 \"x\" 100% $HOME \\n <&'>".into(),
        slug: "x100HOMEn-abc123".into(),
        state_home: Some("/home/a/.local/state".into()),
        state: Some("/home/a/.local/state/goen/ご縁x100HOMEn-abc123".into()),
        commit,
        git: if commit { vec!["/home/a/my repo/.git".into()] } else { Vec::new() },
        log: "/home/a/Library/Logs/goen/x100HOMEn-abc123.log".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_would_break_the_file_is_refused() {
        for path in ["/a/b\nExecStartPre=x", "/a/\u{7f}", "/a/\u{202e}b", "/a/\u{ffff}", "/a/\u{fdd0}"] {
            assert!(matches!(text(Path::new(path)), Err(Unfit::Path(_))), "{path:?}");
        }
        assert_eq!(text(Path::new("/a/ご縁 \"%$\\")).unwrap(), "/a/ご縁 \"%$\\");
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_is_refused() {
        let path: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"/a/\xff");
        assert!(matches!(text(Path::new(path)), Err(Unfit::Path(_))));
    }
}
