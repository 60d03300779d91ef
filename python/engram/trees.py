"""Boosted trees as they stand in a version: complete, of depth 4, one output's after the other."""

import numpy as np

DEPTH = 4
INNER = (1 << DEPTH) - 1
LENGTH = 3 * (1 << DEPTH) - 2


class Forest:
    """flat: [outputs × rounds × 46]: 15 inputs to split by, 15 thresholds, 16 answers of leaves, tree after tree."""

    def __init__(self, outputs, rounds, flat, inputs):
        trees = flat.reshape(outputs, rounds, LENGTH)
        splits = trees[:, :, :INNER]
        if not ((splits >= 0) & (splits < inputs)).all():
            raise ValueError("a tree splits by an input that there is not")
        self._splits = splits.astype(int)
        self._thresholds = trees[:, :, INNER : 2 * INNER]
        self._leaves = trees[:, :, 2 * INNER :].astype(np.float64)

    def answer(self, rows):
        """[rows, outputs] of [rows, inputs] in single precision: right where an input is greater than the threshold."""
        outputs, rounds, _ = self._splits.shape
        tree = np.ix_(range(outputs), range(rounds))
        answers = np.empty((len(rows), outputs))
        for i, row in enumerate(rows):
            node = np.zeros((outputs, rounds), int)
            for _ in range(DEPTH):
                split = self._splits[tree[0], tree[1], node]
                node = 2 * node + 1 + (row[split] > self._thresholds[tree[0], tree[1], node])
            answers[i] = self._leaves[tree[0], tree[1], node - INNER].sum(1)
        return answers
