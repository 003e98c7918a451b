"""Every note's front matter with python-frontmatter: whose birthday is known.

    properties.py VAULT
"""
import sys
from pathlib import Path

import frontmatter

read = known = 0
for path in Path(sys.argv[1]).rglob("*.md"):
    try:
        note = frontmatter.load(path)
    except Exception:  # what YAML cannot read is passed over
        continue
    read += 1
    known += "birthday" in note.metadata
print(f"{known} of {read}")
