"""Which support examples each step of a mini-batch sees: SplitMix64, bit for bit as in Java."""

_MASK = (1 << 64) - 1
_GAMMA = 0x9E3779B97F4A7C15
_MINI_BATCH = 5


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


def seed_of_pass(root, number):
    state = mix((root + _GAMMA * (_MINI_BATCH + 1)) & _MASK)
    return mix(state ^ mix((number + _GAMMA) & _MASK))


class Stream:
    def __init__(self, seed):
        self._state = seed & _MASK

    def below(self, bound):
        """Uniform in 0 … bound − 1."""
        product = self._next32() * bound
        if product & 0xFFFFFFFF < bound:
            threshold = ((1 << 32) - bound) % bound
            while product & 0xFFFFFFFF < threshold:
                product = self._next32() * bound
        return product >> 32

    def _next32(self):
        self._state = (self._state + _GAMMA) & _MASK
        return mix(self._state) >> 32


def order(examples, root, number):
    """The order of the support set in a pass."""
    stream = Stream(seed_of_pass(root, number))
    indices = list(range(examples))
    for i in range(examples - 1, 0, -1):
        j = stream.below(i + 1)
        indices[i], indices[j] = indices[j], indices[i]
    return indices


def batches(examples, size, root):
    """Batch after batch, without end; one may span two passes."""
    number, waiting = 0, order(examples, root, 0)
    while True:
        batch = []
        while len(batch) < size:
            if not waiting:
                number += 1
                waiting = order(examples, root, number)
            batch.append(waiting.pop(0))
        yield batch
