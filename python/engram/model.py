"""A published version: manifest and parameters, checked against each other."""

import hashlib

import numpy as np

from engram import tensors
from engram.adapt import InnerLoop
from engram.adapted import Classifier, Regressor, rows
from engram.columns import Columns
from engram.errors import UnreadableVersion, WireError
from engram.fitted import BySteps, ByTable
from engram.network import Network
from engram.scale import FARTHEST, Scale
from engram.table import TableModel

TENSORS = (
    "parameters",
    "stepSizes",
    "inputMean",
    "inputScale",
    "targetMean",
    "targetScale",
    "tableModel",
)
LONGEST_TEXT = 20_000


class Model:
    """Made of a manifest's fields and its parameter bytes. Never changes.

    name, version (0 in a candidate), network, label_space (NONE, PER_TASK, GLOBAL), classes (of a GLOBAL space), metrics, manifest;
    theta: [parameters] float32; tensors: all whole tensors by name.
    """

    def __init__(self, manifest, parameters):
        self.manifest = manifest
        self.name, self.version = manifest["modelName"], manifest["version"]
        self.label_space, self.classes = manifest["labelSpace"], list(manifest["classes"])
        self.metrics = dict(manifest["metrics"])
        try:
            self._read(manifest, parameters)
        except (KeyError, IndexError, TypeError, ValueError, WireError) as e:
            raise UnreadableVersion("%s cannot be used: %s" % (self, e)) from e

    def _read(self, manifest, parameters):
        if hashlib.sha256(parameters).hexdigest() != manifest["sha256"]:
            raise ValueError("its parameter bytes are corrupt: their sha256 is another one")
        if len(manifest["network"]) > LONGEST_TEXT:
            raise ValueError("its network's text is too long")
        self.network = Network(manifest["network"])
        self.tensors = _tensors(manifest["tensors"], parameters)
        self.theta = self._tensor("parameters", self.network.length)
        self._inputs = self._scale("inputMean", "inputScale", self.network.inputs, FARTHEST)
        self._targets = self._scale("targetMean", "targetScale", self.network.outputs, None)
        self.by_table = manifest["adaptation"]["optimizer"] == "table"
        if self.by_table:
            if "tableModel" not in self.tensors:
                raise ValueError("a model of tables needs a tensor 'tableModel'")
            shape = (self.network.inputs, self.network.outputs, self.network.classes)
            self.table = TableModel(self.tensors["tableModel"].reshape(-1), *shape)
        else:
            self.loop = InnerLoop(manifest["adaptation"], self.network, self.tensors.get("stepSizes"))
        if self.network.classes == (self.label_space == "NONE"):
            raise ValueError("its network's head does not fit its label space")
        if self.label_space == "GLOBAL":
            distinct = len(set(self.classes))
            if distinct != len(self.classes) or not 1 <= distinct <= self.network.outputs:
                raise ValueError("its outputs are not named by its classes")

    def _tensor(self, name, length):
        found = self.tensors.get(name)
        if found is None or found.size != length:
            raise ValueError("its network needs a tensor '%s' of %d numbers" % (name, length))
        return found.reshape(-1)

    def _scale(self, mean, deviation, length, limit):
        if mean not in self.tensors and deviation not in self.tensors:
            return Scale(None, None)
        by = self._tensor(deviation, length)
        if not (by > 0).all():
            raise ValueError("its tensor '%s' has a number that is not above 0" % deviation)
        return Scale(self._tensor(mean, length), by, limit)

    def layer_parameters(self):
        """θ by layer, {'0.weight': array …}; a dense layer's weight is [in, out], whatever the order of its bytes."""
        return {
            "%d.%s" % (tensor.layer, tensor.role): tensor.of(self.theta) for tensor in self.network.tensors
        }

    def adapt(self, features, labels):
        """A classifier or regressor fitted to a handful of examples.

        features: [examples, …] on your own scale.
        labels: class names, or numbers [examples] or [examples, outputs], on your own scale.
        No examples are fine for a version that is usable as it is.
        """
        if len(features) == 0 and not self.usable_as_it_is:
            raise ValueError("%s has to be adapted: give it at least 1 example" % self)
        if len(features) != len(labels):
            raise ValueError("%d examples have %d labels" % (len(features), len(labels)))
        return Classifier(self, features, labels) if self.network.classes else Regressor(self, features, labels)

    @property
    def usable_as_it_is(self):
        """Whether it answers without any example to adapt on, too: its labels are the same for every task."""
        if self.network.classes and self.label_space != "GLOBAL":
            return False
        if self.by_table:
            return self.table.trained
        return self.loop.steps == 0 or not (self.network.batch_dependent or self.loop.head)

    def fit(self, features, labels, ways):
        """Fits it to examples whose labels are on its own scale; see fitted.py."""
        kind = ByTable if self.by_table else BySteps
        return kind(self, self.scaled(features), labels, ways)

    def scaled(self, features):
        """[examples, inputs] on the model's scale."""
        return self._inputs.apply(rows(features, self.network.inputs, "features")).astype(np.float64)

    @property
    def target_scale(self):
        return self._targets

    @property
    def seed(self):
        return self.manifest["lineage"]["seed"]

    @property
    def columns(self):
        """How a table's columns became features: a Columns, which makes features of rows; None where nobody wrote it down."""
        plan = self.manifest["lineage"]["hyperParameters"].get("columns")
        return None if plan is None else Columns(plan)

    def __repr__(self):
        return "model %s version %d" % (self.name, self.version)


def _tensors(entries, parameters):
    found = {}
    for entry in entries:
        name = entry["name"]
        if "/" in name:
            continue
        if name not in TENSORS:
            raise ValueError("its tensor '%s' is not known here; update this package" % name)
        if name in found:
            raise ValueError("its tensor '%s' is there twice" % name)
        if entry["elementType"] == "INT32":
            raise ValueError("its tensor '%s' holds INT32, expected numbers" % name)
        width = np.dtype(tensors.DTYPES[entry["elementType"]]).itemsize
        start = entry["byteOffset"]
        end = start + tensors.elements(entry["shape"]) * width
        if start < 0 or end > len(parameters):
            raise ValueError("its tensor '%s' does not fit into its bytes" % name)
        found[name] = tensors.read(entry["elementType"], entry["shape"], parameters[start:end])
        if not np.isfinite(found[name]).all():
            raise ValueError("its tensor '%s' is not finite" % name)
    return found
