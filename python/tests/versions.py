"""Versions made up for tests."""

import hashlib

import numpy as np

from engram import Model, wire
from engram.network import Network

LINEAGE = {
    "parentCandidateId": None, "offsets": [], "tasks": 1, "metaUpdates": 1, "seed": 42, "hyperParameters": {},
    "schemaFingerprints": {}, "engine": "fused", "codeVersion": "0", "jdk": "17", "architecture": "amd64",
}  # fmt: skip


def adaptation(steps=3, optimizer="sgd(0.1)", batch=0, scope="ALL", normalization="NON_TRANSDUCTIVE"):
    return {
        "steps": steps,
        "optimizer": optimizer,
        "batchSize": batch,
        "scope": scope,
        "normalization": normalization,
    }


def manifest_of(network, version=1, theta=None, tensors=None, space=None, classes=(), **loop):
    """(fields of a manifest, its bytes)."""
    parsed = Network(network)
    if theta is None:
        theta = np.random.default_rng(version).normal(0, 0.4, parsed.length)
    parts = [("parameters", np.asarray(theta))] + list((tensors or {}).items())
    entries, data = [], b""
    for name, values in parts:
        values = np.asarray(values, np.float32)
        entries.append(
            {"name": name, "elementType": "FLOAT32", "shape": list(values.shape), "byteOffset": len(data)}
        )
        data += values.astype("<f4").tobytes()
    fields = {
        "modelName": "m", "version": version, "candidateId": "c-%d" % version, "createdAt": 1_700_000_000_000,
        "network": network, "labelSpace": space or ("PER_TASK" if parsed.classes else "NONE"),
        "classes": list(classes), "adaptation": adaptation(**loop), "tensors": entries, "byteLength": len(data),
        "sha256": hashlib.sha256(data).hexdigest(), "chunkCount": 1, "lineage": LINEAGE, "metrics": {"a": 0.5},
    }  # fmt: skip
    return fields, data


def model(network, **how):
    return Model(*manifest_of(network, **how))


def records(fields, data, chunk_bytes=1000):
    """The values of model-updates: chunks, then the manifest."""
    cuts = [data[i : i + chunk_bytes] for i in range(0, len(data), chunk_bytes)]
    head = {"modelName": fields["modelName"], "candidateId": fields["candidateId"], "sha256": fields["sha256"]}
    chunks = [dict(head, index=i, count=len(cuts), data=cut) for i, cut in enumerate(cuts)]
    values = [wire.encode("ModelChunk", chunk) for chunk in chunks]
    return values + [wire.encode("ModelManifest", dict(fields, chunkCount=len(cuts)))]
