"""After a new version of a schema: copies the history into the package, and brings the tables and vectors of docs/wire.md up to date.

    cd python && python3 -m tests.refresh
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "schemas/src/test/resources/io/engram/schemas/golden"
HISTORY = ROOT / "schemas/src/main/resources/io/engram/schemas/history"
PAGE = ROOT / "docs/wire.md"
ROW = "| `%s.%d` | `%016x` | `%s` |\n"


def row(schema):
    header = " ".join("%02X" % byte for byte in schema.fingerprint.to_bytes(8, "little"))
    return ROW % (schema.record, schema.number, schema.fingerprint, header)


def block(file):
    return "```hex %s\n%s\n```\n" % (file.stem, file.read_text().rstrip("\n"))


def main():
    for file in HISTORY.glob("*.avsc"):
        shutil.copyfile(file, ROOT / "python/engram/schemas" / file.name)
    from engram import wire  # once the new ones are there

    page = PAGE.read_text(encoding="utf-8")
    rows = "".join(row(schema) for schema in wire.SCHEMAS)
    page = re.sub(r"(?:\| `\w+\.\d+` \| `[0-9a-f]{16}` \| `[0-9A-F ]+` \|\n)+", lambda _: rows, page)
    for file in sorted(GOLDEN.glob("*.hex")):
        known = "```hex %s\n" % file.stem
        if known in page:
            page = re.sub(re.escape(known) + "[^`]*```\n", lambda _: block(file), page)
        else:
            at = page.index("## Networks and their parameters")
            page = page[:at] + "`%s`:\n\n%s\n" % (file.stem, block(file)) + page[at:]
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
