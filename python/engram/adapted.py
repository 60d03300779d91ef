"""What a version is once it is adapted: a classifier or a regressor."""

import numpy as np

from engram.errors import AdaptationError
from engram.loss import softmax
from engram.table import LEVELS


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
    """model: the version it was adapted from."""

    def _outputs(self, features):
        outputs = self._fitted.outputs(self.model.scaled(features))
        if not np.isfinite(outputs).all():
            raise AdaptationError("%s gave outputs that are not finite" % self.model)
        return outputs


class Classifier(_Adapted):
    """classes: names, in the order of probabilities."""

    def __init__(self, model, features, labels):
        labels = [str(label) for label in labels]
        self.model = model
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
        self._fitted = model.fit(features, indices, len(self.classes))

    def probabilities(self, features):
        """[examples, classes]: a softmax over the classes in play."""
        return softmax(self._outputs(features)[:, : len(self.classes)])

    def predict(self, features):
        """The likeliest class of each example. Under transductive batch-norm examples inform each other."""
        return [self.classes[i] for i in self.probabilities(features).argmax(1)]


class Regressor(_Adapted):
    """Numbers, on the scale of your own targets."""

    def __init__(self, model, features, targets):
        scaled = model.target_scale.apply(rows(targets, model.network.outputs, "targets"))
        self.model = model
        self._fitted = model.fit(features, scaled.astype(np.float64), None)

    def predict(self, features):
        """[examples, outputs]. Under transductive batch-norm examples inform each other."""
        return self.model.target_scale.invert(self._outputs(features))

    def interval(self, features, level=0.9):
        """(lower, upper), each [examples, outputs], between which such a share of truths is expected: 0.5, 0.8, 0.9 or 0.95.

        None where the version knows no intervals, as those adapted by gradient steps, or not yet.
        """
        if level not in LEVELS:
            raise ValueError("intervals cover a share of %s" % (LEVELS,))
        if not self.model.by_table:
            return None
        half = self._fitted.half_widths(self.model.scaled(features), level)
        if not (half > 0).all():
            return None
        answer = self.predict(features)
        return answer - half, answer + half
