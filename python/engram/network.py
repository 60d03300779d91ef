"""A network's text, e.g. 'input(1,28,28) conv(64,3,stride=2,same) batchnorm relu flatten dense(5) softmax'."""

import re

from engram import layers

_WORD = re.compile(r"([a-z0-9]+)(?:\(([^)]*)\))?")


class Network:
    """Layers with their places in the flat parameter vector.

    text: as it stands in a manifest.  input: shape of one example, [size] or [channels, height, width].
    """

    def __init__(self, text):
        self.text = text
        words = re.split(r"\s+(?![^(]*\))", text.strip())
        if len(words) < 3 or words[-1] not in ("softmax", "mse"):
            raise ValueError("network '%s' needs input(…), layers, and softmax or mse" % text)
        self.classes = words[-1] == "softmax"
        name, sizes, _ = _arguments(words[0])
        if name != "input" or len(sizes) not in (1, 3):
            raise ValueError("network '%s' must begin with input(…)" % text)
        self.input = [_count(size) for size in sizes]
        self.layers = []
        self.length = 0
        shape = self.input
        for index, word in enumerate(words[1:-1]):
            layer = _layer(word, shape)
            layer.place(index, self.length)
            self.layers.append(layer)
            self.length += layer.length
            shape = layer.output
        if len(shape) != 1 or self.length == 0:
            raise ValueError("network '%s' must end in a vector and have parameters" % text)
        self.outputs = shape[0]
        self.inputs = layers.size(self.input)
        self.tensors = [tensor for layer in self.layers for tensor in layer.tensors]

    @property
    def batch_dependent(self):
        """Whether examples of a batch inform each other."""
        return any(isinstance(layer, layers.BatchNorm) for layer in self.layers)

    def forward(self, phi, inputs, tape=None):
        """[examples, outputs] of [examples, inputs]; a list given as tape gets what backward needs."""
        x = inputs.reshape([len(inputs)] + self.input)
        for layer in self.layers:
            y, kept = layer.forward(phi, x)
            if tape is not None:
                tape.append((x, y, kept))
            x = y
        return x

    def backward(self, phi, tape, errors):
        """[parameters] gradient of the loss whose gradient by the outputs is given."""
        gradient = phi * 0
        g = errors
        for layer, (x, y, kept) in zip(reversed(self.layers), reversed(tape)):
            g = layer.backward(phi, x, y, kept, g, gradient)
        return gradient


def _arguments(word):
    """Name, numbers in order, options."""
    match = _WORD.fullmatch(word)
    if not match:
        raise ValueError("'%s' is not of the form name or name(arguments)" % word)
    given = [each.strip() for each in (match.group(2) or "").split(",") if each.strip()]
    numbers = [each for each in given if each[0].isdigit()]
    return match.group(1), numbers, [each for each in given if not each[0].isdigit()]


def _count(text):
    if int(text) < 1:
        raise ValueError("sizes and strides are at least 1, found %s" % text)
    return int(text)


def _layer(word, shape):
    name, numbers, options = _arguments(word)
    strides = [_count(each[len("stride=") :]) for each in options if each.startswith("stride=")]
    if name == "dense":
        return layers.Dense(shape, _count(numbers[0]))
    if name == "conv":
        stride = strides[0] if strides else _count(numbers[1])
        return layers.Conv(shape, _count(numbers[0]), _count(numbers[1]), stride, "valid" not in options)
    if name in ("maxpool", "avgpool"):
        kind = layers.MaxPool if name == "maxpool" else layers.AveragePool
        return kind(shape, _count(numbers[0]), strides[0] if strides else _count(numbers[0]))
    if name in ("batchnorm", "layernorm"):
        kind = layers.BatchNorm if name == "batchnorm" else layers.LayerNorm
        return kind(shape, float(numbers[0]) if numbers else 1e-5)
    if name == "flatten":
        return layers.Flatten(shape)
    if name in layers.FUNCTIONS:
        return layers.Activation(shape, name)
    raise ValueError("the layer '%s' is not known here; update this package" % word)
