"""Labeled examples, as they are sent to the topic 'examples'."""

import uuid

from engram import tensors, wire
from engram.errors import WireError

PARTS = ("AUTO", "SUPPORT", "QUERY")


def encode(task_key, features, label, id=None, task_id=None, part="AUTO", element_type="FLOAT32"):
    """(key, value) of a Kafka record.

    features: numbers in any shape; an image is [channels, height, width].
    label: a class by name, or a number or list of numbers to predict.
    """
    if not task_key:
        raise ValueError("an example needs a task key")
    if part not in PARTS:
        raise ValueError("part must be one of %s" % (PARTS,))
    if not isinstance(label, str):
        label = tensors.encode(label if hasattr(label, "__len__") else [label])
    value = {
        "id": id or str(uuid.uuid4()),
        "features": tensors.encode(features, element_type),
        "label": label,
        "taskId": task_id,
        "part": part,
    }
    return task_key.encode("utf-8"), wire.encode("LabeledExample", value)


def decode(value):
    """The fields of an example's bytes, its features (and targets) as arrays."""
    record, fields = wire.decode(value)
    if record != "LabeledExample":
        raise WireError("found a %s, expected a LabeledExample" % record)
    fields["features"] = tensors.decode(fields["features"])
    if not isinstance(fields["label"], str):
        fields["label"] = tensors.decode(fields["label"])
    return fields
