"""Engram from Python: send labeled examples, follow published versions, adapt them, predict.

Needs the standard library and numpy. docs/python.md shows how, docs/wire.md is what it is made by.
"""

from engram.errors import EngramError, UnreadableVersion, WireError
from engram.examples import decode as decode_example
from engram.examples import encode as encode_example
from engram.kafka import Refused, Updates
from engram.model import Model
from engram.rest import Registry

__all__ = [
    "EngramError",
    "Model",
    "Refused",
    "Registry",
    "UnreadableVersion",
    "Updates",
    "WireError",
    "decode_example",
    "encode_example",
]
