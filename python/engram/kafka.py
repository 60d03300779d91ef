"""Versions from the records of 'model-updates', whatever client of Kafka brings them.

    updates = Updates("default")
    for record in consumer:                       # confluent-kafka or kafka-python, from the beginning of every partition
        model = updates.accept(record.key, record.value)
        if isinstance(model, Model): ...

Read with isolation.level=read_committed. The topic always holds the newest version, so begin at its beginning.
Signatures (the headers engram.signature …) are NOT verified here: who must not trust the topic reads it in Java.
"""

import hashlib
from collections import OrderedDict

from engram import wire
from engram.errors import EngramError
from engram.model import Model

CHUNK_BYTES = 1 << 20
CHUNKS = 128
VERSIONS = 64
TOTAL_BYTES = 128 << 20
LONGEST_NAME = 300


class Refused:
    """A record that made no version, and why. The version held before stays."""

    def __init__(self, candidate_id, reason):
        self.candidate_id, self.reason = candidate_id, reason

    def __repr__(self):
        return "refused '%s': %s" % (self.candidate_id, self.reason)


class Updates:
    """Puts versions of one model together again. For one thread.

    model: the newest whole version, or None.
    """

    def __init__(self, model_name):
        self.model = None
        self._name = model_name
        self._open = OrderedDict()
        self._beyond = OrderedDict()

    def accept(self, key, value):
        """Takes the next record of the log: a Model where a version became whole, Refused where something is broken, else None.

        While the topic is read from its beginning, Refused may only be what a compaction has left over.
        """
        if value is None:
            return None
        try:
            record, fields = wire.decode(value)
        except EngramError as e:
            return Refused("", str(e))
        if record not in ("ModelChunk", "ModelManifest"):
            return Refused("", "found a %s, expected a ModelManifest or ModelChunk" % record)
        if fields["modelName"] != self._name:
            return None
        if len(fields["candidateId"]) > LONGEST_NAME:
            return Refused(fields["candidateId"][:LONGEST_NAME], "its name is too long")
        return self._chunk(fields) if record == "ModelChunk" else self._manifest(fields)

    def _chunk(self, chunk):
        candidate = chunk["candidateId"]
        if candidate in self._beyond:
            return None
        if not 0 <= chunk["index"] < chunk["count"]:
            return Refused(candidate, "chunk %d of %d" % (chunk["index"], chunk["count"]))
        if len(chunk["data"]) > CHUNK_BYTES or chunk["count"] > CHUNKS or len(chunk["sha256"]) != 64:
            return self._drop(candidate, "a chunk is beyond the limits")
        pieces = self._open.setdefault(candidate, _Pieces(chunk))
        self._open.move_to_end(candidate)
        if not pieces.fits(chunk):
            del self._open[candidate]
            return Refused(candidate, "its chunks contradict each other")
        pieces.data[chunk["index"]] = chunk["data"]
        if pieces.size() > TOTAL_BYTES:
            return self._drop(candidate, "its chunks hold more than %d bytes" % TOTAL_BYTES)
        while len(self._open) > VERSIONS or sum(each.size() for each in self._open.values()) > TOTAL_BYTES:
            self._open.popitem(last=False)
        return None

    def _drop(self, candidate, reason):
        self._open.pop(candidate, None)
        self._beyond[candidate] = True
        while len(self._beyond) > 1000:
            self._beyond.popitem(last=False)
        return Refused(candidate, reason)

    def _manifest(self, manifest):
        candidate = manifest["candidateId"]
        pieces = self._open.pop(candidate, None)
        if pieces is None:
            beyond = self._beyond.pop(candidate, None)
            return Refused(candidate, "its chunks were beyond the limits" if beyond else "it came without its chunks")
        if pieces.count != manifest["chunkCount"] or pieces.sha256 != manifest["sha256"]:
            return Refused(candidate, "its manifest contradicts its chunks")
        if len(pieces.data) != pieces.count or pieces.size() != manifest["byteLength"]:
            return Refused(candidate, "%d of %d chunks came before it" % (len(pieces.data), pieces.count))
        parameters = b"".join(pieces.data[i] for i in range(pieces.count))
        if hashlib.sha256(parameters).hexdigest() != manifest["sha256"]:
            return Refused(candidate, "its parameter bytes are corrupt")
        try:
            self.model = Model(manifest, parameters)
        except EngramError as e:
            return Refused(candidate, str(e))
        return self.model


class _Pieces:
    def __init__(self, first):
        self.count, self.sha256, self.data = first["count"], first["sha256"], {}

    def fits(self, chunk):
        return (self.count, self.sha256) == (chunk["count"], chunk["sha256"])

    def size(self):
        return sum(map(len, self.data.values()))
