"""A version fitted to a handful of examples."""

import numpy as np

from engram.errors import AdaptationError
from engram.loss import gradient_of_classes, gradient_of_numbers, softmax


def rows(values, width, what):
    """[examples, width] in single precision, all finite."""
    array = np.asarray(values, dtype=np.float32)
    array = array.reshape(len(array), -1) if array.size else np.zeros((0, width), np.float32)
    if array.shape[1] != width:
        raise ValueError("an example has %d %s, the model takes %d" % (array.shape[1], what, width))
    if not np.isfinite(array).all():
        raise ValueError("the %s hold a number that is not finite" % what)
    return array


class _Adapted:
    def _fit(self, model, features, errors_of):
        self.model = model
        support = model.scaled(features)
        # Where nothing is to be learned from, one row of zeros stands in: batch-norm wants a batch.
        self._support = support if len(support) else np.zeros((1, model.network.inputs))
        self.phi = model.loop.adapt(model.theta, self._support, errors_of, model.seed)
        if not np.isfinite(self.phi).all():
            raise AdaptationError("adapting %s diverged: are the features on its scale?" % model)

    def _outputs(self, features):
        network = self.model.network
        query = self.model.scaled(features)
        if self.model.loop.transductive or not network.batch_dependent:
            outputs = network.forward(self.phi, query)
        else:
            # Each question by itself, behind the support set.
            outputs = np.stack(
                [network.forward(self.phi, np.vstack([self._support, row]))[-1] for row in query]
            )
        if not np.isfinite(outputs).all():
            raise AdaptationError("%s gave outputs that are not finite" % self.model)
        return outputs


class Classifier(_Adapted):
    """classes: names, in the order of probabilities."""

    def __init__(self, model, features, labels):
        labels = [str(label) for label in labels]
        if model.label_space == "GLOBAL":
            self.classes = list(model.classes)
            unknown = [label for label in labels if label not in self.classes]
            if unknown:
                raise ValueError("%s does not know the class '%s'" % (model, unknown[0]))
        else:
            self.classes = list(dict.fromkeys(labels))  # in order of first appearance
            if len(self.classes) > model.network.outputs:
                raise ValueError("%s tells at most %d classes apart" % (model, model.network.outputs))
        indices = np.array([self.classes.index(label) for label in labels], dtype=int)
        ways = len(self.classes)
        self._fit(model, features, lambda outputs, batch: gradient_of_classes(outputs, indices[batch], ways))

    def probabilities(self, features):
        """[examples, classes]: a softmax over the classes in play."""
        return softmax(self._outputs(features)[:, : len(self.classes)])

    def predict(self, features):
        """The likeliest class of each example. Under transductive batch-norm examples inform each other."""
        return [self.classes[i] for i in self.probabilities(features).argmax(1)]


class Regressor(_Adapted):
    def __init__(self, model, features, targets):
        width = model.network.outputs
        scaled = model.target_scale.apply(rows(targets, width, "targets")).astype(np.float64)
        self._fit(model, features, lambda outputs, batch: gradient_of_numbers(outputs, scaled[batch]))

    def predict(self, features):
        """[examples, outputs] on your own scale. Under transductive batch-norm examples inform each other."""
        return self.model.target_scale.invert(self._outputs(features))
