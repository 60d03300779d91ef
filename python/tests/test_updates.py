"""Versions put together from records, and what is refused."""

import unittest

from engram import Model, Refused, Updates
from tests.versions import manifest_of, records

NETWORK = "input(20) dense(30) relu dense(2) softmax"


class UpdatesTest(unittest.TestCase):
    def test_chunks_and_a_manifest_make_a_version(self):
        updates = Updates("m")
        values = records(*manifest_of(NETWORK))
        self.assertGreater(len(values), 3)
        for value in [values[1]] + values[:-1]:
            self.assertIsNone(updates.accept(b"m/0", value))
        found = updates.accept(b"m", values[-1])
        self.assertIsInstance(found, Model)
        self.assertIs(found, updates.model)
        self.assertEqual(1, found.version)

    def test_what_is_broken_is_refused_and_the_version_before_stays(self):
        updates = Updates("m")
        for value in records(*manifest_of(NETWORK)):
            held = updates.accept(None, value)
        fields, data = manifest_of(NETWORK, version=2)
        values = records(fields, data)
        corrupt = records(dict(fields, candidateId="x"), data[:-1] + b"\x7f")
        for broken in (values[1:], corrupt, [b"noise"], values[-1:]):
            found = [updates.accept(None, value) for value in broken][-1]
            self.assertIsInstance(found, Refused)
            self.assertIs(held, updates.model)
        self.assertIsNone(updates.accept(b"m/0", None))
        self.assertIsNone(Updates("other").accept(None, values[0]))

    def test_nobody_fills_the_memory(self):
        updates = Updates("m")
        fields, data = manifest_of(NETWORK)
        for i in range(100):
            updates.accept(None, records(dict(fields, candidateId="c%d" % i), data)[0])
        self.assertEqual(64, len(updates._open))
        large = records(dict(fields, candidateId="large"), bytes((1 << 20) + 1), 1 << 21)
        self.assertIsInstance(updates.accept(None, large[0]), Refused)
        self.assertIsInstance(updates.accept(None, large[1]), Refused)


if __name__ == "__main__":
    unittest.main()
