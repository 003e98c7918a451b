// Every note's front matter with gray-matter: whose birthday is known.
//
//     node properties.cjs NODE_MODULES VAULT
const fs = require("node:fs");
const path = require("node:path");
const [, , modules, vault] = process.argv;
const matter = require(path.join(modules, "gray-matter"));

let read = 0;
let known = 0;
for (const name of fs.readdirSync(vault, { recursive: true })) {
  if (!name.endsWith(".md")) continue;
  try {
    const note = matter(fs.readFileSync(path.join(vault, name), "utf8"));
    read += 1;
    known += "birthday" in note.data;
  } catch {
    // What YAML cannot read is passed over.
  }
}
console.log(`${known} of ${read}`);
