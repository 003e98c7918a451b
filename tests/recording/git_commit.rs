//! Commits of the vault on real repositories: what is taken in, and what stays as it was to the
//! last entry of the index.
//!
//! Git runs behind a script that sets a home of its own, so that nothing of the machine's
//! settings reaches it, and that writes down what was asked of it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use goen::text::NotePath;
use goen::vault::{Busy, Commit, Content, Git, GitDeed, GitTrouble, Vault};
use tempfile::TempDir;

/// A repository with one commit, a vault in it, and a git that knows neither machine nor user.
struct Repo {
    dir: TempDir,
    /// The vault's folder, from the repository's.
    vault: &'static str,
}

/// What a user would see of changes, and the index to the last entry.
#[derive(Debug, PartialEq)]
struct Seen {
    status: String,
    staged: String,
    unstaged: String,
    index: String,
}

impl Repo {
    /// None, with a word, where there is no git.
    fn new() -> Option<Self> {
        Self::with_vault_in("")
    }

    fn with_vault_in(vault: &'static str) -> Option<Self> {
        let repo = Self::empty(vault)?;
        repo.write(&repo.inside("a.md"), "a\n");
        repo.write(&repo.inside("b.md"), "b\n");
        repo.git(&["add", "."]);
        repo.git(&["commit", "-qm", "first"]);
        Some(repo)
    }

    /// A repository on a branch without commits.
    fn empty(vault: &'static str) -> Option<Self> {
        let repo = Self::none(vault)?;
        repo.git(&["init", "-q", "-b", "main"]);
        repo.git(&["config", "user.name", "Test"]);
        repo.git(&["config", "user.email", "test@example.org"]);
        Some(repo)
    }

