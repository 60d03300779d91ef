"""Dates and times of day as they stand in tables, and the numbers they become."""

import re
from datetime import date, datetime, time
from math import cos, pi, sin

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "uuuu": r"(?P<year>\d{4})",
    "uu": r"(?P<short>\d{2})",
    "MMM": "(?P<name>%s)" % "|".join(_MONTHS),
    "M": r"(?P<month>\d{1,2})",
    "d": r"(?P<day>\d{1,2})",
}
_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(:(?P<second>\d{2}))?(?P<fraction>\.\d{1,9})?"
    r"( ?(?P<half>am|pm))?( ?(?P<zone>z|[+-]\d{2}(:?\d{2})?))?"
)


def _form(pattern):
    if not pattern:
        return re.compile(_TIME, re.I)
    words = re.split("(uuuu|uu|MMM|M|d)", pattern)
    day = "".join(_PARTS.get(word, re.escape(word)) for word in words)
    return re.compile("%s([ T]?%s)?" % (day, _TIME), re.I)


class Dates:
    """pattern: as Java's DateTimeFormatter has them; '' for times alone. hours: whether times of day are taken.

    origin: the day that elapsed days are counted from, in days since 1970-01-01.
    """

    def __init__(self, pattern, hours, origin):
        self._form, self._dated, self._hours, self._origin = _form(pattern), bool(pattern), hours, origin

    def suffixes(self):
        names = [".days"] if self._dated else []
        circles = (["month", "weekday"] if self._dated else []) + (["hour"] if self._hours else [])
        return names + [".%s.%s" % (circle, way) for circle in circles for way in ("sin", "cos")]

    def encode(self, cell):
        """The numbers of a text, or of a date, time or datetime."""
        day, seconds, offset = self._read(cell)
        numbers = []
        if self._dated:
            numbers.append((day - date(1970, 1, 1)).days + (seconds - offset) / 86400 - self._origin)
            numbers += _circle((day.month - 1) / 12) + _circle(day.weekday() / 7)
        return numbers + (_circle(int(seconds) / 86400) if self._hours else [])

    def _read(self, cell):
        if isinstance(cell, (date, time)):
            at = cell.time() if isinstance(cell, datetime) else cell if isinstance(cell, time) else time()
            seconds = at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6
            zone = cell.utcoffset() if isinstance(cell, datetime) else None
            return cell, seconds, zone.total_seconds() if zone else 0
        found = self._form.fullmatch(str(cell))
        if not found:
            raise ValueError("found '%s', expected a %s" % (cell, "date" if self._dated else "time"))
        parts = found.groupdict()
        return (self._day(parts) if self._dated else None), _seconds(parts), _offset(parts["zone"])

    @staticmethod
    def _day(parts):
        year = int(parts["year"]) if parts.get("year") else 2000 + int(parts["short"])
        name = parts.get("name")
        month = _MONTHS.index(name.lower()) + 1 if name else int(parts["month"])
        return date(year, month, int(parts["day"]))


def _circle(turns):
    return [sin(2 * pi * turns), cos(2 * pi * turns)]


def _seconds(parts):
    if parts["hour"] is None:
        return 0.0
    hour, minute, second = int(parts["hour"]), int(parts["minute"]), int(parts["second"] or 0)
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("there is no hour %d of half a day" % hour)
        hour = hour % 12 + (12 if parts["half"].lower() == "pm" else 0)
    time(hour, minute, second)  # raises ValueError where there is no such time
    return hour * 3600 + minute * 60 + second + float(parts["fraction"] or 0)


def _offset(zone):
    if not zone or zone in "zZ":
        return 0
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return (-1 if zone[0] == "-" else 1) * (int(digits[:2]) * 3600 + int(digits[2:]) * 60)
