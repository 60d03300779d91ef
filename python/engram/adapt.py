"""The inner loop: φ₀ = θ; φ_{k+1} = φ_k − update(∇L_support(φ_k)), or a head in closed form."""

import re

import numpy as np

from engram import draws, heads

_OPTIMIZER = re.compile(r"([a-z-]+)\(([^)]*)\)")
MOST_STEPS = 10_000
LARGEST_BATCH = 10_000


class InnerLoop:
    """A manifest's 'adaptation'. Raises ValueError for what is not known here.

    step_sizes: the flat tensor 'stepSizes', or None.
    head: how the last layer is fitted in closed form; None where φ comes by steps.
    """

    def __init__(self, adaptation, network, step_sizes):
        self.steps, self.batch_size = adaptation["steps"], adaptation["batchSize"]
        if not (0 <= self.steps <= MOST_STEPS and 0 <= self.batch_size <= LARGEST_BATCH):
            raise ValueError("steps and batch size within 0 and 10000 expected")
        if adaptation["scope"] not in ("ALL", "HEAD"):
            raise ValueError("the scope '%s' is unknown" % adaptation["scope"])
        if adaptation["normalization"] not in ("TRANSDUCTIVE", "NON_TRANSDUCTIVE"):
            raise ValueError("the normalization '%s' is unknown" % adaptation["normalization"])
        self.transductive = adaptation["normalization"] == "TRANSDUCTIVE"
        self._network = network
        self._moves = self._moving(adaptation["scope"])
        self.head = heads.parse(adaptation["optimizer"], network)
        if self.head:
            if self.steps > 1 or self.batch_size or adaptation["scope"] != "HEAD":
                raise ValueError("a head in closed form takes 1 step, on the whole support set, with scope HEAD")
            return
        match = _OPTIMIZER.fullmatch(adaptation["optimizer"])
        name = match.group(1) if match else ""
        if name == "sgd":
            self._adam = None
            self._sizes = self._step_sizes(match.group(2), step_sizes)
        elif name == "adam":
            numbers = [float(np.float32(each)) for each in match.group(2).split(",")]
            if len(numbers) not in (3, 4):
                raise ValueError("adam takes 3 or 4 numbers")
            self._adam = numbers if len(numbers) == 4 else numbers + [float(np.float32(1e-8))]
        else:
            raise ValueError("the way to adapt '%s' is unknown" % adaptation["optimizer"])

    def _moving(self, scope):
        """[parameters] 1 where the loop moves a parameter, else 0."""
        moves = np.zeros(self._network.length)
        head = self._network.tensors[-1].layer
        for tensor in self._network.tensors:
            if tensor.trainable and (scope == "ALL" or tensor.layer == head):
                moves[tensor.slice] = 1
        return moves

    def _step_sizes(self, text, learned):
        """Step → step size or [parameters] step sizes."""
        if text == "per-parameter":
            each = self._learned(learned, self._network.length)
            return lambda step: each
        if text == "per-tensor-per-step":
            tensors = self._network.tensors
            table = self._learned(learned, self.steps * len(tensors)).reshape(self.steps, len(tensors))
            lengths = [tensor.slice.stop - tensor.slice.start for tensor in tensors]
            return lambda step: np.repeat(table[step], lengths)
        uniform = float(np.float32(text))
        return lambda step: uniform

    @staticmethod
    def _learned(found, expected):
        if found is None or found.size != expected:
            raise ValueError("learned step sizes need a tensor 'stepSizes' of %d numbers" % expected)
        return found.reshape(-1).astype(np.float64)

    def adapt(self, theta, inputs, errors_of, seed):
        """φ, [parameters] in double precision.

        inputs: [examples, inputs] of the support set, on the model's scale.
        errors_of: (outputs, which examples they are of) → gradient of the mean loss by the outputs.
        """
        phi = theta.astype(np.float64)
        batches = draws.batches(len(inputs), self.batch_size, seed) if self.batch_size else None
        first, second = np.zeros_like(phi), np.zeros_like(phi)
        for step in range(self.steps):
            batch = next(batches) if batches else np.arange(len(inputs))
            tape = []
            outputs = self._network.forward(phi, inputs[batch], tape)
            gradient = self._network.backward(phi, tape, errors_of(outputs, batch))
            if self._adam is None:
                phi -= self._moves * self._sizes(step) * gradient
            else:
                size, beta1, beta2, epsilon = self._adam
                first = beta1 * first + (1 - beta1) * gradient
                second = beta2 * second + (1 - beta2) * gradient * gradient
                m = first / (1 - beta1 ** (step + 1))
                v = second / (1 - beta2 ** (step + 1))
                phi -= self._moves * size * m / (np.sqrt(v) + epsilon)
        return phi