    /// A folder without repository.
    fn none(vault: &'static str) -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("skipped: there is no git");
            return None;
        }
        let repo = Self { dir: TempDir::new().unwrap(), vault };
        for folder in ["home", "repo"] {
            fs::create_dir(repo.dir.path().join(folder)).unwrap();
        }
        fs::create_dir_all(repo.at("").join(vault)).unwrap();
        repo.wrap("");
        Some(repo)
    }

    /// A place in the repository.
    fn at(&self, path: &str) -> PathBuf {
        self.dir.path().join("repo").join(path)
    }

    /// A path in the vault, from the repository.
    fn inside(&self, path: &str) -> String {
        if self.vault.is_empty() { path.to_owned() } else { format!("{}/{path}", self.vault) }
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    fn append(&self, path: &str, text: &str) {
        let mut file = fs::File::options().append(true).open(self.at(path)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    /// Puts the script before git; `first` runs before git does, with what is asked in `$*`.
    fn wrap(&self, first: &str) {
        let home = self.dir.path().join("home");
        let script = format!(
            "#!/bin/sh\n\
             unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL EMAIL XDG_CONFIG_HOME\n\
             export HOME='{home}' GIT_CONFIG_NOSYSTEM=1\n\
             printf '%s\\n' \"$*\" >> '{home}/asked'\n{first}\nexec git \"$@\"\n",
            home = home.display()
        );
        executable(&self.dir.path().join("git"), &script);
    }

    /// A hook; with `sh` that says what it does.
    fn hook(&self, name: &str, script: &str) {
        fs::create_dir_all(self.at(".git/hooks")).unwrap();
        executable(&self.at(".git/hooks").join(name), &format!("#!/bin/sh\n{script}\n"));
    }

    /// What was asked of git by the vault, a line each.
    fn asked(&self) -> String {
        fs::read_to_string(self.dir.path().join("home/asked")).unwrap_or_default()
    }

    /// Git as a user runs it: its answer, and whether it succeeded.
    fn try_git(&self, args: &[&str]) -> (String, bool) {
        let output = Command::new("git")
            .args(args)
            .current_dir(self.at(""))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.dir.path().join("home"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_EDITOR", "true")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success())
    }

    #[track_caller]
    fn git(&self, args: &[&str]) -> String {
        let (answer, good) = self.try_git(args);
        assert!(good, "git {args:?}: {answer}");
        answer
    }

    fn seen(&self) -> Seen {
        Seen {
            status: self.git(&["status", "--porcelain", "--untracked-files=all"]),
            staged: self.git(&["diff", "--cached"]),
            unstaged: self.git(&["diff"]),
            index: self.git(&["ls-files", "--stage", "-t"]),
        }
    }

    /// What the last commit holds: its message and the paths that it changed, each with how.
    fn last(&self) -> Vec<String> {
        let args = ["-c", "core.quotePath=false", "show", "--no-renames", "--name-status", "--format=%s"];
        let shown = self.git(&args);
        shown.lines().filter(|line| !line.is_empty()).map(|line| line.replace('\t', " ")).collect()
    }

    fn commits(&self) -> usize {
        self.git(&["rev-list", "--count", "--all"]).trim().parse().unwrap()
    }

    fn open(&self) -> Vault {
        Vault::open(&self.at("").join(self.vault)).unwrap()
    }

    fn program(&self) -> Git {
        Git { program: self.dir.path().join("git"), ..Git::default() }
    }

    fn only(&self, paths: &[&str]) -> Commit {
        self.open().commit_with(&self.program(), Content::Only(&notes(paths)), "goen")
    }

    fn everything(&self) -> Commit {
        self.open().commit_with(&self.program(), Content::Everything, "all")
    }

    /// Changes of the user's of every kind beside goen's: staged, not staged, both, new, removed.
    fn somebody_works(&self) {
        for name in ["staged", "unstaged", "both", "removed", "gone", "moved", "untracked-now"] {
            self.write(&self.inside(&format!("user/{name}.md")), "one\n");
        }
        self.git(&["add", "."]);
        self.git(&["commit", "-qm", "the user's"]);
        let user = |name: &str| self.inside(&format!("user/{name}.md"));
        self.append(&user("staged"), "two\n");
        self.append(&user("both"), "two\n");
        self.write(&user("new-staged"), "new\n");
        self.git(&["add", &user("staged"), &user("both"), &user("new-staged")]);
        self.append(&user("both"), "three\n");
        self.append(&user("unstaged"), "two\n");
        self.write(&user("new"), "new\n");
        self.write(&user("intended"), "new\n");
        self.git(&["add", "-N", &user("intended")]);
        self.git(&["rm", "-q", &user("removed")]);
        fs::remove_file(self.at(&user("gone"))).unwrap();
        self.git(&["mv", &user("moved"), &user("moved-here")]);
        self.git(&["rm", "-q", "--cached", &user("untracked-now")]);
    }
}

/// Writes a script by another process: whoever is started meanwhile by another test would hold
/// the file open for writing, and it could not be run.
fn executable(path: &Path, script: &str) {
    let mut child = Command::new("sh")
        .args(["-c", "cat > \"$0\"", path.to_str().unwrap()])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn notes(paths: &[&str]) -> Vec<NotePath> {
    paths.iter().map(|&path| NotePath::new(path)).collect()
}

#[track_caller]
fn done(commit: &Commit, files: usize) {
    assert!(matches!(commit, Commit::Done(n) if *n == files), "{commit:?}");
}

#[track_caller]
fn nothing(commit: &Commit) {
    assert!(matches!(commit, Commit::Nothing), "{commit:?}");
}

#[track_caller]
fn later(commit: &Commit, busy: Busy) {
    assert!(matches!(commit, Commit::Later(found) if *found == busy), "{commit:?}");
}

/// What failed, and the words for it.
#[track_caller]
fn failed(commit: &Commit) -> (GitDeed, String) {
    let Commit::Failed(error) = commit else { panic!("{commit:?}") };
    (error.deed, error.to_string())
}

#[test]
fn only_what_was_named_is_committed_and_the_rest_stays_as_it_was() {
    let Some(repo) = Repo::new() else { return };
    repo.somebody_works();
    let before = repo.seen();
    repo.append("a.md", "goen\n");
    repo.write("reconnect.md", "page\n");
    repo.write("empty.md", "");
    done(&repo.only(&["a.md", "reconnect.md", "empty.md", "b.md", "nowhere.md"]), 3);
    assert_eq!(repo.last(), ["goen", "M a.md", "A empty.md", "A reconnect.md"]);
    let after = repo.seen();
    assert_eq!(after.status, before.status);
    assert_eq!(after.staged, before.staged);
    assert_eq!(after.unstaged, before.unstaged);
    nothing(&repo.only(&["a.md", "reconnect.md", "empty.md"]));
    nothing(&repo.only(&[]));
    assert_eq!(repo.commits(), 3);
}

#[test]
fn a_note_that_is_staged_in_part_is_committed_as_it_stands() {
    let Some(repo) = Repo::new() else { return };
    repo.append("a.md", "staged\n");
    repo.git(&["add", "a.md"]);
    repo.append("a.md", "goen\n");
    repo.hook("pre-commit", "exit 1");
    let before = repo.seen();
    failed(&repo.only(&["a.md"]));
    assert_eq!(repo.seen(), before);
    repo.hook("pre-commit", "exit 0");
    done(&repo.only(&["a.md"]), 1);
    assert_eq!(repo.git(&["show", "HEAD:a.md"]), "a\nstaged\ngoen\n");
}

#[test]
fn git_is_asked_for_nothing_that_reaches_out_or_tidies_up() {
    let Some(repo) = Repo::new() else { return };
    repo.write("new.md", "new\n");
    done(&repo.everything(), 1);
    let asked = repo.asked();
    let verbs = ["rev-parse", "symbolic-ref", "ls-files", "status", "add", "commit"];
    for line in asked.lines() {
        assert!(verbs.iter().any(|verb| line.split(' ').any(|word| word == *verb)), "{line}");
        assert!(line.contains("gc.auto=0") && line.contains("maintenance.auto=false"), "{line}");
    }
    assert!(!asked.contains("--no-verify"), "hooks are the user's");
}

#[test]
fn a_note_that_is_gone_is_committed_as_gone() {
    let Some(repo) = Repo::new() else { return };
    fs::remove_file(repo.at("a.md")).unwrap();
    done(&repo.only(&["a.md"]), 1);
    assert_eq!(repo.last(), ["goen", "D a.md"]);
    // With its folder.
    repo.write("People/c.md", "c\n");
    done(&repo.only(&["People/c.md"]), 1);
    fs::remove_dir_all(repo.at("People")).unwrap();
    done(&repo.only(&["People/c.md"]), 1);
    assert_eq!(repo.last(), ["goen", "D People/c.md"]);
}

#[test]
fn what_the_user_has_staged_to_be_removed_waits_for_the_user() {
    let Some(repo) = Repo::new() else { return };
    repo.git(&["mv", "a.md", "c.md"]);
    repo.git(&["rm", "-q", "--cached", "b.md"]);
    let before = repo.seen();
    nothing(&repo.only(&["a.md", "b.md"]));
    assert_eq!(repo.seen(), before);
    // The move is a change to commit; that a note which is still there is to leave is not undone.
    done(&repo.everything(), 2);
    assert_eq!(repo.last(), ["all", "D a.md", "A c.md"]);
    assert_eq!(repo.seen().status, "D  b.md\n?? b.md\n");
}

#[test]
fn what_is_ignored_is_not_committed_unless_it_was() {
    let Some(repo) = Repo::new() else { return };
    repo.write(".gitignore", "reconnect.md\na.md\n");
    repo.git(&["add", "."]);
    repo.git(&["commit", "-qm", "ignore"]);
    repo.write("reconnect.md", "page\n");
    nothing(&repo.only(&["reconnect.md"]));
    nothing(&repo.everything());
    repo.append("a.md", "goen\n");
    done(&repo.only(&["reconnect.md", "a.md"]), 1);
    assert_eq!(repo.last(), ["goen", "M a.md"]);
}

#[test]
fn a_vault_that_its_repository_ignores_has_nothing_to_commit() {
    let Some(repo) = Repo::empty("vault") else { return };
    repo.write(".gitignore", "vault/\n");
    repo.write("vault/a.md", "a\n");
    nothing(&repo.everything());
    nothing(&repo.only(&["a.md"]));
}

#[test]
fn the_first_commit_of_a_repository() {
    let Some(repo) = Repo::empty("") else { return };
    repo.write("a.md", "a\n");
    repo.write("staged.md", "s\n");
    repo.git(&["add", "staged.md"]);
    repo.hook("pre-commit", "exit 1");
    let before = repo.seen();
    failed(&repo.only(&["a.md"]));
    assert_eq!(repo.seen(), before);
    fs::remove_file(repo.at(".git/hooks/pre-commit")).unwrap();
    done(&repo.only(&["a.md"]), 1);
    assert_eq!(repo.last(), ["goen", "A a.md"]);
    assert_eq!(repo.seen().status, "A  staged.md\n");
}

#[test]
fn odd_names_mean_themselves() {
    let names = [
        "-dash.md",
        "--all",
        ":(glob)x.md",
        ":!a.md",
        ":",
        "*.md",
        "?[ab].md",
        "\"quoted\" it's.md",
        "空 白　全角.md",
        "back\\slash.md",
        "tab\tand\nline.md",
        "#hash.md",
        " blank ",
        "名刺/田中 太郎.md",
    ];
    for in_folder in ["", "notes: *"] {
        let Some(repo) = Repo::with_vault_in(in_folder) else { return };
        for name in names {
            repo.write(&repo.inside(name), "odd\n");
        }
        let others = repo.inside("other.md");
        repo.write(&others, "not named\n");
        done(&repo.only(&names), names.len());
        let committed = repo.git(&["ls-tree", "-rz", "--name-only", "HEAD"]);
        let mut committed: Vec<&str> = committed.split_terminator('\0').collect();
        committed.sort_unstable();
        let mut expected: Vec<String> =
            names.iter().chain(&["a.md", "b.md"]).map(|name| repo.inside(name)).collect();
        expected.sort_unstable();
        assert_eq!(committed, expected);
        for name in names {
            repo.append(&repo.inside(name), "again\n");
        }
        repo.hook("pre-commit", "exit 1");
        let before = repo.seen();
        failed(&repo.everything());
        assert_eq!(repo.seen(), before);
        fs::remove_file(repo.at(".git/hooks/pre-commit")).unwrap();
        done(&repo.everything(), names.len() + 1);
        assert_eq!(repo.seen().status, "");
    }
}

#[test]
fn more_notes_than_a_command_line_takes() {
    let Some(repo) = Repo::new() else { return };
    let names: Vec<String> = (0..450).map(|n| format!("People/{}-{n}.md", "長い名前".repeat(5))).collect();
    for name in &names {
        repo.write(name, "new\n");
    }
    // In names that differ by case only, those not named are others.
    repo.write("A.md", "another\n");
    let mut named: Vec<&str> = names.iter().map(String::as_str).collect();
    named.push("a.md");
    done(&repo.only(&named), names.len());
    assert_eq!(repo.seen().status, "?? A.md\n");
}

#[test]
fn linked_notes_are_committed_where_they_are() {
    let Some(repo) = Repo::new() else { return };
    repo.write("real/x.md", "x\n");
    std::os::unix::fs::symlink("real", repo.at("linked")).unwrap();
    std::os::unix::fs::symlink("a.md", repo.at("also-a.md")).unwrap();
    std::os::unix::fs::symlink(repo.dir.path(), repo.at("outside")).unwrap();
    repo.append("a.md", "goen\n");
    done(&repo.only(&["linked/x.md", "also-a.md", "a.md", "outside/git"]), 2);
    assert_eq!(repo.last(), ["goen", "M a.md", "A real/x.md"]);
}

#[test]
fn a_folder_in_the_place_of_a_note_and_the_other_way_round() {
    let Some(repo) = Repo::new() else { return };
    repo.write("folder/in.md", "in\n");
    repo.git(&["add", "."]);
    repo.git(&["commit", "-qm", "folder"]);
    fs::remove_file(repo.at("a.md")).unwrap();
    repo.write("a.md/in.md", "in\n");
    nothing(&repo.only(&["a.md"]));
    fs::remove_dir_all(repo.at("folder")).unwrap();
    repo.write("folder", "a file\n");
    assert!(matches!(repo.everything(), Commit::Done(_)));
    assert_eq!(repo.last(), ["all", "D a.md", "A a.md/in.md", "A folder", "D folder/in.md"]);
    assert_eq!(repo.seen().status, "");
}

#[test]
fn everything_is_what_lies_below_the_vault() {
    let Some(repo) = Repo::with_vault_in("my notes/vault") else { return };
    repo.write("outside.txt", "one\n");
    repo.write("tracked.txt", "one\n");
    repo.git(&["add", "."]);
    repo.git(&["commit", "-qm", "outside"]);
    repo.append("outside.txt", "staged\n");
    repo.write("my notes/new-staged.txt", "staged\n");
    repo.git(&["add", "."]);
    repo.append("tracked.txt", "not staged\n");
    repo.write("my notes/vault.md", "beside\n");
    let before = repo.seen();
    repo.somebody_in_the_vault();
    assert!(matches!(repo.everything(), Commit::Done(6)));
    let inside = |line: &str| line.replace("V/", "my notes/vault/");
    assert_eq!(
        repo.last(),
        ["all", "A V/.obsidian/app.json", "M V/a.md", "D V/b.md", "A V/c.md", "A V/d/e.png", "A V/f.md"]
            .map(inside)
    );
    let after = repo.seen();
    assert_eq!(
        after.status,
        before.status.clone() + &inside("?? \"V/.goen-123-0.tmp\"\n?? \"V/d/.goen-1.tmp\"\n")
    );
    assert_eq!((after.staged, after.unstaged), (before.staged, before.unstaged));
    nothing(&repo.everything());
}

impl Repo {
    fn somebody_in_the_vault(&self) {
        self.append(&self.inside("a.md"), "more\n");
        fs::remove_file(self.at(&self.inside("b.md"))).unwrap();
        self.write(&self.inside("c.md"), "new\n");
        self.git(&["add", &self.inside("c.md")]);
        self.append(&self.inside("c.md"), "more\n");
        self.write(&self.inside("d/e.png"), "\0\u{1}");
        self.write(&self.inside("f.md"), "");
        self.write(&self.inside(".obsidian/app.json"), "{}");
        self.write(&self.inside(".goen-123-0.tmp"), "half");
        self.write(&self.inside("d/.goen-1.tmp"), "half");
    }
}

#[test]
fn a_repository_inside_the_vault_keeps_its_own() {
    let Some(repo) = Repo::new() else { return };
    repo.git(&["init", "-q", "sub"]);
    repo.write("sub/n.md", "n\n");
    repo.write("new.md", "new\n");
    nothing(&repo.only(&["sub/n.md"]));
    done(&repo.everything(), 1);
    assert_eq!(repo.last(), ["all", "A new.md"]);
    assert_eq!(repo.seen().status, "?? sub/\n");
}

#[test]
fn a_linked_working_tree_and_a_submodule() {
    let Some(repo) = Repo::new() else { return };
    repo.git(&["worktree", "add", "-q", "-b", "other", "../tree"]);
    let tree = repo.dir.path().join("tree");
    fs::write(tree.join("a.md"), "changed\n").unwrap();
    let vault = Vault::open(&tree).unwrap();
    // What goes on in the other working tree is no matter of this one.
    repo.write(".git/MERGE_HEAD", "x\n");
    let commit = || vault.commit_with(&repo.program(), Content::Everything, "in the tree");
    done(&commit(), 1);
    assert_eq!(repo.git(&["log", "-1", "--format=%s", "other"]), "in the tree\n");
    assert_eq!(repo.git(&["log", "-1", "--format=%s", "main"]), "first\n");
    fs::remove_file(repo.at(".git/MERGE_HEAD")).unwrap();
    fs::write(tree.join("b.md"), "changed\n").unwrap();
    repo.write(".git/worktrees/tree/MERGE_HEAD", "x\n");
    later(&commit(), Busy::Merge);

    let upper = Repo::new().unwrap();
    let url = repo.at("").display().to_string();
    upper.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "sub"]);
    upper.git(&["commit", "-qm", "submodule"]);
    for (key, value) in [("user.name", "Test"), ("user.email", "test@example.org")] {
        upper.git(&["-C", "sub", "config", key, value]);
    }
    let vault = Vault::open(&upper.at("sub")).unwrap();
    upper.write("sub/new.md", "new\n");
    let commit = || vault.commit_with(&upper.program(), Content::Only(&notes(&["new.md"])), "below");
    done(&commit(), 1);
    // For the repository around it, it is at another commit now.
    upper.append("sub/a.md", "and changed\n");
    done(&upper.everything(), 1);
    assert_eq!(upper.last(), ["all", "M sub"]);
    nothing(&upper.everything());
    upper.git(&["-C", "sub", "checkout", "-q", "--detach"]);
    upper.append("sub/new.md", "more\n");
    later(&commit(), Busy::Detached);
}

/// Two branches that do not agree about `a.md`; `main` is checked out.
fn in_conflict() -> Option<Repo> {
    let repo = Repo::new()?;
    repo.git(&["checkout", "-qb", "other"]);
    repo.write("a.md", "theirs\n");
    repo.git(&["commit", "-qam", "theirs"]);
    repo.git(&["checkout", "-q", "main"]);
    repo.write("a.md", "ours\n");
    repo.git(&["commit", "-qam", "ours"]);
    repo.write("reconnect.md", "page\n");
    Some(repo)
}

#[test]
fn in_the_middle_of_something_nothing_is_touched() {
    let cases: &[(&[&str], Busy)] = &[
        (&["merge", "other"], Busy::Merge),
        (&["merge", "--squash", "-s", "ours", "other"], Busy::Prepared),
        (&["rebase", "other"], Busy::Rebase),
        (&["rebase", "--apply", "other"], Busy::Rebase),
        (&["cherry-pick", "other"], Busy::CherryPick),
        (&["revert", "--no-commit", "HEAD"], Busy::Revert),
        (&["bisect", "start"], Busy::Bisect),
        (&["checkout", "-q", "--detach"], Busy::Detached),
    ];
    for (args, busy) in cases {
        let Some(repo) = in_conflict() else { return };
        repo.try_git(args);
        let (before, commits) = (repo.seen(), repo.commits());
        later(&repo.only(&["reconnect.md"]), *busy);
        later(&repo.everything(), *busy);
        assert_eq!((repo.seen(), repo.commits()), (before, commits), "{args:?}");
    }
}

#[test]
fn patches_by_mail_rows_of_picks_and_conflicts_of_a_stash() {
    let Some(repo) = in_conflict() else { return };
    let mail = repo.git(&["format-patch", "-1", "other", "--stdout"]);
    repo.write("../mail", &mail);
    repo.try_git(&["am", "../mail"]);
    later(&repo.everything(), Busy::Am);
    repo.git(&["am", "--abort"]);
    // Between two picks: the first was resolved and committed by hand, the second waits.
    repo.git(&["checkout", "-q", "other"]);
    repo.write("c.md", "c\n");
    repo.git(&["add", "c.md"]);
    repo.git(&["commit", "-qm", "second"]);
    repo.git(&["checkout", "-q", "main"]);
    repo.try_git(&["cherry-pick", "main..other"]);
    later(&repo.everything(), Busy::CherryPick);
    repo.git(&["commit", "-qam", "resolved"]);
    later(&repo.everything(), Busy::Sequence);
    repo.git(&["cherry-pick", "--quit"]);
    done(&repo.only(&["reconnect.md"]), 1);
    // A stash that does not fit any more leaves conflicts and no other trace.
    repo.write("b.md", "stashed\n");
    repo.git(&["stash", "-q"]);
    repo.write("b.md", "committed\n");
    repo.git(&["commit", "-qam", "b"]);
    repo.try_git(&["stash", "pop"]);
    repo.append("reconnect.md", "more\n");
    let before = repo.seen();
    later(&repo.only(&["reconnect.md"]), Busy::Conflicts);
    assert_eq!(repo.seen(), before);
}

#[test]
fn conflicts_outside_of_the_vault_count_too() {
    let Some(repo) = Repo::with_vault_in("vault") else { return };
    repo.write("top.txt", "one\n");
    repo.git(&["add", "."]);
    repo.git(&["commit", "-qm", "top"]);
    repo.write("top.txt", "stashed\n");
    repo.git(&["stash", "-q"]);
    repo.write("top.txt", "committed\n");
    repo.git(&["commit", "-qam", "top"]);
    repo.try_git(&["stash", "pop"]);
    repo.append("vault/a.md", "more\n");
    later(&repo.only(&["a.md"]), Busy::Conflicts);
}

#[test]
fn where_refs_are_kept_in_tables_a_pick_is_seen_too() {
    let Some(repo) = Repo::none("") else { return };
    if !repo.try_git(&["init", "-q", "-b", "main", "--ref-format=reftable"]).1 {
        eprintln!("skipped: this git keeps refs in files only");
        return;
    }
    for (key, value) in [("user.name", "Test"), ("user.email", "test@example.org")] {
        repo.git(&["config", key, value]);
    }
    repo.write("a.md", "a\n");
    done(&repo.everything(), 1);
    repo.write("a.md", "b\n");
    done(&repo.everything(), 1);
    repo.write("a.md", "c\n");
    done(&repo.everything(), 1);
    repo.try_git(&["cherry-pick", "HEAD~1"]);
    later(&repo.everything(), Busy::CherryPick);
}

#[test]
fn who_holds_the_lock_is_waited_for() {
    let Some(repo) = Repo::new() else { return };
    repo.append("a.md", "goen\n");
    repo.write(".git/index.lock", "");
    later(&repo.only(&["a.md"]), Busy::Locked);
    assert!(repo.at(".git/index.lock").exists(), "it is somebody's");
    fs::remove_file(repo.at(".git/index.lock")).unwrap();
    done(&repo.only(&["a.md"]), 1);

    // It is taken after it was looked for, by somebody who lets it go again.
    let lock = repo.at(".git/index.lock").display().to_string();
    let meanwhile = |verb: &str| {
        repo.wrap(&format!(
            "case \"$*\" in *' {verb} '*) touch '{lock}'; (sleep 0.5; rm -f '{lock}') >/dev/null 2>&1 & ;; esac"
        ));
    };
    repo.write("new.md", "new\n");
    let before = repo.seen();
    for verb in ["add", "commit"] {
        meanwhile(verb);
        later(&repo.only(&["new.md"]), Busy::Locked);
        std::thread::sleep(Duration::from_millis(700));
        assert_eq!(repo.seen(), before, "taken before {verb}");
    }
    repo.wrap("");
    done(&repo.only(&["new.md"]), 1);
}

#[test]
fn a_merge_that_begins_in_between_is_waited_for() {
    let Some(repo) = in_conflict() else { return };
    let other = repo.git(&["rev-parse", "other"]);
    let head = repo.at(".git/MERGE_HEAD").display().to_string();
    repo.wrap(&format!("case \"$*\" in *' commit '*) echo {} > '{head}' ;; esac", other.trim()));
    let before = repo.seen();
    later(&repo.only(&["reconnect.md"]), Busy::Merge);
    fs::remove_file(head).unwrap();
    assert_eq!(repo.seen(), before);
}

#[test]
fn what_is_taken_back_in_between_is_nothing() {
    let Some(repo) = Repo::new() else { return };
    repo.append("a.md", "goen\n");
    let note = repo.at("a.md").display().to_string();
    repo.wrap(&format!("case \"$*\" in *' commit '*) echo a > '{note}' ;; esac"));
    nothing(&repo.only(&["a.md"]));
    assert_eq!(repo.commits(), 1);
}

#[test]
fn a_hook_that_refuses_leaves_the_index_as_it_was() {
    let Some(repo) = Repo::new() else { return };
    repo.somebody_works();
    repo.append("a.md", "goen\n");
    repo.write("new.md", "page\n");
    repo.hook("pre-commit", "echo 'no tabs, please'; echo 'in: new.md' >&2; exit 1");
    let before = repo.seen();
    for commit in [repo.only(&["a.md", "new.md"]), repo.everything()] {
        let (deed, words) = failed(&commit);
        assert_eq!(deed, GitDeed::Commit);
        assert_eq!(words, "git could not commit: no tabs, please / in: new.md");
        assert_eq!(repo.seen(), before);
    }
    repo.hook("pre-commit", "exit 3");
    let (_, words) = failed(&repo.only(&["a.md"]));
    assert_eq!(words, "git could not commit: it said nothing (exit code 1); a hook may have refused");
    // It may say more than a pipe holds.
    repo.hook("pre-commit", "yes 'too much' | head -c 3000000 >&2; exit 1");
    let (_, words) = failed(&repo.only(&["a.md"]));
    assert_eq!(words, "git could not commit: too much / too much / too much");
}

#[test]
fn hooks_see_paths_as_ever_and_nobody_asks() {
    let Some(repo) = Repo::new() else { return };
    repo.append("a.md", "goen\n");
    let seen = repo.dir.path().join("seen").display().to_string();
    repo.hook("pre-commit", &format!("git diff --cached --name-only -- '*.md' > '{seen}'; cat >> '{seen}'; echo $GIT_EDITOR $GIT_TERMINAL_PROMPT >> '{seen}'"));
    repo.git(&["config", "core.editor", "sleep 100"]);
    repo.git(&["config", "commit.cleanup", "strip"]);
    let commit =
        repo.open().commit_with(&repo.program(), Content::Only(&notes(&["a.md"])), "# 連絡を記録: 田中");
    done(&commit, 1);
    assert_eq!(fs::read_to_string(seen).unwrap(), "a.md\n: 0\n");
    assert_eq!(repo.last(), ["# 連絡を記録: 田中", "M a.md"]);
}

#[test]
fn a_hook_that_hangs_is_ended_with_all_that_it_runs() {
    let Some(repo) = Repo::new() else { return };
    repo.write("new.md", "page\n");
    let before = repo.seen();
    let pid = repo.dir.path().join("pid");
    let git = Git { limit: Duration::from_millis(400), ..repo.program() };
    // The second takes no notice of being told.
    for trap in ["", "trap '' INT TERM; "] {
        repo.hook("pre-commit", &format!("{trap}sleep 100 & echo $! > '{}'; wait; sleep 100", pid.display()));
        let began = Instant::now();
        let commit = repo.open().commit_with(&git, Content::Only(&notes(&["new.md"])), "goen");
        assert!(began.elapsed() < Duration::from_secs(20));
        let Commit::Failed(error) = &commit else { panic!("{commit:?}") };
        assert!(matches!(error.why, GitTrouble::TimedOut(_)), "{error}");
        assert!(error.to_string().starts_with("git could not commit: no end after 0.4 s"), "{error}");
        assert_eq!(repo.seen(), before);
        assert!(!repo.at(".git/index.lock").exists());
        let pid = fs::read_to_string(&pid).unwrap();
        let alive = Command::new("kill").args(["-0", pid.trim()]).stderr(Stdio::null()).status().unwrap();
        assert!(!alive.success() || is_zombie(pid.trim()), "the hook's own process is still there");
    }
}

#[test]
fn a_hook_that_hangs_after_the_commit_does_not_take_it_back() {
    let Some(repo) = Repo::new() else { return };
    repo.write("new.md", "page\n");
    repo.hook("post-commit", "sleep 100");
    let git = Git { limit: Duration::from_millis(500), ..repo.program() };
    let commit = repo.open().commit_with(&git, Content::Everything, "goen");
    failed(&commit);
    assert_eq!(repo.last(), ["goen", "A new.md"]);
    assert_eq!(repo.seen().status, "");
    nothing(&repo.everything());
}

/// Whether a process has ended and waits to be noticed by whoever is to notice it.
fn is_zombie(pid: &str) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| stat.contains(") Z"))
}

