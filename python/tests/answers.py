"""Answers the questions in a folder of files NN.records (records behind their lengths): NN.answers, for another program to compare.

Every record is also written again, to the same bytes.
"""

import struct
import sys
from pathlib import Path

from engram import Model, Updates, avro, decode_example, wire


def records(data):
    at = 0
    while at < len(data):
        length = struct.unpack_from("<I", data, at)[0]
        yield data[at + 4 : at + 4 + length]
        at += 4 + length


def line(numbers):
    return " ".join(repr(float(number)) for number in numbers)


def answer(file):
    updates, support, questions = Updates("m"), [], []
    for value in records(file.read_bytes()):
        schema = wire.written_by(value)
        again = avro.write(schema.parsed, avro.Reader(value, 10).read(schema.parsed))
        assert value[10:] == again, "%s is not written as it was read" % schema.record
        if schema.record == "LabeledExample":
            example = decode_example(value)
            (support if example["part"] == "SUPPORT" else questions).append(example)
        else:
            found = updates.accept(None, value)
            assert found is None or isinstance(found, Model), found
    mine = updates.model.adapt([each["features"] for each in support], [each["label"] for each in support])
    features = [each["features"] for each in questions]
    classes = updates.model.network.classes
    answers = mine.probabilities(features) if classes else mine.predict(features)
    between = None if classes else mine.interval(features, 0.9)
    lines = [" ".join(mine.classes) if classes else ""] + [line(row) for row in answers]
    if between is not None:
        lines += [line(list(lower) + list(upper)) for lower, upper in zip(*between)]
    file.with_suffix(".answers").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for each in sorted(Path(sys.argv[1]).glob("*.records")):
        answer(each)
