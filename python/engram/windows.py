"""Square windows that slide over images [examples, channels, height, width]."""

import numpy as np


class Window:
    """Its outputs are height × width places. 'same' adds zeros, the odd one at the bottom and right."""

    def __init__(self, shape, kernel, stride, same):
        if len(shape) != 3:
            raise ValueError("a window needs an image, [channels, height, width]")
        self.kernel, self.stride = kernel, stride
        self.rows, self.columns = shape[1], shape[2]
        self.height, self.top, self.bottom = _along(shape[1], kernel, stride, same)
        self.width, self.left, self.right = _along(shape[2], kernel, stride, same)

    def patches(self, x):
        """[n, channels, kernel, kernel, height, width]: what lies under the window at each place."""
        border = ((0, 0), (0, 0), (self.top, self.bottom), (self.left, self.right))
        padded = np.pad(x, border)
        n, c = x.shape[:2]
        k = self.kernel
        patches = np.empty((n, c, k, k, self.height, self.width), x.dtype)
        for row in range(k):
            for column in range(k):
                patches[:, :, row, column] = padded[:, :, self._places(row, self.height), self._places(column, self.width)]
        return patches

    def sum(self, patches):
        """Back to images: each pixel the sum of what the patches have in its place."""
        n, c = patches.shape[:2]
        padded = np.zeros(
            (n, c, self.rows + self.top + self.bottom, self.columns + self.left + self.right), patches.dtype
        )
        for row in range(self.kernel):
            for column in range(self.kernel):
                padded[:, :, self._places(row, self.height), self._places(column, self.width)] += patches[:, :, row, column]
        return padded[:, :, self.top : self.top + self.rows, self.left : self.left + self.columns]

    def _places(self, first, count):
        return slice(first, first + self.stride * (count - 1) + 1, self.stride)


def _along(length, kernel, stride, same):
    """Places, zeros before, zeros after, along one side."""
    if not same:
        if kernel > length:
            raise ValueError("a window of %d is larger than its input of %d" % (kernel, length))
        return (length - kernel) // stride + 1, 0, 0
    places = -(-length // stride)
    zeros = max(0, (places - 1) * stride + kernel - length)
    return places, zeros // 2, zeros - zeros // 2
