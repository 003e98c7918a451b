"""A vault with obsidiantools: front matter, links and backlinks of every note.

    graph.py VAULT
"""
import logging
import sys
import warnings
from pathlib import Path

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
from obsidiantools.api import Vault  # noqa: E402

vault = Vault(Path(sys.argv[1])).connect()
known = sum("birthday" in (front or {}) for front in vault.front_matter_index.values())
print(f"{known} of {len(vault.front_matter_index)}, {vault.graph.number_of_edges()} links")
