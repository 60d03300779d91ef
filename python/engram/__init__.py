"""Engram from Python: send labeled examples, follow published versions, adapt them, predict.

Needs the standard library and numpy. docs/python.md shows how, docs/wire.md is what it is made by.
"""

from engram.errors import EngramError, UnreadableVersion, WireError
from engram.examples import decode as decode_example
from engram.examples import encode as encode_example
from engram.kafka import Refused, Updates
from engram.model import Model
from engram.questions import decode_answer, encode_label
from engram.questions import encode as encode_question
from engram.rest import Registry

__all__ = [
    "EngramError",
    "Model",
    "Refused",
    "Registry",
    "UnreadableVersion",
    "Updates",
    "WireError",
    "decode_answer",
    "decode_example",
    "encode_example",
    "encode_label",
    "encode_question",
]
