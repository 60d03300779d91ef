"""Writes the fingerprint of every schema into a folder, for another program to compare."""

import sys
from pathlib import Path

from engram import wire

if __name__ == "__main__":
    lines = ["%s %016x\n" % (schema.file, schema.fingerprint) for schema in wire.SCHEMAS]
    (Path(sys.argv[1]) / "fingerprints").write_text("".join(lines), encoding="utf-8")
