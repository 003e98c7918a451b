//! Which folder is the vault, which files are read, and which of them are people.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{Vault, front, run};

const PERSON: &str = "---\ntier: close\n---\n";

/// The code and the paths listed by `list --json`, run inside `folder` with this environment.
fn list_from(vault: &Vault, folder: &str, env: &[(&str, &str)], args: &[&str]) -> (Option<i32>, String) {
    std::fs::create_dir_all(vault.at(folder)).unwrap();
    let mut command = vault.command();
    command.current_dir(vault.at(folder)).envs(env.iter().copied());
    let out = run(command.args(["--today", common::TODAY, "list", "--json"]).args(args));
    (out.code, out.stdout)
}

#[test]
fn the_vault_is_the_nearest_ancestor_with_a_sign_of_one() {
    for sign in ["goen.toml", ".obsidian/app.json"] {
        let vault = Vault::new();
        vault.note("outer/inner/People/a.md", PERSON).note("outer/People/b.md", PERSON);
        vault.note(&format!("outer/inner/{sign}"), "").note("outer/goen.toml", "");
        let (code, said) = list_from(&vault, "outer/inner/People/deep", &[], &[]);
        assert_eq!(code, Some(0), "{sign}: {said}");
        assert!(said.contains("People/a.md") && !said.contains("b.md"), "{sign}: {said}");
    }
}

#[test]
fn the_vault_can_be_named() {
    let vault = Vault::new();
    vault.note("one/People/a.md", PERSON).note("two/People/b.md", PERSON).note("two/goen.toml", "");
    let one = vault.at("one");
    let one = one.to_str().unwrap();
    // The environment comes before the folders above, and an option before both.
    let (code, said) = list_from(&vault, "two", &[("GOEN_VAULT", one)], &[]);
    assert!(code == Some(0) && said.contains("People/a.md"), "{said}");
    for option in ["-C", "--vault"] {
        let (code, said) = list_from(&vault, "two", &[("GOEN_VAULT", "/nowhere")], &[option, one]);
        assert!(code == Some(0) && said.contains("People/a.md"), "{option}: {said}");
    }
}

#[test]
fn without_a_vault_nothing_can_be_done() {
    let vault = Vault::new();
    assert_eq!(list_from(&vault, "plain", &[], &[]).0, Some(2));
    assert_eq!(list_from(&vault, "plain", &[], &["-C", "nowhere"]).0, Some(2));
    assert_eq!(list_from(&vault, "plain", &[("GOEN_VAULT", "/nowhere/at/all")], &[]).0, Some(2));
    let out = run(vault.command().arg("list"));
    assert!(out.stdout.is_empty() && out.stderr.contains("--vault"), "says how to name one: {}", out.stderr);
}

#[test]
fn hidden_ignored_and_generated_files_are_not_read() {
    let vault = Vault::new();
    vault
        .note("goen.toml", "[vault]\nignore = [\"Archive/\", \"*.bak.md\", \"/People/old/**\"]\n[page]\nfile = \"People/agenda.md\"\n")
        .note("People/a.md", PERSON)
        .note("People/.hidden.md", PERSON)
        .note("People/.trash/b.md", PERSON)
        .note(".trash/c.md", "---\ntype: person\n---\n")
        .note(".stversions/d.md", "---\ntype: person\n---\n")
        .note("Archive/e.md", "---\ntype: person\n---\n")
        .note("People/f.bak.md", PERSON)
        .note("People/old/g.md", PERSON)
        .note("People/h.txt", PERSON)
        .note("People/i.markdown", PERSON);
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    assert!(vault.at("People/agenda.md").exists());
    assert_eq!(vault.paths(), ["People/a.md"]);
}

#[test]
fn the_people_folder_is_the_first_that_exists() {
    let check = |folders: &[&str], want: &[&str]| {
        let vault = Vault::new();
        for folder in folders {
            vault.note(&format!("{folder}/x.md"), PERSON);
        }
        assert_eq!(vault.paths(), want, "{folders:?}");
    };
    check(&["People", "Contacts", "Friends", "人", "人物", "連絡先"], &["People/x.md"]);
    check(&["Contacts", "Friends", "人"], &["Contacts/x.md"]);
    check(&["friends", "人"], &["friends/x.md"]);
    check(&["人", "人物", "連絡先"], &["人/x.md"]);
    check(&["人物", "連絡先"], &["人物/x.md"]);
    check(&["連絡先", "Notes"], &["連絡先/x.md"]);
    check(&["PEOPLE", "contacts"], &["PEOPLE/x.md"]);
    check(&["People/work/2026", "Notes"], &["People/work/2026/x.md"]);

    let vault = Vault::new();
    vault.note("goen.toml", "[people]\nfolders = [\"仲間\", \"Clients\"]\n");
    vault.note("仲間/a.md", PERSON).note("Clients/b.md", PERSON).note("People/c.md", PERSON);
    assert_eq!(vault.paths(), ["Clients/b.md", "仲間/a.md"]);
}

