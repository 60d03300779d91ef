"""The fingerprint of a schema: CRC-64-AVRO of its parsing canonical form."""

import json

_EMPTY = 0xC15D213AA4D7A795


def _table():
    table = []
    for i in range(256):
        value = i
        for _ in range(8):
            value = (value >> 1) ^ (_EMPTY if value & 1 else 0)
        table.append(value)
    return table


_TABLE = _table()


def crc64(data):
    """Of bytes, as an unsigned number."""
    value = _EMPTY
    for byte in data:
        value = (value >> 8) ^ _TABLE[(value ^ byte) & 0xFF]
    return value


def canonical(schema):
    """The parsing canonical form of a parsed schema (see avro.parse): a named type in full where it comes first."""
    return _form(schema, set())


def fingerprint(schema):
    """Of a parsed schema, as an unsigned number of 64 bits."""
    return crc64(canonical(schema).encode("utf-8"))


def _quoted(text):
    return json.dumps(text, ensure_ascii=False)


def _form(schema, seen):
    kind = schema["type"]
    if kind == "union":
        return "[" + ",".join(_form(each, seen) for each in schema["branches"]) + "]"
    if kind == "array":
        return '{"type":"array","items":' + _form(schema["items"], seen) + "}"
    if kind == "map":
        return '{"type":"map","values":' + _form(schema["values"], seen) + "}"
    if "name" not in schema:
        return _quoted(kind)
    name = schema["name"]
    if name in seen:
        return _quoted(name)
    seen.add(name)
    head = '{"name":' + _quoted(name) + ',"type":' + _quoted(kind)
    if kind == "enum":
        return head + ',"symbols":[' + ",".join(map(_quoted, schema["symbols"])) + "]}"
    fields = (
        '{"name":' + _quoted(field["name"]) + ',"type":' + _form(field["type"], seen) + "}"
        for field in schema["fields"]
    )
    return head + ',"fields":[' + ",".join(fields) + "]}"
