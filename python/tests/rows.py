"""Encodes the rows of a folder's rows.json by its plan.json: rows.answers, for another program to compare."""

import json
import sys
from pathlib import Path

from engram.columns import Columns

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    columns = Columns((folder / "plan.json").read_text(encoding="utf-8"))
    lines = ["\t".join(columns.names)]
    for row in json.loads((folder / "rows.json").read_text(encoding="utf-8")):
        try:
            lines.append(" ".join(repr(float(number)) for number in columns.encode(row)))
        except ValueError:
            lines.append("refused")
    (folder / "rows.answers").write_text("\n".join(lines) + "\n", encoding="utf-8")
