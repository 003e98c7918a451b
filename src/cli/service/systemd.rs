//! A service as a user unit of systemd: a pure text.
//!
//! The daemon reads and writes notes and nothing else, so the unit takes all else away from it,
//! as far as a *user's* manager can. What is not there, and why:
//!
//! - `PrivateNetwork=` needs a network of the unit's own and hides sockets that others use to
//!   speak with each other; `RestrictAddressFamilies=AF_UNIX` needs no right at all, and leaves
//!   but the socket to systemd itself.
//! - `CapabilityBoundingSet=`, and `ProtectClock=`, `ProtectKernelModules=`,
//!   `ProtectKernelLogs=`, `PrivateDevices=`, which drop capabilities: where a system lets users
//!   have namespaces without capabilities in them, the unit would not start (218/CAPABILITIES).
//!   A user's process has no capability to lose, and `@system-service` holds none of the calls
//!   that set the clock, load modules or read the kernel's log.
//! - `RestrictSUIDSGID=` takes `openat2` away as a whole, by which the daemon stays inside the
//!   vault whatever is linked or moved there meanwhile.
//! - `ProtectProc=`, `ProcSubset=`, `RemoveIPC=`, `IPAddressDeny=` are for the system's manager.

use std::path::Path;

use super::unit::Unit;

/// How the line begins by which goen knows its own: the same in every version.
pub const MARK: &str = "# Written by `goen service install`";

/// The name of the unit.
pub fn name(slug: &str) -> String {
    format!("goen-{slug}.service")
}

/// The unit.
pub fn render(unit: &Unit) -> String {
    let command: Vec<String> =
        unit.words().into_iter().enumerate().map(|(at, word)| argument(word, at)).collect();
    let state = unit.state_home.as_ref();
    let environment = state
        .map(|home| format!("Environment={}\n", item(&format!("XDG_STATE_HOME={home}"))))
        .unwrap_or_default();
    // A folder that is missing is for the daemon to name, in words; without the sign systemd
    // would fail before it, with none.
    let writes: Vec<String> = unit.writes().map(|path| item(&format!("-{path}"))).collect();
    // Whatever lies in there would be hidden from the daemon.
    let paths = unit.writes().chain([unit.binary.as_str()]);
    let private_tmp =
        !paths.map(Path::new).any(|path| path.starts_with("/tmp") || path.starts_with("/var/tmp"));
    // Git runs the user's own hooks, and some languages make code as they run.
    let no_new_code = !unit.commit;
    format!(
        "{MARK}, which may replace it.
# Settings of your own go beside it: systemctl --user edit {name}
[Unit]
Description=goen ({description})
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=main
ExecStart={command}
ExecReload=kill -HUP $MAINPID
KillMode=mixed
Restart=on-failure
RestartSec=30s
{environment}\
Nice=10
IOSchedulingClass=best-effort
IOSchedulingPriority=7
MemoryMax=50%

# A user's manager needs it for all that is about files.
PrivateUsers=yes
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writes}
PrivateTmp={private_tmp}
ProtectControlGroups=yes
ProtectKernelTunables=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
LockPersonality=yes
MemoryDenyWriteExecute={no_new_code}
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=default.target
",
        name = name(&unit.slug),
        // It is no list of words: nothing is quoted. The bracket keeps a `\\` from joining lines.
        description = unit.vault.replace('%', "%%"),
        command = command.join(" "),
        writes = writes.join(" "),
        private_tmp = yes(private_tmp),
        no_new_code = yes(no_new_code),
    )
}

/// Whether a unit of goen's lets the daemon commit.
pub fn commits(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("ExecStart=") && line.ends_with(" watch --commit"))
}

/// A word of a command. Variables are put into all words but the program's path.
fn argument(word: &str, at: usize) -> String {
    match word {
        "--vault" | "watch" | "--commit" => word.to_owned(),
        _ if at == 0 => item(word),
        _ => item(&word.replace('$', "$$")),
    }
}

/// One item of a list: in quotes, with what has a meaning inside of them undone.
fn item(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%"))
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::super::unit::awkward;
    use super::*;

    #[test]
    fn the_whole_unit() {
        let expected = r#"# Written by `goen service install`, which may replace it.
# Settings of your own go beside it: systemctl --user edit goen-x100HOMEn-abc123.service
[Unit]
Description=goen (/home/a/ご縁 "x" 100%% $HOME \n <&'>)
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=main
ExecStart="/opt/my $tools/goen" --vault "/home/a/ご縁 \"x\" 100%% $$HOME \\n <&'>" watch
ExecReload=kill -HUP $MAINPID
KillMode=mixed
Restart=on-failure
RestartSec=30s
Environment="XDG_STATE_HOME=/home/a/.local/state"
Nice=10
IOSchedulingClass=best-effort
IOSchedulingPriority=7
MemoryMax=50%

# A user's manager needs it for all that is about files.
PrivateUsers=yes
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths="-/home/a/ご縁 \"x\" 100%% $HOME \\n <&'>" "-/home/a/.local/state/goen/ご縁x100HOMEn-abc123"
PrivateTmp=yes
ProtectControlGroups=yes
ProtectKernelTunables=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=default.target
"#;
        assert_eq!(render(&awkward(false)), expected);
        assert!(!commits(expected));
    }

    #[test]
    fn with_commits_gits_folder_can_be_written() {
        let text = render(&awkward(true));
        assert!(text.contains(" watch --commit\n"), "{text}");
        assert!(text.contains(" \"-/home/a/my repo/.git\"\n"), "{text}");
        assert!(text.contains("MemoryDenyWriteExecute=no\n"), "{text}");
        assert!(commits(&text));
    }

    #[test]
    fn what_lies_in_the_temporary_folder_is_not_hidden() {
        let private = |change: fn(&mut Unit)| {
            let mut unit = awkward(false);
            change(&mut unit);
            render(&unit).contains("PrivateTmp=yes\n")
        };
        assert!(private(|_| {}));
        assert!(private(|unit| unit.vault = "/home/a/tmp".into()));
        assert!(!private(|unit| unit.vault = "/tmp/notes".into()));
        assert!(!private(|unit| unit.binary = "/var/tmp/goen".into()));
    }

    #[test]
    fn without_a_place_for_local_state_there_is_only_the_vault() {
        let unit = Unit { state_home: None, state: None, vault: "/home/a".into(), ..awkward(false) };
        let text = render(&unit);
        assert!(text.contains("ReadWritePaths=\"-/home/a\"\n") && !text.contains("Environment="), "{text}");
    }
}
