"""A version fitted to a support set, in whichever way it is adapted: outputs for questions, both on the model's scale."""

import numpy as np

from engram.errors import AdaptationError
from engram.loss import gradient_of_classes, gradient_of_numbers


class BySteps:
    """A network whose parameters were moved, or whose last layer was fitted: phi [parameters].

    labels: [examples] classes as numbers, or [examples, outputs] numbers.  ways: how many classes are in play.
    """

    def __init__(self, model, support, labels, ways):
        self._model = model
        # Where nothing is to be learned from, one row of zeros stands in: batch-norm wants a batch.
        self._support = support if len(support) else np.zeros((1, model.network.inputs))

        def errors(outputs, batch):
            if ways is None:
                return gradient_of_numbers(outputs, labels[batch])
            return gradient_of_classes(outputs, labels[batch], ways)

        if not len(support):
            self.phi = model.theta.astype(np.float64)
            return
        if model.loop.head and model.loop.steps:
            self.phi = model.loop.head.fit(model.network, model.theta, self._support, labels, ways)
        else:
            self.phi = model.loop.adapt(model.theta, self._support, errors, model.seed)
        if not np.isfinite(self.phi).all():
            raise AdaptationError("adapting %s diverged: are the features on its scale?" % model)

    def outputs(self, query):
        network = self._model.network
        if self._model.loop.transductive or not network.batch_dependent:
            return network.forward(self.phi, query)
        # Each question by itself, behind the support set.
        alone = [network.forward(self.phi, np.vstack([self._support, row]))[-1] for row in query]
        return np.array(alone).reshape(len(query), network.outputs)


class ByTable:
    """A model of tables with a support set."""

    def __init__(self, model, support, labels, ways):
        self._table, self._support, self._labels = model.table, support, labels
        if ways is not None:
            self._labels = np.eye(model.network.outputs)[labels]

    def outputs(self, query):
        if not len(self._support):
            found = self._table.alone(query)
            return np.log(found) if self._table.classes else found
        rows = self._table.ask(self._support, self._labels, query)
        found = self._table.pooled(self._table.answers(rows))
        return np.log(found) if self._table.classes else found

    def half_widths(self, query, level):
        if not len(self._support):
            return np.zeros((len(query), self._table.outputs))
        rows = self._table.ask(self._support, self._labels, query)
        return self._table.half_widths(rows, self._table.answers(rows), level)
