"""Cells of a table: numbers in people's notations, yes and no, and what stands for nothing."""

import re
import unicodedata

import numpy as np

_NOTHING = (
    "n/a nan -nan nat null (null) [null] \\n #n/a #na <na> 1.#ind -1.#ind 1.#qnan -1.#qnan".split() + ["#n/a n/a"]
)
_NO_QUANTITY = "none - -- . nil n.a. unknown missing #value! #div/0! #ref! #num!".split()
_YES, _NO = ("true", "yes", "y", "t", "on", "1"), ("false", "no", "n", "f", "off", "0")
_SPACES = " \u00a0\u202f\u2009'\u2019"


def _form(point, group):
    between = "[%s]" % re.escape(group + _SPACES)
    whole = r"(?P<whole>\d{1,3}(?P<group>%s)\d{3}(?:(?P=group)\d{3})*|\d*)" % between
    rest = r"(?:%s(?P<fraction>\d*))?(?:[eE](?P<exponent>[-+\u2212]?\d+))?" % re.escape(point)
    return re.compile(whole + rest, re.A), re.compile(between)


_POINT, _COMMA = _form(".", ","), _form(",", ".")


def plain(cell, comma=False):
    """A number as Python reads it, or None: 1,234.5 or 1.234,5; (1.50) and 1.50- are below zero; a currency is passed over."""
    text, sign = cell, ""
    if len(text) > 1 and text[0] == "(" and text[-1] == ")":
        text, sign = text[1:-1], "-"
    elif len(text) > 1 and text[-1] == "-" and text[-2] in "0123456789" and text[0] != "-":
        text, sign = text[:-1], "-"
    elif text[:1] in ("-", "\u2212", "+"):
        sign, text = ("" if text[0] == "+" else "-"), text[1:]
    text = _unit(_unit(text)[::-1])[::-1]
    form, between = _COMMA if comma else _POINT
    found = form.fullmatch(text)
    if not found:
        return None
    digits, fraction = between.sub("", found["whole"]), found["fraction"] or ""
    if not digits and not fraction:
        return None
    exponent = (found["exponent"] or "0").replace("\u2212", "-")
    return "%s%s.%se%s" % (sign, digits or "0", fraction or "0", exponent)


def _unit(text):
    """Without a currency or percent sign in front, and the space around it."""
    bare = text.lstrip(" \u00a0\u202f\u2009")
    if bare and (bare[0] == "%" or unicodedata.category(bare[0]) == "Sc"):
        return bare[1:].lstrip(" \u00a0\u202f\u2009")
    return text


def number(cell, comma, offset):
    """Less the offset, in single precision; numbers are taken as they are."""
    text = repr(float(cell)) if isinstance(cell, (int, float, np.number)) else plain(str(cell), comma)
    if text is None:
        raise ValueError("found '%s', expected a number" % cell)
    with np.errstate(over="ignore"):
        value = np.float32(float(text) - offset) if offset else np.float32(text)
    if not np.isfinite(value):
        raise ValueError("found %s, expected a finite number" % cell)
    return value


def yes_no(cell):
    word = str(cell).lower()
    if word not in _YES + _NO:
        raise ValueError("found '%s', expected yes or no" % cell)
    return 1.0 if word in _YES else 0.0


class Marks:
    """What stands for a value that is not there, beside None, NaN and an empty text. words: 'auto', 'none' and others."""

    def __init__(self, words):
        self._usual = "auto" in words
        self._more = [word for word in words if word not in ("auto", "none")]
        self._numbers = {value for word in self._more for value in _values(word)}

    def missing(self, cell, quantity):
        if cell is None or isinstance(cell, float) and cell != cell:
            return True
        text = str(cell)
        low = text.lower() if len(text) <= 8 else ""
        usual = text in ("?", "NA") or low in _NOTHING and low or quantity and low in _NO_QUANTITY
        return not text or bool(self._usual and usual) or text in self._more or bool(self._numbers & _values(text))


def _values(text):
    found = (plain(text, comma) for comma in (False, True)) if 0 < len(text) <= 30 else ()
    return {float(each) for each in found if each is not None}