#[test]
fn some_notes_among_people_are_not_people() {
    let check = |path: &str, text: &str, person: bool| {
        let vault = Vault::new();
        vault.note("People/ok.md", PERSON).note(path, text);
        assert_eq!(vault.paths().contains(&path.to_owned()), person, "{path}: {text}");
        let told = vault.codes(path).iter().any(|c| c.starts_with("not-a-person"));
        assert_eq!(told, !person, "check says why: {path}: {:?}", vault.codes(path));
    };
    check("People/Templates/new.md", PERSON, false);
    check("People/new.md", "---\nname: {{title}}\n---\n", false);
    check("People/new.md", "---\nname: \"{{title}}\"\ntier: close\n---\n", false);
    check("People/new.md", "---\nname: <% tp.file.title %>\n---\n", false);
    check("People/README.md", PERSON, false);
    check("People/index.md", PERSON, false);
    check("People/People.md", PERSON, false);
    check("People/work/work.md", PERSON, false);
    check("People/MOC.md", PERSON, false);
    check("People/People MOC.md", PERSON, false);
    check("People/Untitled.md", PERSON, false);
    check("People/map.excalidraw.md", PERSON, false);
    // … and some only look like it.
    check("People/Mochizuki.md", PERSON, true);
    check("People/MOCHI.md", PERSON, true);
    check("People/Indexa Ruiz.md", PERSON, true);
    check("People/mentions a template.md", "---\ntier: close\n---\nUse {{title}} and <% tp %>.\n", true);
    check("People/no front matter.md", "", true);
}

#[test]
fn templates_are_no_persons_anywhere() {
    let vault = Vault::new();
    vault.note("Templates/人.md", "---\ntype: person\ntier: close\n---\n");
    vault.note("Notes/t.md", "---\ntype: person\nname: {{title}}\n---\n");
    vault.note("People/ok.md", PERSON);
    assert_eq!(vault.paths(), ["People/ok.md"]);
}

#[test]
fn a_kind_is_said_by_type_tag_or_category() {
    let check = |text: &str, person: bool| {
        let vault = Vault::new();
        vault.note("Notes/x.md", text);
        assert_eq!(!vault.people().is_empty(), person, "{text}");
    };
    for kind in ["person", "people", "contact", "人", "人物", "Person"] {
        check(&front(&format!("type: {kind}")), true);
    }
    for kind in [
        "event",
        "org",
        "trip",
        "clip",
        "me",
        "イベント",
        "会社",
        "組織",
        "旅行",
        "出張",
        "帰省",
        "クリップ",
        "自分",
    ] {
        check(&front(&format!("type: {kind}\ntags: [person]")), false);
    }
    check(&front("tags: [person]"), true);
    check(&front("tags: people"), true);
    check(&front("tags:\n  - contact"), true);
    check(&front("tags: [\"#person\"]"), true);
    check(&front("tags: [person/work]"), true);
    check(&front("tags: [personal]"), false);
    check(&front("categories: [\"[[People]]\"]"), true);
    check(&front("categories: \"[[People]]\""), true);
    check("#person\n\n同僚。\n", true);
    check("同僚。 #person/work\n", true);
    check("`#person`\n", false);
    check("```\n#person\n```\n", false);
    check(&(front("type: clip") + "#person\n"), false);
    check("# person\n", false);
}

#[test]
fn a_tag_in_the_body_of_a_dated_note_names_nobody() {
    let vault = Vault::new();
    vault.note("2026-09-14.md", "今日は #person のノートを整理した。\n");
    assert_eq!(vault.paths(), [""; 0]);
}

#[test]
fn the_users_own_tags_types_and_keys() {
    let vault = Vault::new();
    vault.note("goen.toml", "[people]\ntags = [\"仲間\"]\ntypes = [\"ally\"]\n[fields]\nlast_contact = [\"seen\"]\ntier = [\"輪\"]\n");
    vault.note("a.md", "---\ntags: [仲間]\nseen: 2026-09-14\n輪: close\n---\n");
    vault.note("b.md", "---\ntype: ally\n---\n");
    assert_eq!(vault.paths(), ["a.md", "b.md"]);
    let a = vault.person("a.md");
    assert_eq!((&a["last_contact"], &a["tier"]), (&"2026-09-14".into(), &"close".into()));
}

