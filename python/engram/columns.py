"""The plan of a table's columns, which travels with every version that learned from one: the same numbers of the same row."""

import json

import numpy as np

from engram import cells, hashing
from engram.dates import Dates

_TEXTS = ("one-hot", "hashed", "sentences")


class Columns:
    """Made of Model.columns.

    names: of the numbers that a row becomes.  features: of the columns.  label: of the column that is predicted.
    """

    def __init__(self, text):
        plan = json.loads(text)
        if plan["format"] != 1:
            raise ValueError("the plan has format %s, this package knows 1; update it" % plan["format"])
        self._rejects = plan["missing"] == "REJECT"
        self._marks = cells.Marks(plan["asked"].get("missing-marks", "auto").split("\n"))
        self._columns = [_Column(each) for each in plan["columns"] if each["meaning"]["as"] != "ignore"]
        self.features = [column.name for column in self._columns]
        self.names = [name for column in self._columns for name in column.names]
        self.label = plan["label"]["column"]
        self._label = plan["label"].get("numeric")

    def encode(self, row):
        """[numbers] of a row, a dict of cells by name; texts as they stand in the table, or numbers, dates, None.

        Raises ValueError if a cell is not what its column was taken for, or missing where it must not be; KeyError without one.
        """
        return np.concatenate([self._cell(column, row[column.name]) for column in self._columns])

    def encode_all(self, rows):
        """[rows, numbers]."""
        return np.array([self.encode(row) for row in rows], np.float32).reshape(-1, len(self.names))

    def target(self, cell):
        """A label as examples have it: a class's name, or a number less the column's offset."""
        if self._label is None:
            return str(cell)
        return float(cells.number(cell, self._label["notation"] == "COMMA", self._label["offset"]))

    @property
    def target_offset(self):
        """What is to be added to a predicted number."""
        return self._label["offset"] if self._label else 0.0

    def _cell(self, column, cell):
        missing = self._marks.missing(cell, column.kind not in _TEXTS)
        if missing and self._rejects:
            raise ValueError("column '%s': the value is missing" % column.name)
        try:
            numbers = column.filled() if missing else column.encode(cell)
        except ValueError as e:
            raise ValueError("column '%s': %s" % (column.name, e)) from e
        mark = [float(missing)] if column.marked else []
        return np.concatenate([np.asarray(numbers, np.float32), np.asarray(mark, np.float32)])


class _Column:
    def __init__(self, plan):
        meaning = plan["meaning"]
        self.name, self.kind, self._meaning = plan["name"], meaning["as"], meaning
        self.marked, self._means = plan["gaps"] == "MARKED", plan["means"]
        self._dates = None
        if self.kind == "date":
            self._dates = Dates(meaning["pattern"], meaning["hours"], meaning["origin"])
        self._suffixes = self._named()
        self.names = [self.name + suffix for suffix in self._suffixes + ([".missing"] if self.marked else [])]

    def _named(self):
        if self.kind in ("number", "yes-no"):
            return [""]
        if self.kind == "date":
            return self._dates.suffixes()
        if self.kind == "one-hot":
            return ["=" + value for value in self._meaning["values"]]
        places = self._meaning.get("places")
        if self.kind == "hashed":
            return ["#%d" % i for i in range(places)]
        if self.kind == "sentences":
            return [".%s#%d" % (half, i) for half in ("word", "chars") for i in range(places // 2)]
        raise ValueError("a column of the kind '%s' is not known here; update this package" % self.kind)

    def filled(self):
        """A missing cell: the means of what was learned from, of texts zeros."""
        return [0.0] * len(self._suffixes) if self.kind in _TEXTS else self._means

    def encode(self, cell):
        if self.kind == "number":
            return [cells.number(cell, self._meaning["notation"] == "COMMA", self._meaning["offset"])]
        if self.kind == "yes-no":
            return [cells.yes_no(cell)]
        if self.kind == "date":
            return self._dates.encode(cell)
        if self.kind == "one-hot":
            return [float(value == str(cell)) for value in self._meaning["values"]]
        as_text = hashing.text if self.kind == "hashed" else hashing.sentence
        return as_text(str(cell), self._meaning["places"])