#[test]
fn what_a_hook_leaves_running_is_not_waited_for() {
    let Some(repo) = Repo::new() else { return };
    repo.append("a.md", "goen\n");
    repo.hook("post-commit", "(sleep 6; echo late >&2; touch ../left-running) &");
    let began = Instant::now();
    done(&repo.only(&["a.md"]), 1);
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    let mut waited = 0;
    while !repo.dir.path().join("left-running").exists() {
        assert!(waited < 200, "it was ended");
        std::thread::sleep(Duration::from_millis(100));
        waited += 1;
    }
}

#[test]
fn a_commit_that_cannot_be_signed_or_has_no_author_is_not_made() {
    let Some(repo) = Repo::new() else { return };
    repo.write("new.md", "page\n");
    let before = repo.seen();
    repo.git(&["config", "commit.gpgsign", "true"]);
    let signer = repo.dir.path().join("signer");
    executable(&signer, "#!/bin/sh\necho 'no secret key' >&2\nexit 2\n");
    repo.git(&["config", "gpg.program", signer.to_str().unwrap()]);
    let (_, words) = failed(&repo.only(&["new.md"]));
    assert!(words.contains("error: gpg failed to sign the data"), "{words}");
    assert_eq!(repo.seen(), before);
    repo.git(&["config", "commit.gpgsign", "false"]);

    for key in ["user.name", "user.email"] {
        repo.git(&["config", "--unset", key]);
    }
    repo.git(&["config", "user.useConfigOnly", "true"]);
    let (deed, words) = failed(&repo.only(&["new.md"]));
    assert_eq!(deed, GitDeed::Commit);
    assert!(words.contains("no email was given"), "{words}");
    assert_eq!(repo.seen(), before);
}

