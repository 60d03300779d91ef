"""As much of Avro as Engram's records need: schemas, binary values, and resolution of one schema's values to another."""

import json
import struct

from engram.errors import WireError

PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "string", "bytes")


class Record(dict):
    """A record's fields by name; it knows its full name, which tells branches of a union apart."""

    def __init__(self, name, fields):
        super().__init__(fields)
        self.name = name


def parse(text):
    """A schema's JSON as nested dicts with full names, every reference replaced by what it names."""
    return _parse(json.loads(text), "", {})


def _full(name, namespace):
    return name if "." in name or not namespace else namespace + "." + name


def _parse(json_schema, namespace, named):
    if isinstance(json_schema, list):
        return {"type": "union", "branches": [_parse(each, namespace, named) for each in json_schema]}
    if isinstance(json_schema, str):
        if json_schema in PRIMITIVES:
            return {"type": json_schema}
        full = _full(json_schema, namespace)
        if full not in named:
            raise WireError("the schema names '%s', which it does not define" % full)
        return named[full]
    kind = json_schema["type"]
    if kind == "array":
        return {"type": kind, "items": _parse(json_schema["items"], namespace, named)}
    if kind == "map":
        return {"type": kind, "values": _parse(json_schema["values"], namespace, named)}
    if kind == "enum":
        full = _full(json_schema["name"], json_schema.get("namespace", namespace))
        named[full] = {
            "type": kind,
            "name": full,
            "symbols": json_schema["symbols"],
            "default": json_schema.get("default"),
        }
        return named[full]
    if kind == "record":
        full = _full(json_schema["name"], json_schema.get("namespace", namespace))
        record = {"type": kind, "name": full}
        named[full] = record
        inner = full.rpartition(".")[0]
        record["fields"] = [_field(each, inner, named) for each in json_schema["fields"]]
        return record
    return _parse(kind, namespace, named)


def _field(json_field, namespace, named):
    field = {"name": json_field["name"], "type": _parse(json_field["type"], namespace, named)}
    if "default" in json_field:
        field["default"] = json_field["default"]
    return field


def write(schema, value):
    """The value's bytes."""
    out = bytearray()
    _write(schema, value, out)
    return bytes(out)


def _write_long(value, out):
    rest = (value << 1) ^ (value >> 63)
    while rest > 0x7F:
        out.append((rest & 0x7F) | 0x80)
        rest >>= 7
    out.append(rest)


def _write(schema, value, out):
    kind = schema["type"]
    if kind == "null":
        return
    if kind == "boolean":
        out.append(1 if value else 0)
    elif kind in ("int", "long"):
        _write_long(int(value), out)
    elif kind == "float":
        out += struct.pack("<f", value)
    elif kind == "double":
        out += struct.pack("<d", value)
    elif kind in ("string", "bytes"):
        data = value.encode("utf-8") if kind == "string" else bytes(value)
        _write_long(len(data), out)
        out += data
    elif kind == "enum":
        _write_long(schema["symbols"].index(value), out)
    elif kind == "array":
        if value:
            _write_long(len(value), out)
            for each in value:
                _write(schema["items"], each, out)
        out.append(0)
    elif kind == "map":
        if value:
            _write_long(len(value), out)
            for key, each in value.items():
                _write({"type": "string"}, key, out)
                _write(schema["values"], each, out)
        out.append(0)
    elif kind == "union":
        branch = _branch(schema["branches"], value)
        _write_long(branch, out)
        _write(schema["branches"][branch], value, out)
    else:
        for field in schema["fields"]:
            if field["name"] not in value and "default" not in field:
                raise WireError("a %s needs a field '%s'" % (schema["name"], field["name"]))
            _write(field["type"], value.get(field["name"], field.get("default")), out)


def _branch(branches, value):
    for i, branch in enumerate(branches):
        if _fits(branch, value):
            return i
    raise WireError("no branch of the union takes a %s" % type(value).__name__)


