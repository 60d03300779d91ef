"""Heads fitted in closed form: the last layer, a dense one, from the embeddings of a support set."""

import re

import numpy as np

from engram.layers import Dense

_COSINE = re.compile(r"cosine-prototypes\(([^,)]*)\)")
_RIDGE = re.compile(r"ridge\(([^,)]*),([^,)]*)\)")


def parse(text, network):
    """The head that a manifest's optimizer names, or None. Raises ValueError for one that makes no sense."""
    cosine, ridge = _COSINE.fullmatch(text), _RIDGE.fullmatch(text)
    if text == "prototypes":
        head = Head(_prototypes)
    elif cosine:
        head = Head(_directions, scale=_positive(cosine.group(1)))
    elif ridge:
        head = Head(_ridge, scale=_positive(ridge.group(2)), ridge=_positive(ridge.group(1)))
    else:
        return None
    if not isinstance(network.layers[-1], Dense):
        raise ValueError("a head in closed form takes the place of a dense layer at the end")
    if not network.classes and not ridge:
        raise ValueError("prototypes are of classes, but the network predicts numbers")
    return head


class Head:
    """rule: (X [examples, inputs], Y [examples, outputs], the head) → W [inputs, outputs] and b [outputs], before they are scaled."""

    def __init__(self, rule, scale=None, ridge=None):
        self._rule, self._scale, self.ridge = rule, scale, ridge

    def fit(self, network, theta, inputs, labels, ways):
        """φ, [parameters] in double precision.

        labels: [examples] classes as numbers, or [examples, outputs] numbers where ways is None.
        """
        phi = theta.astype(np.float64)
        weight, bias = network.tensors[-2:]
        own = bias.of(phi).mean()
        targets = labels if ways is None else np.eye(network.outputs)[labels]
        tape = []
        network.forward(phi, inputs, tape)
        embeddings = tape[-1][0]
        w, b = self._rule(embeddings, targets[:, :ways], self)
        # Numbers to predict are not scaled; of classes the mean of θ's own bias is the logarithm of what was learned.
        factor = self._scale * np.exp(own) if self._scale and ways is not None else 1.0
        width = w.shape[1]
        weights, biases = np.zeros(weight.shape), np.zeros(bias.shape)
        weights[:, :width], biases[:width] = factor * w, factor * b
        weight.put(weights, phi)
        bias.put(biases, phi)
        return phi


def _means(x, y):
    """[inputs, classes]; that of a class without examples is the mean of all."""
    counts = y.sum(0)
    sums = np.where(counts > 0, x.T @ y, x.sum(0)[:, None])
    return sums / np.where(counts > 0, counts, len(x))


def _prototypes(x, y, _):
    c = _means(x, y)
    return 2 * c, -(c * c).sum(0)


def _directions(x, y, _):
    c = _means(x, y)
    lengths = np.sqrt((c * c).sum(0))
    return c / np.where(lengths > 0, lengths, 1), np.zeros(c.shape[1])


def _ridge(x, y, head):
    ones = np.hstack([x, np.ones((len(x), 1))])
    solved = ones.T @ np.linalg.solve(ones @ ones.T + head.ridge * np.eye(len(x)), y)
    return solved[:-1], solved[-1]


def _positive(text):
    number = float(np.float32(text))
    if not (number > 0 and np.isfinite(number)):
        raise ValueError("the numbers of a head in closed form must be more than 0, found '%s'" % text)
    return number
