"""Who answers by a support set alone: each makes [queries, width] numbers, or a probability for each class."""

import numpy as np

FLOOR = 1e-3
PENALTIES = (0.1, 1.0, 10.0, 100.0)


class Rows:
    """support [rows, columns] and query, both measured; labels [rows, width], a 1 at the class; prior [width]."""

    def __init__(self, support, labels, query, prior):
        self.support, self.labels, self.query, self.prior = support, labels, query, prior

    def asking_support(self):
        return Rows(self.support, self.labels, self.support, self.prior)


def distances(a, b):
    """[rows of a, rows of b] squared."""
    return ((a[:, None] - b[None]) ** 2).sum(2)


def shares(numbers):
    """Numbers to shares that sum to 1, none below the floor before they are scaled."""
    numbers = np.maximum(FLOOR, numbers)
    return numbers / numbers.sum(-1, keepdims=True)


def softmax(scores):
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def recent(rows, decay, smoothing):
    """The mean label, each counting `decay` times as much as the next; with rows' worth of the prior mixed in."""
    weights = float(decay) ** np.arange(len(rows.labels) - 1, -1, -1)
    mean = (smoothing * rows.prior + weights @ rows.labels) / (smoothing + weights.sum())
    return np.broadcast_to(mean, (len(rows.query), len(mean)))


def nearest(rows, count=3):
    """The mean label of the nearest rows; of rows equally near the later."""
    answers = []
    for distance in distances(rows.query, rows.support):
        order = np.lexsort((-np.arange(len(distance)), distance))
        answers.append(rows.labels[order[:count]].mean(0))
    return np.array(answers)


def soft_neighbours(rows, smoothing):
    """All labels, the nearer the heavier, and the mean for what lies far from all."""
    between = distances(rows.support, rows.support)
    np.fill_diagonal(between, np.inf)
    variance = between.min(1).mean() if len(between) > 1 else 0.0
    far = distances(rows.query, rows.support)
    further = far - far.min(1, keepdims=True)
    weights = np.exp(-further / variance) if variance > 0 else (further == 0) * 1.0
    mean = recent(rows, 1, 1)
    return (smoothing * mean + weights @ rows.labels) / (smoothing + weights.sum(1, keepdims=True))


def ridge(rows):
    """Ridge regression in its dual form, its penalty that of the smallest leave-one-out error."""
    centre, level = rows.support.mean(0), rows.labels.mean(0)
    x, y = rows.support - centre, rows.labels - level
    columns = x.shape[1]
    kernel = x @ x.T / columns
    best, least = None, np.inf
    for penalty in PENALTIES:
        inverse = np.linalg.inv(kernel + penalty * np.eye(len(x)))
        error = _leave_one_out(inverse, y)
        if best is None or error < least:
            best, least = inverse, error if error < np.inf else np.inf
    return level + (rows.query - centre) @ x.T / columns @ (best @ y)


def _leave_one_out(inverse, y):
    """Squares of what each row would be missed by had it not been there; of a single row nothing is known."""
    if len(y) == 1:
        return np.inf
    ones = inverse.sum(1)
    diagonal = np.diag(inverse) - ones * ones / ones.sum()
    dual = inverse @ y
    residual = (dual - np.outer(ones, ones @ y / ones.sum())) / diagonal[:, None]
    return (residual**2).sum()


def corrected(rows, base):
    """Softmax regression in its dual form, as a correction of another's log-probabilities: 60 steps of gradient descent."""
    centre = rows.support.mean(0)
    x = rows.support - centre
    kernel = 1 + x @ x.T / x.shape[1]
    step = 1 / (1 + np.trace(kernel) / 2)
    start = _logarithms(base(rows.asking_support()))
    dual = np.zeros_like(start)
    for _ in range(60):
        p = softmax(start + kernel @ dual)
        dual = dual - step * (p - rows.labels + dual)
    towards = 1 + (rows.query - centre) @ x.T / x.shape[1]
    return shares(softmax(_logarithms(base(rows)) + towards @ dual))


def _logarithms(probabilities):
    return np.log(np.maximum(FLOOR, probabilities))


def shifted(rows, base):
    """Another's numbers, moved by what it missed the support labels by on average."""
    return base(rows) + rows.labels.mean(0) - base(rows.asking_support()).mean(0)


def of_numbers(rows):
    return [
        recent(rows, 1, 0), recent(rows, 0.7, 0), recent(rows, 0, 0), nearest(rows),
        soft_neighbours(rows, 0.1), ridge(rows),
    ]  # fmt: skip


def of_classes(rows):
    return [
        recent(rows, 1, 1), recent(rows, 0.7, 0.5), recent(rows, 0, 0.3), soft_neighbours(rows, 0.5),
        corrected(rows, lambda asked: recent(asked, 1, 1)),
    ]  # fmt: skip
