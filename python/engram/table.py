"""A model of tables: the tensor 'tableModel'. It is not adapted by steps; experts are fitted to the support set, and it says
how far to trust each: those of the support set alone, a linear model of all rows, the same adapted, one of differences, one of
views, trees on views, trees that correct it, and two of these less their errors of late."""

import numpy as np

from engram import experts
from engram.trees import LENGTH, Forest

LEVELS = (0.5, 0.8, 0.9, 0.95)
LEARNERS = 6


class Linear:
    """Measures its inputs by their mean and deviation; five deviations either way count."""

    def __init__(self, take, inputs, outputs):
        self._mean, self._deviation = take(inputs), take(inputs)
        flat = take(outputs * (inputs + 1)).reshape(outputs, inputs + 1)
        self._weights, self._intercepts = flat[:, :-1], flat[:, -1]

    def answer(self, rows):
        return measured(rows.astype(np.float64), self._mean, self._deviation) @ self._weights.T + self._intercepts


def measured(rows, mean, deviation):
    varies = deviation > 0
    return np.where(varies, np.clip((rows - mean) / np.where(varies, deviation, 1), -5, 5), 0.0)


class TableModel:
    """Reads the flat tensor; columns, outputs and whether these are classes are those of the network."""

    def __init__(self, flat, columns, outputs, classes):
        self.columns, self.outputs, self.classes = columns, outputs, classes
        at = 0

        def take(count):
            nonlocal at
            at += count
            if at > len(flat):
                raise ValueError("a model of this table is longer than %d numbers" % len(flat))
            return flat[at - count : at].astype(np.float64)

        self._tasks, self._least, self._largest = take(3)
        self._mean, self._deviation = take(columns), take(columns)
        self._label_mean, self._label_deviation = take(outputs), take(outputs)
        view = 2 * columns + 1 + (6 if classes else 8) * outputs
        self._rows = Linear(take, columns, outputs)
        self._changes = None if classes else Linear(take, columns, outputs)
        self._views = Linear(take, view, outputs)
        self._scores = 1 if classes and outputs == 2 else outputs
        rounds = max(20, min(80, 480 // outputs)) if classes and outputs > 2 else 100
        size = self._scores * rounds * LENGTH
        self._alone, self._correcting = (
            Forest(self._scores, rounds, take(size).astype(np.float32), view) for _ in range(2)
        )
        self._trust = take(12 if classes else 14)
        self._width, self._quantiles = take(4), take(len(LEVELS))
        self._looked = min(64, columns)
        self._lately = take(2 * outputs * (self._looked + 1)).reshape(2, outputs, self._looked + 1)
        if at != len(flat):
            raise ValueError("a model of this table is %d numbers, found %d" % (at, len(flat)))

    @property
    def trained(self):
        return self._tasks > 0

    def alone(self, query):
        """[queries, outputs] of a task that nothing is known of: the linear model of all rows, as pooled() says it."""
        found = self._linear(self._measured(query))
        return found if self.classes else self._label_mean + found * self._label_deviation

    def ask(self, support, labels, query):
        """Experts' rows of a task. labels: [rows, outputs] numbers, or a 1 at each class."""
        if not self.trained:
            raise NotImplementedError("this version has learned nothing yet: wait for a later one")
        if not self.classes:
            labels = np.clip((labels - self._label_mean) / self._label_deviation, -50, 50)
        prior = self._label_mean if self.classes else np.zeros(self.outputs)
        return experts.Rows(self._measured(support), labels, self._measured(query), prior)

    def _measured(self, rows):
        return measured(rows, self._mean, self._deviation)

    def answers(self, rows):
        """Of all experts, [experts, queries, outputs], in deviations or probabilities."""
        answers = experts.of_classes(rows) if self.classes else experts.of_numbers(rows)
        views = self._view(rows, answers)
        level, everywhere = answers[0], len(answers)
        linear = self._views.answer(views)
        answers.append(self._everywhere(rows))
        adapt = experts.corrected if self.classes else experts.shifted
        answers.append(adapt(rows, self._everywhere))
        if not self.classes:
            differences = views[:, self.columns : 2 * self.columns]
            answers.append(self._within(level + self._changes.answer(differences)))
        answers.append(self._scored(level, linear))
        prior = np.log(np.maximum(1e-4, self._label_mean)) if self.classes else 0
        answers.append(self._scored(level, prior + self._trees(self._alone, views)))
        answers.append(self._scored(level, linear + self._trees(self._correcting, views)))
        for expert, lately in ((everywhere, 0), (len(answers) - 1, 1)):
            found = answers[expert] + self._missed(lately, rows.query)
            answers.append(experts.shares(found) if self.classes else found)
        return np.array(answers)

    def pooled(self, answers):
        """As one: numbers in the stream's own unit, or probabilities."""
        if self.classes:
            scores = np.tensordot(self._trust, np.log(np.maximum(experts.FLOOR, answers)), 1)
            return experts.shares(experts.softmax(scores))
        first = answers[0]
        pooled = first + np.tensordot(self._trust[1:], answers[1:] - first, 1)
        return self._label_mean + pooled * self._label_deviation

    def half_widths(self, rows, answers, level):
        """[queries, outputs] half of each interval that covers such a share; 0 where nothing is known."""
        learners = answers[-LEARNERS:]
        spread = np.broadcast_to(rows.labels.std(0), learners.shape[1:])
        way = np.sqrt(experts.distances(rows.query, rows.support).min(1) / self.columns)
        signs = [np.log(0.03 + each) for each in (spread, learners.std(0), way[:, None])]
        scale = np.exp(self._width[0] + sum(w * sign for w, sign in zip(self._width[1:], signs)))
        return self._quantiles[LEVELS.index(level)] * scale * self._label_deviation

    def _view(self, rows, answers):
        """Each query row seen through the support set, in single precision."""
        level = answers[0]
        near = experts.nearest(rows) if self.classes else answers[3]
        soft, fit = answers[3:5] if self.classes else answers[4:6]
        parts = [level] + [each - level for each in (answers[1], answers[2], near, soft, fit)]
        if not self.classes:
            time = np.arange(len(rows.labels)) - (len(rows.labels) - 1) / 2
            squares = (time * time).sum()
            off = rows.labels - level[0]
            trend = time @ off / squares if squares > 0 else np.zeros(self.outputs)
            parts += [np.broadcast_to(each, level.shape) for each in (np.sqrt((off * off).mean(0)), trend)]
        said = np.stack(parts, 2).reshape(len(rows.query), -1)
        way = np.sqrt(experts.distances(rows.query, rows.support).min(1) / self.columns)
        view = [rows.query, rows.query - rows.support.mean(0), said, way[:, None]]
        return np.concatenate(view, 1).astype(np.float32)

    def _everywhere(self, rows):
        return self._linear(rows.query)

    def _linear(self, query):
        found = self._rows.answer(query.astype(np.float32))
        return experts.shares(experts.softmax(found)) if self.classes else self._within(found)

    def _scored(self, level, scores):
        return experts.shares(experts.softmax(scores)) if self.classes else self._within(level + scores)

    def _within(self, numbers):
        return np.clip(numbers, self._least, self._largest)

    def _trees(self, forest, views):
        """Scores; of two classes the trees give the second's alone."""
        found = forest.answer(views)
        return found if self._scores == self.outputs else np.hstack([np.zeros_like(found), found])

    def _missed(self, which, query):
        weights = self._lately[which]
        return np.clip(query[:, : self._looked] @ weights[:, :-1].T + weights[:, -1], -3, 3)