#[test]
fn without_repository_or_without_git() {
    let Some(repo) = Repo::none("") else { return };
    repo.write("a.md", "a\n");
    assert!(matches!(repo.everything(), Commit::NoRepository));
    assert!(matches!(repo.only(&["a.md"]), Commit::NoRepository));
    let git = Git { program: repo.dir.path().join("no-git"), ..Git::default() };
    let vault = repo.open();
    assert!(matches!(vault.commit_with(&git, Content::Everything, "all"), Commit::NoGit));
    // A repository without working tree, and one that is broken.
    repo.git(&["init", "-q", "--bare", "."]);
    assert!(matches!(repo.everything(), Commit::NoRepository));
    let other = Repo::none("").unwrap();
    other.write(".git", "gitdir: nowhere\n");
    let (deed, words) = failed(&other.everything());
    assert_eq!(deed, GitDeed::Look);
    assert!(words.contains("not a git repository: "), "{words}");
    // The vault is not there any more: that is no missing git.
    fs::remove_dir_all(repo.at("")).unwrap();
    let commit = vault.commit_with(&repo.program(), Content::Everything, "all");
    let (_, words) = failed(&commit);
    assert!(words.contains("cannot change to"), "{words}");
}

/// Run again by itself, with variables as a hook of another repository hands them down.
#[test]
fn what_another_repository_hands_down_leads_nowhere() {
    const REPO: &str = "GOEN_TEST_REPO";
    let git_dir = std::env::var_os("GIT_DIR");
    if let (Some(dir), Some(_)) = (std::env::var_os(REPO), git_dir) {
        let dir = PathBuf::from(dir);
        let git = Git { program: dir.join("git"), ..Git::default() };
        let vault = Vault::open(&dir.join("repo")).unwrap();
        done(&vault.commit_with(&git, Content::Only(&notes(&["a.md"])), "goen"), 1);
        return;
    }
    let Some(repo) = Repo::new() else { return };
    let other = Repo::new().unwrap();
    repo.append("a.md", "goen\n");
    let (other_before, name) = (other.seen(), "git_commit::what_another_repository_hands_down_leads_nowhere");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(REPO, repo.dir.path())
        .env("GIT_DIR", other.at(".git"))
        .env("GIT_WORK_TREE", other.at(""))
        .env("GIT_INDEX_FILE", other.at(".git/index"))
        .env("GIT_PREFIX", "sub/")
        .env("GIT_ICASE_PATHSPECS", "1")
        .env("GIT_CONFIG_PARAMETERS", "'core.bare=true'")
        .env("LANGUAGE", "ja")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(repo.last(), ["goen", "M a.md"]);
    assert_eq!(other.seen(), other_before);
    assert_eq!(other.commits(), 1);
}