def _fits(branch, value):
    kind = branch["type"]
    if kind == "record":
        known = getattr(value, "name", branch["name"])
        return isinstance(value, dict) and known == branch["name"]
    if kind == "null":
        return value is None
    if kind in ("string", "enum"):
        return isinstance(value, str)
    if kind == "bytes":
        return isinstance(value, (bytes, bytearray))
    if kind in ("int", "long"):
        return isinstance(value, int) and not isinstance(value, bool)
    if kind in ("float", "double"):
        return isinstance(value, float)
    if kind == "boolean":
        return isinstance(value, bool)
    return isinstance(value, list if kind == "array" else dict)


class Reader:
    """Reads values from bytes. No length found in them is trusted further than they reach."""

    def __init__(self, data, at=0):
        self._data = data
        self._at = at

    def at_end(self):
        return self._at == len(self._data)

    def _take(self, count):
        if count < 0 or count > len(self._data) - self._at:
            raise WireError("the bytes are damaged or cut off")
        taken = self._data[self._at : self._at + count]
        self._at += count
        return bytes(taken)

    def _long(self):
        value = 0
        for shift in range(0, 70, 7):
            byte = self._take(1)[0]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return (value >> 1) ^ -(value & 1)
        raise WireError("the bytes are damaged: a number is too long")

    def _blocks(self):
        """How many items come, block after block."""
        while True:
            count = self._long()
            if count == 0:
                return
            if count < 0:
                count = -count
                self._long()
            if count > len(self._data) - self._at:
                raise WireError("the bytes are damaged or cut off")
            for _ in range(count):
                yield

    def read(self, schema):
        kind = schema["type"]
        if kind == "record":
            fields = {field["name"]: self.read(field["type"]) for field in schema["fields"]}
            return Record(schema["name"], fields)
        if kind == "union":
            return self.read(self._choice(schema["branches"]))
        if kind == "enum":
            return self._choice(schema["symbols"])
        if kind == "array":
            return [self.read(schema["items"]) for _ in self._blocks()]
        if kind == "map":
            entries = ((self._text(), self.read(schema["values"])) for _ in self._blocks())
            return dict(entries)
        if kind == "string":
            return self._text()
        if kind == "bytes":
            return self._take(self._long())
        if kind in ("int", "long"):
            return self._long()
        if kind == "double":
            return struct.unpack("<d", self._take(8))[0]
        if kind == "float":
            return struct.unpack("<f", self._take(4))[0]
        if kind == "boolean":
            return self._take(1) != b"\0"
        return None

    def _choice(self, choices):
        index = self._long()
        if not 0 <= index < len(choices):
            raise WireError("the bytes are damaged: choice %d of %d" % (index, len(choices)))
        return choices[index]

    def _text(self):
        try:
            return self._take(self._long()).decode("utf-8")
        except UnicodeDecodeError as e:
            raise WireError("the bytes are damaged: a text is not UTF-8") from e


def resolve(writer, reader, value):
    """A value of the writer's schema as the reader's has it: new fields by their defaults, others left out."""
    if writer is reader:
        return value
    if reader["type"] == "union":
        branch = reader["branches"][_branch(reader["branches"], value)]
        return resolve(_written(writer, value), branch, value)
    if writer["type"] == "union":
        return resolve(_written(writer, value), reader, value)
    if reader["type"] == "array":
        return [resolve(writer["items"], reader["items"], each) for each in value]
    if reader["type"] == "map":
        return {key: resolve(writer["values"], reader["values"], each) for key, each in value.items()}
    if reader["type"] == "enum" and value not in reader["symbols"]:
        if reader.get("default") is None:
            raise WireError("'%s' is none of %s" % (value, reader["symbols"]))
        return reader["default"]
    if reader["type"] == "record":
        return Record(reader["name"], _fields(writer, reader, value))
    return value


def _written(writer, value):
    if writer["type"] != "union":
        return writer
    return writer["branches"][_branch(writer["branches"], value)]


def _fields(writer, reader, value):
    types = {field["name"]: field["type"] for field in writer["fields"]}
    fields = {}
    for field in reader["fields"]:
        name = field["name"]
        if name in types:
            fields[name] = resolve(types[name], field["type"], value[name])
        elif "default" in field:
            fields[name] = field["default"]
        else:
            raise WireError("a %s of an older writer has no '%s'" % (reader["name"], name))
    return fields
