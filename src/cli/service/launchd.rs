//! A service as an agent of launchd: a pure text.

use super::unit::Unit;

/// How the line begins by which goen knows its own: the same in every version.
pub const MARK: &str = "<!-- Written by `goen service install`";

/// The name of the agent.
pub fn name(slug: &str) -> String {
    format!("dev.goen.{slug}")
}

/// The agent. It runs from login on, and again only where it has failed.
pub fn render(unit: &Unit) -> String {
    let words: String =
        unit.words().iter().map(|word| format!("\t\t<string>{}</string>\n", escaped(word))).collect();
    let environment = unit.state_home.as_ref().map_or_else(String::new, |home| {
        let home = escaped(home);
        format!(
            "\t<key>EnvironmentVariables</key>
\t<dict>
\t\t<key>XDG_STATE_HOME</key>
\t\t<string>{home}</string>
\t</dict>
"
        )
    });
    // 63 is 077: a file of properties knows no octal numbers.
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">
{MARK}, which may replace it. -->
<plist version=\"1.0\">
<dict>
\t<key>Label</key>
\t<string>{name}</string>
\t<key>ProgramArguments</key>
\t<array>
{words}\t</array>
{environment}\t<key>RunAtLoad</key>
\t<true/>
\t<key>KeepAlive</key>
\t<dict>
\t\t<key>SuccessfulExit</key>
\t\t<false/>
\t</dict>
\t<key>ThrottleInterval</key>
\t<integer>60</integer>
\t<key>ProcessType</key>
\t<string>Background</string>
\t<key>LowPriorityBackgroundIO</key>
\t<true/>
\t<key>Umask</key>
\t<integer>63</integer>
\t<key>StandardErrorPath</key>
\t<string>{log}</string>
</dict>
</plist>
",
        name = escaped(&name(&unit.slug)),
        log = escaped(&unit.log),
    )
}

/// Whether an agent of goen's lets the daemon commit.
pub fn commits(text: &str) -> bool {
    text.lines().any(|line| line == "\t\t<string>--commit</string>")
}

/// Text inside of an element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::unit::awkward;
    use super::*;

    #[test]
    fn the_whole_agent() {
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- Written by `goen service install`, which may replace it. -->
<plist version="1.0">
<dict>
	<key>Label</key>
	<string>dev.goen.x100HOMEn-abc123</string>
	<key>ProgramArguments</key>
	<array>
		<string>/opt/my $tools/goen</string>
		<string>--vault</string>
		<string>/home/a/ご縁 "x" 100% $HOME \n &lt;&amp;'&gt;</string>
		<string>watch</string>
		<string>--commit</string>
	</array>
	<key>EnvironmentVariables</key>
	<dict>
		<key>XDG_STATE_HOME</key>
		<string>/home/a/.local/state</string>
	</dict>
	<key>RunAtLoad</key>
	<true/>
	<key>KeepAlive</key>
	<dict>
		<key>SuccessfulExit</key>
		<false/>
	</dict>
	<key>ThrottleInterval</key>
	<integer>60</integer>
	<key>ProcessType</key>
	<string>Background</string>
	<key>LowPriorityBackgroundIO</key>
	<true/>
	<key>Umask</key>
	<integer>63</integer>
	<key>StandardErrorPath</key>
	<string>/home/a/Library/Logs/goen/x100HOMEn-abc123.log</string>
</dict>
</plist>
"#;
        assert_eq!(render(&awkward(true)), expected);
        assert!(commits(expected));
        assert!(!commits(&render(&awkward(false))));
    }
}
