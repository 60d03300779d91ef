"""Records with the header that stands before them on every topic: C3 01, the writer's fingerprint, the value."""

import struct
from pathlib import Path

from engram import avro
from engram.errors import WireError
from engram.fingerprint import fingerprint

MARKER = b"\xc3\x01"
HEADER_BYTES = 10


class Schema:
    """One version of one record."""

    def __init__(self, path):
        self.file = path.name
        self.record, number = path.stem.rsplit(".", 1)
        self.number = int(number)
        self.text = path.read_text(encoding="utf-8")
        self.parsed = avro.parse(self.text)
        self.fingerprint = fingerprint(self.parsed)


SCHEMAS = [Schema(path) for path in sorted((Path(__file__).parent / "schemas").glob("*.avsc"))]
_BY_FINGERPRINT = {schema.fingerprint: schema for schema in SCHEMAS}


def newest(record):
    """The newest schema of a record, such as 'LabeledExample'."""
    found = [schema for schema in SCHEMAS if schema.record == record]
    if not found:
        raise WireError("no record is called '%s'" % record)
    return max(found, key=lambda schema: schema.number)


def encode(record, value):
    """A value's bytes as they stand on a topic, by the newest schema."""
    schema = newest(record)
    return MARKER + struct.pack("<Q", schema.fingerprint) + avro.write(schema.parsed, value)


def decode(data):
    """(record, value) of a topic's bytes, resolved to the newest schema of that record.

    Raises WireError if they are anything else than one whole value of a known schema.
    """
    schema = written_by(data)
    reader = avro.Reader(data, HEADER_BYTES)
    value = reader.read(schema.parsed)
    if not reader.at_end():
        raise WireError("the bytes hold more than the %s expected" % schema.record)
    return schema.record, avro.resolve(schema.parsed, newest(schema.record).parsed, value)


def written_by(data):
    """The schema that bytes were written by."""
    if data is None or len(data) < HEADER_BYTES or data[:2] != MARKER:
        raise WireError("found no value in Avro single-object encoding, which starts with C3 01")
    found = struct.unpack("<Q", data[2:HEADER_BYTES])[0]
    if found not in _BY_FINGERPRINT:
        raise WireError("schema fingerprint %016x is not known here; update this package" % found)
    return _BY_FINGERPRINT[found]
