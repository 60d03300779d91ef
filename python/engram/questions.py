"""Questions, which the role 'predict' answers: an example without a label, its answer, and the label that comes later."""

import uuid

from engram import tensors, wire
from engram.errors import WireError


def encode(task_key, features, id=None, element_type="FLOAT32"):
    """(key, value) of a record for the topic 'examples'."""
    if not task_key:
        raise ValueError("a question needs a task key")
    value = {"id": id or str(uuid.uuid4()), "features": tensors.encode(features, element_type)}
    return task_key.encode("utf-8"), wire.encode("UnlabeledExample", value)


def encode_label(task_key, id, label):
    """(key, value) of a record for the topic 'labels'; once more for the same id corrects it."""
    if not isinstance(label, str):
        label = tensors.encode(label if hasattr(label, "__len__") else [label])
    return task_key.encode("utf-8"), wire.encode("LateLabel", {"exampleId": id, "label": label})


def decode_answer(value):
    """The fields of a record of the topic 'predictions'; what stands in the outcome depends on what was predicted:

    label, classes, probabilities; or values and interval; or the reason why there is no answer.
    """
    record, fields = wire.decode(value)
    if record != "Answer":
        raise WireError("found a %s, expected an Answer" % record)
    outcome = fields["outcome"]
    for name in ("probabilities", "values"):
        if name in outcome:
            outcome[name] = tensors.decode(outcome[name])
    return fields
