"""Layers: where their parameters lie, what they compute, and its gradient.

Dense weights [in, out] are COLUMN-MAJOR ('F' order): the weight from input i to unit j is element j·in + i. A convolution's
bias comes BEFORE its weights, which are [filters, channels, kernel, kernel] in row-major order.
"""

import numpy as np

from engram.windows import Window

FUNCTIONS = ("relu", "leakyrelu", "tanh", "identity")


def size(shape):
    return int(np.prod(shape))


class Tensor:
    """A layer's part of the flat parameters."""

    def __init__(self, layer, role, shape, offset, order):
        self.layer, self.role, self.shape, self.offset, self.order = layer, role, shape, offset, order
        self.slice = slice(offset, offset + size(shape))

    @property
    def trainable(self):
        return self.role not in ("running_mean", "running_variance")

    def of(self, flat):
        return flat[self.slice].reshape(self.shape, order=self.order)

    def put(self, value, flat):
        flat[self.slice] = value.reshape(-1, order=self.order)


class Layer:
    """One without parameters, unless it says so."""

    parts = ()

    def __init__(self, shape, output):
        self.input, self.output = list(shape), list(output)

    def place(self, index, offset):
        self.tensors = []
        self.length = 0
        for role, shape, order in self.parts:
            self.tensors.append(Tensor(index, role, shape, offset + self.length, order))
            self.length += size(shape)


class Dense(Layer):
    """y = xW + b."""

    def __init__(self, shape, units):
        if len(shape) != 1:
            raise ValueError("a dense layer needs a vector; add flatten before it")
        super().__init__(shape, [units])
        self.parts = (("weight", [shape[0], units], "F"), ("bias", [units], "C"))

    def forward(self, phi, x):
        weight, bias = self.tensors
        return x @ weight.of(phi) + bias.of(phi), None

    def backward(self, phi, x, y, kept, g, gradient):
        weight, bias = self.tensors
        weight.put(x.T @ g, gradient)
        bias.put(g.sum(0), gradient)
        return g @ weight.of(phi).T


class Conv(Layer):
    """Cross-correlation with zeros around the image (same) or none (valid)."""

    def __init__(self, shape, filters, kernel, stride, same):
        self.window = Window(shape, kernel, stride, same)
        super().__init__(shape, [filters, self.window.height, self.window.width])
        self.parts = (("bias", [filters], "C"), ("weight", [filters, shape[0], kernel, kernel], "C"))

    def forward(self, phi, x):
        bias, weight = self.tensors
        patches = self.window.patches(x)
        y = np.einsum("nckluv,fckl->nfuv", patches, weight.of(phi), optimize=True)
        return y + bias.of(phi)[:, None, None], patches

    def backward(self, phi, x, y, kept, g, gradient):
        bias, weight = self.tensors
        weight.put(np.einsum("nckluv,nfuv->fckl", kept, g, optimize=True), gradient)
        bias.put(g.sum((0, 2, 3)), gradient)
        return self.window.sum(np.einsum("nfuv,fckl->nckluv", g, weight.of(phi), optimize=True))


class Norm(Layer):
    """y = γ·x̂ + β, x̂ = (x − mean)/√(variance + ε); the variance is the mean of squares, not n − 1."""

    def __init__(self, shape, epsilon):
        super().__init__(shape, shape)
        self.epsilon = epsilon

    def forward(self, phi, x):
        gain, shift = self._spread(phi)
        centred = x - x.mean(self.averaged, keepdims=True)
        inverse = 1 / np.sqrt((centred * centred).mean(self.averaged, keepdims=True) + self.epsilon)
        normal = centred * inverse
        return normal * gain + shift, (normal, inverse)

    def backward(self, phi, x, y, kept, g, gradient):
        normal, inverse = kept
        self.tensors[0].put((g * normal).sum(self.sharing), gradient)
        self.tensors[1].put(g.sum(self.sharing), gradient)
        h = g * self._spread(phi)[0]
        product = (h * normal).mean(self.averaged, keepdims=True)
        return inverse * (h - h.mean(self.averaged, keepdims=True) - normal * product)

    def _spread(self, phi):
        return tuple(tensor.of(phi).reshape(self.spread) for tensor in self.tensors[:2])


class BatchNorm(Norm):
    """Over the examples of the batch at hand, and the pixels of an image; the running tensors are never used."""

    def __init__(self, shape, epsilon):
        super().__init__(shape, epsilon)
        self.averaged = self.sharing = (0,) if len(shape) == 1 else (0, 2, 3)
        self.spread = [shape[0]] if len(shape) == 1 else [shape[0], 1, 1]
        roles = ("gain", "shift", "running_mean", "running_variance")
        self.parts = tuple((role, [shape[0]], "C") for role in roles)


class LayerNorm(Norm):
    """Over all features of each example; gain and shift for each feature."""

    def __init__(self, shape, epsilon):
        super().__init__(shape, epsilon)
        self.averaged, self.sharing = tuple(range(1, len(shape) + 1)), (0,)
        self.spread = list(shape)
        self.parts = (("gain", [size(shape)], "C"), ("shift", [size(shape)], "C"))


class MaxPool(Layer):
    """The largest of each window; of equal ones the first by rows."""

    def __init__(self, shape, kernel, stride):
        self.window = Window(shape, kernel, stride, False)
        super().__init__(shape, [shape[0], self.window.height, self.window.width])

    def forward(self, phi, x):
        patches = self.window.patches(x)
        n, c, k, _, height, width = patches.shape
        flat = patches.reshape(n, c, k * k, height, width)
        best = flat.argmax(2)[:, :, None]
        return np.take_along_axis(flat, best, 2)[:, :, 0], best

    def backward(self, phi, x, y, kept, g, gradient):
        n, c, _, height, width = kept.shape
        k = self.window.kernel
        flat = np.zeros((n, c, k * k, height, width), g.dtype)
        np.put_along_axis(flat, kept, g[:, :, None], 2)
        return self.window.sum(flat.reshape(n, c, k, k, height, width))


class AveragePool(Layer):
    """The mean of each window."""

    def __init__(self, shape, kernel, stride):
        self.window = Window(shape, kernel, stride, False)
        super().__init__(shape, [shape[0], self.window.height, self.window.width])

    def forward(self, phi, x):
        return self.window.patches(x).mean((2, 3)), None

    def backward(self, phi, x, y, kept, g, gradient):
        k = self.window.kernel
        n, c, height, width = g.shape
        share = np.broadcast_to(g[:, :, None, None] / (k * k), (n, c, k, k, height, width))
        return self.window.sum(share)


class Flatten(Layer):
    """Channels first: element (channel·height + row)·width + column."""

    def __init__(self, shape):
        super().__init__(shape, [size(shape)])

    def forward(self, phi, x):
        return x.reshape(len(x), -1), None

    def backward(self, phi, x, y, kept, g, gradient):
        return g.reshape(x.shape)


class Activation(Layer):
    """Element by element; the slope at 0 is that of below 0."""

    def __init__(self, shape, function):
        super().__init__(shape, shape)
        self.function = function

    def forward(self, phi, x):
        if self.function == "relu":
            return np.maximum(x, 0), None
        if self.function == "leakyrelu":
            return np.where(x > 0, x, 0.01 * x), None
        return (np.tanh(x) if self.function == "tanh" else x), None

    def backward(self, phi, x, y, kept, g, gradient):
        if self.function == "relu":
            return g * (y > 0)
        if self.function == "leakyrelu":
            return g * np.where(y > 0, 1, 0.01)
        return g * (1 - y * y) if self.function == "tanh" else g
