//! Vaults to measure with, made once and kept in the target folder; and what is measured of processes.
#![allow(dead_code, reason = "each benchmark uses its part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const GENERATOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/bench/genvault.py");

/// The sizes that were asked for in `GOEN_BENCH_NOTES`, in notes.
pub fn sizes() -> Vec<usize> {
    let sizes = std::env::var("GOEN_BENCH_NOTES").unwrap_or_else(|_| "1000,10000,100000".into());
    sizes.split(',').filter_map(|n| n.trim().parse().ok()).collect()
}

/// Where things are built.
pub fn target() -> String {
    std::env::var("CARGO_TARGET_DIR")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/target").into())
}

/// A vault of so many notes, made once.
pub fn vault(notes: usize) -> PathBuf {
    let root = PathBuf::from(target()).join("bench-vaults").join(notes.to_string());
    if root.join(".made").exists() {
        return root;
    }
    let _ = fs::remove_dir_all(&root);
    let made = Path::new(GENERATOR).exists()
        && Command::new("python3")
            .args([GENERATOR, &root.to_string_lossy(), &notes.to_string()])
            .stdout(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
    if !made {
        make(&root, notes).expect("the target folder takes files");
    }
    fs::write(root.join(".made"), "").expect("the target folder takes files");
    root
}

/// Our own small generator: nine people to one daily note, with logs, links and tasks.
fn make(root: &Path, notes: usize) -> std::io::Result<()> {
    fs::create_dir_all(root.join("daily"))?;
    for n in 0..notes {
        let (month, day) = (n % 12 + 1, n % 28 + 1);
        if n % 10 == 9 {
            let text =
                format!("# day\n\n[[Person {}]] と話した。\n\n- [ ] [[Person {}]] に返す\n", n / 2, n / 3);
            fs::write(root.join(format!("daily/{:04}-{month:02}-{day:02} {n}.md", 2020 + n % 6)), text)?;
            continue;
        }
        let folder = root.join(format!("people/{}", n % 100));
        fs::create_dir_all(&folder)?;
        let tier = ["close", "senior", "colleague", "project", "client"][n % 5];
        let log: String = (0..n % 12)
            .map(|k| {
                format!(
                    "- 20{:02}-{:02}-{day:02} (line) 近況を聞いた [[Person {}]]\n",
                    18 + k % 8,
                    k + 1,
                    n + k
                )
            })
            .collect();
        let text = format!(
            "---\ntier: {tier}\nlast_contact: 2025-{month:02}-{day:02}\nbirthday: 1985-{month:02}-{day:02}\n\
             interests: [Rust, 登山]\norg:\n  - name: Acme {}\n    from: 2019-04\n---\n# Person {n}\n\n\
             先週のカンファレンスで久しぶりに会った。\n\n## Log\n\n{log}",
            n % 50
        );
        fs::write(folder.join(format!("Person {n}.md")), text)?;
    }
    Ok(())
}

/// The most memory that one process held, in kilobytes, as the system says shortly before it ends.
pub fn peak_memory(command: &mut Command) -> Option<u64> {
    let mut child = command.spawn().ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while let Ok(None) = child.try_wait() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(now);
        std::thread::sleep(Duration::from_micros(500));
    }
    peak
}

/// The median that criterion found, in nanoseconds.
pub fn median(group: &str, what: &str) -> Option<f64> {
    let path = format!("{}/criterion/{group}/{what}/new/estimates.json", target());
    let text = fs::read_to_string(path).ok()?;
    let estimates: serde_json::Value = serde_json::from_str(&text).ok()?;
    estimates["median"]["point_estimate"].as_f64()
}
