"""x ↦ (x − mean) / scale, column by column."""

import numpy as np

FARTHEST = np.float32(10)


class Scale:
    """In single precision, as the learner and the Java client scale. mean and deviation None: all is taken as it is."""

    def __init__(self, mean, deviation, limit=None):
        self._mean, self._deviation, self._limit = mean, deviation, limit

    def apply(self, rows):
        if self._mean is None:
            return rows
        scaled = (rows - self._mean) / self._deviation
        return scaled if self._limit is None else np.clip(scaled, -self._limit, self._limit)

    def invert(self, rows):
        return rows if self._mean is None else rows * self._deviation + self._mean