#[cfg(unix)]
#[test]
fn fault_12_links_are_not_followed_out_of_the_vault() {
    use std::os::unix::fs::symlink;
    let outside = Vault::new();
    outside.note("secret.md", PERSON).note("dir/deep.md", PERSON);
    let vault = Vault::new();
    vault.note("People/ok.md", PERSON).note("Archive/real.md", "---\ntier: senior\n---\n");
    symlink(outside.at("secret.md"), vault.at("People/out.md")).unwrap();
    symlink(outside.at("dir"), vault.at("People/outdir")).unwrap();
    symlink(vault.at("Archive/real.md"), vault.at("People/in.md")).unwrap();
    symlink("nowhere.md", vault.at("People/dangling.md")).unwrap();
    symlink("loop.md", vault.at("People/loop.md")).unwrap();
    symlink("..", vault.at("People/up")).unwrap();
    assert_eq!(vault.paths(), ["People/in.md", "People/ok.md"]);
    symlink(outside.at("dir"), vault.at("人")).unwrap();
    symlink(outside.at("dir"), vault.at("assets")).unwrap();
    symlink(outside.at("dir"), vault.at(".hidden")).unwrap();
    symlink(outside.at("secret.md"), vault.at("People/out.png")).unwrap();
    let reported = || -> Vec<String> {
        let problems = vault.problems();
        let out = problems.iter().filter(|problem| problem["code"] == "unreadable");
        out.map(|problem| problem["path"].as_str().unwrap().to_owned()).collect()
    };
    vault.note("goen.toml", "[vault]\nignore = [\"assets/\"]\n");
    assert_eq!(
        reported(),
        ["People/dangling.md", "People/loop.md", "People/out.md", "People/outdir", "人"],
        "a link out of the vault is reported, also one to a folder"
    );

    vault.note("goen.toml", "[vault]\nfollow_symlinks = true\nignore = [\"assets/\"]\n");
    let out = reported();
    assert!(
        ["People/out.md", "People/outdir", "人"].iter().all(|path| out.contains(&(*path).to_owned())),
        "{out:?}"
    );
    assert!(!out.iter().any(|path| path.contains("assets") || path.contains(".hidden")), "{out:?}");
    let paths = vault.paths();
    assert!(paths.contains(&"People/ok.md".into()) && !paths.iter().any(|p| p.contains("out")), "{paths:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_with_several_names_is_read_once() {
    use std::os::unix::fs::symlink;
    let vault = Vault::new();
    vault.note("goen.toml", "[vault]\nfollow_symlinks = true\nignore = [\"Archive/\"]\n");
    // The real one is read where it lies, whichever name comes first.
    vault.note("People/real/a.md", PERSON).note("People/zreal/b.md", PERSON);
    symlink("real", vault.at("People/link")).unwrap();
    symlink("real", vault.at("People/ylink")).unwrap();
    symlink("zreal", vault.at("People/alink")).unwrap();
    // Of what is not read where it lies the first name is taken, for what lies in it as well.
    vault.note(".store/c.md", PERSON).note(".store/sub/d.md", PERSON).note("Archive/e.md", PERSON);
    symlink("../.store", vault.at("People/p")).unwrap();
    symlink("../.store", vault.at("People/q")).unwrap();
    symlink("../.store/sub", vault.at("People/o")).unwrap();
    symlink("../Archive", vault.at("People/r")).unwrap();
    assert_eq!(
        vault.paths(),
        ["People/o/d.md", "People/p/c.md", "People/r/e.md", "People/real/a.md", "People/zreal/b.md"]
    );
    assert_eq!(vault.problems().len(), 0);
}

#[test]
fn two_people_with_one_name_are_two_people() {
    let vault = Vault::new();
    vault.note("People/田中.md", PERSON).note("People/営業/田中.md", PERSON);
    vault
        .note("2026-09-14.md", "朝。\n[[田中]]と話した。\n")
        .note("2026-09-15.md", "[[People/営業/田中]]と話した。\n");
    assert_eq!(vault.paths().len(), 2);
    // The shortest path is what Obsidian takes.
    assert_eq!(vault.person("People/田中.md")["last_contact"], "2026-09-14");
    assert_eq!(vault.person("People/営業/田中.md")["last_contact"], "2026-09-15");
    assert_eq!(vault.codes("2026-09-14.md"), ["ambiguous-link:2"]);
    assert_eq!(vault.codes("2026-09-15.md"), [""; 0]);
}
