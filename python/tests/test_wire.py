"""Bytes of the golden files, schemas and tensors."""

import struct
import unittest
from pathlib import Path

import numpy as np

import engram
from engram import avro, tensors, wire
from engram.fingerprint import crc64, fingerprint

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "schemas/src/test/resources/io/engram/schemas/golden"


def golden(name):
    return bytes.fromhex("".join((GOLDEN / (name + ".hex")).read_text().split()))


class WireTest(unittest.TestCase):
    def test_golden_files_are_read_and_written_again_byte_for_byte(self):
        files = sorted(GOLDEN.glob("*.hex"))
        self.assertGreaterEqual(len(files), 7)
        for file in files:
            data = golden(file.stem)
            schema = wire.written_by(data)
            self.assertEqual(schema.record + "." + str(schema.number), file.stem)
            value = avro.Reader(data, wire.HEADER_BYTES).read(schema.parsed)
            self.assertEqual(data[10:], avro.write(schema.parsed, value), file.stem)
            self.assertEqual(schema.record, wire.decode(data)[0])

    def test_an_older_writers_task_is_resolved_to_the_newest_schema(self):
        _, old = wire.decode(golden("Task.1"))
        _, new = wire.decode(golden("Task.2"))
        self.assertEqual(old, new)
        self.assertEqual(golden("Task.2"), wire.encode("Task", old))

    def test_fields_that_an_older_writer_did_not_know_get_their_defaults(self):
        old = avro.parse('{"type":"record","name":"R","fields":[{"name":"gone","type":"int"},{"name":"a","type":"long"}]}')
        new = avro.parse(
            '{"type":"record","name":"R","fields":[{"name":"a","type":"long"},'
            '{"name":"b","type":["null","string"],"default":null}]}'
        )
        value = avro.Reader(avro.write(old, {"gone": 1, "a": -3})).read(old)
        self.assertEqual({"a": -3, "b": None}, avro.resolve(old, new, value))

    def test_the_fingerprint_of_the_specification(self):
        self.assertEqual(0x63DD24E7CC258F8A, fingerprint(avro.parse('"null"')))
        self.assertEqual(0xC15D213AA4D7A795, crc64(b""))

    def test_damage_is_named(self):
        data = golden("LabeledExample.1")
        for bad in (None, b"", b"{}", data[:-1], data + b"\0", b"\xc3\x01" + bytes(20)):
            with self.assertRaises(engram.WireError):
                wire.decode(bad)
        for at in range(10, len(data)):
            for byte in (0, 0x7F, 0xFF):
                try:
                    wire.decode(data[:at] + bytes([byte]) + data[at + 1 :])
                except engram.WireError:
                    pass

    def test_an_example_comes_back(self):
        key, value = engram.encode_example("user-7", [[1.5, 2.5]], "fine", id="a", task_id="t")
        self.assertEqual(b"user-7", key)
        self.assertEqual("LabeledExample", wire.written_by(value).record)
        example = engram.decode_example(value)
        self.assertEqual([[1.5, 2.5]], example["features"].tolist())
        self.assertEqual(("a", "fine", "t", "AUTO"), tuple(example[it] for it in ("id", "label", "taskId", "part")))
        target = engram.decode_example(engram.encode_example("k", [1], 2.5)[1])["label"]
        self.assertEqual([2.5], target.tolist())

    def test_tensors_of_every_type(self):
        for kind, values in (
            ("FLOAT32", [[1.5, -2.25]]),
            ("FLOAT16", [0.5, 65504]),
            ("UINT8", [0, 1, 51 / 255]),
            ("INT32", [3, -4]),
        ):
            tensor = tensors.encode(values, kind)
            np.testing.assert_allclose(tensors.decode(tensor), values, rtol=1e-6)
        self.assertEqual(struct.pack("<2f", 1.5, -2.25), tensors.encode([1.5, -2.25])["data"])
        self.assertEqual(b"\xff\x80", tensors.encode(np.array([255, 128], np.uint8), "UINT8")["data"])


if __name__ == "__main__":
    unittest.main()
