"""Gradients against differences, and what an adapted version answers."""

import unittest

import numpy as np

from engram import UnreadableVersion
from engram.draws import batches, order
from engram.loss import gradient_of_classes, gradient_of_numbers, softmax
from engram.network import Network
from tests.versions import model

NETWORKS = (
    "input(3) dense(5) tanh batchnorm dense(4) leakyrelu layernorm dense(2) mse",
    "input(2,5,4) conv(3,3,stride=2,same) batchnorm tanh flatten dense(3) softmax",
    "input(2,6,5) conv(3,2,stride=1,valid) tanh layernorm maxpool(2,stride=1) avgpool(2) flatten dense(3) softmax",
    "input(1,7,7) conv(2,3) relu avgpool(2,stride=1) identity flatten dense(2) mse",
)


class GradientTest(unittest.TestCase):
    def test_gradients_are_those_of_the_loss(self):
        for text in NETWORKS:
            network = Network(text)
            draw = np.random.default_rng(3)
            phi = draw.normal(0, 0.5, network.length)
            x = draw.normal(0, 1, (4, network.inputs))
            classes = np.array([0, 1, 1, 0])
            targets = draw.normal(0, 1, (4, network.outputs))

            def loss(at):
                y = network.forward(at, x)
                if network.classes:
                    return -np.log(softmax(y[:, :2])[np.arange(4), classes]).mean()
                return ((y - targets) ** 2).mean()

            tape = []
            y = network.forward(phi, x, tape)
            errors = gradient_of_classes(y, classes, 2) if network.classes else gradient_of_numbers(y, targets)
            found = network.backward(phi, tape, errors)
            for i in range(network.length):
                step = np.zeros_like(phi)
                step[i] = 1e-6
                expected = (loss(phi + step) - loss(phi - step)) / 2e-6
                self.assertAlmostEqual(expected, found[i], delta=1e-6, msg="%s at %d" % (text, i))

    def test_dense_weights_are_column_major(self):
        network = Network("input(2) dense(3) mse")
        y = network.forward(np.arange(9.0), np.array([[1.0, 10.0]]))
        self.assertEqual([[0 + 10 + 6, 2 + 30 + 7, 4 + 50 + 8]], y.tolist())


class AdaptTest(unittest.TestCase):
    ROWS = [[1, 1], [-1, 1], [0, -1]]

    def test_a_handful_of_examples_makes_a_classifier(self):
        mine = model("input(2) dense(16) relu dense(3) softmax", steps=60, optimizer="sgd(0.5)").adapt(
            self.ROWS, ["right", "left", "below"]
        )
        self.assertEqual(["right", "left", "below"], mine.classes)
        self.assertEqual(["left", "right"], mine.predict([[-1, 1], [1, 1]]))
        np.testing.assert_allclose(mine.probabilities(self.ROWS).sum(1), 1)

    def test_the_nearest_prototype_wins_and_a_class_costs_one_example(self):
        mine = model("input(2) dense(3) softmax", steps=1, scope="HEAD", optimizer="prototypes").adapt(
            self.ROWS, ["right", "left", "below"]
        )
        self.assertEqual(["left", "below", "right"], mine.predict([[-3, 1], [0, -0.5], [0.6, 0.9]]))
        logits = -((np.array(self.ROWS) - [0.6, 0.9]) ** 2).sum(1)
        np.testing.assert_allclose(mine.probabilities([[0.6, 0.9]])[0], softmax(logits[None])[0], rtol=1e-5)

    def test_ridge_predicts_numbers_too(self):
        ridge = model("input(1) dense(1) mse", steps=1, scope="HEAD", optimizer="ridge(0.0001,5)")
        line = ridge.adapt([[0], [1], [2]], [1, 3, 5])
        np.testing.assert_allclose(line.predict([[10]])[0, 0], 21, rtol=1e-3)

    def test_classes_of_a_global_space_are_the_versions_own(self):
        known = model("input(2) dense(3) softmax", space="GLOBAL", classes=["a", "b"], steps=0)
        self.assertEqual(["a", "b"], known.adapt([], []).classes)
        with self.assertRaises(ValueError):
            known.adapt([[1, 1]], ["c"])

    def test_one_question_is_not_informed_by_another_unless_the_version_says_so(self):
        text = "input(2) dense(4) batchnorm tanh dense(1) mse"
        alone = model(text).adapt(self.ROWS, [1, 2, 3])
        np.testing.assert_allclose(alone.predict([[1, 2]])[0], alone.predict([[1, 2], [5, 5]])[0])
        together = model(text, normalization="TRANSDUCTIVE").adapt(self.ROWS, [1, 2, 3])
        self.assertNotAlmostEqual(
            together.predict([[1, 2], [2, 2]])[0, 0], together.predict([[1, 2], [5, 5]])[0, 0]
        )

    def test_versions_that_contradict_themselves_are_refused(self):
        text = "input(2) dense(1) mse"
        for how in (
            {"theta": [1.0]},
            {"theta": [1.0, np.nan, 1.0]},
            {"tensors": {"strange": [1.0]}},
            {"tensors": {"inputMean": [0, 0]}},
            {"tensors": {"inputMean": [0, 0], "inputScale": [1, 0]}},
            {"optimizer": "sgd(per-parameter)"},
            {"optimizer": "newton(1)"},
            {"optimizer": "prototypes", "steps": 1, "scope": "HEAD"},
            {"optimizer": "ridge(0,1)", "steps": 1, "scope": "HEAD"},
            {"optimizer": "ridge(1,1)", "steps": 2, "scope": "HEAD"},
            {"optimizer": "ridge(1,1)", "steps": 1},
            {"optimizer": "table"},
            {"optimizer": "table", "tensors": {"tableModel": [1.0]}},
            {"space": "GLOBAL"},
            {"steps": 20_000},
        ):
            with self.assertRaises(UnreadableVersion, msg=str(how)):
                model(text, **how)

    def test_networks_that_are_none_are_refused(self):
        for text in (
            "dense(1) mse",
            "input(2) mse",
            "input(2) dense() mse",
            "input(2) dense(0) mse",
            "input(2) dense(1) relu",
            "input(2) conv(1,1) flatten dense(1) mse",
            "input(1,4,4) conv(1,2,stride=0) flatten dense(1) mse",
            "input(1,4,4) conv(1,5,valid) flatten dense(1) mse",
            "input(1,4,4) dense(1) mse",
            "input(2) gru(3) dense(1) mse",
        ):
            with self.assertRaises((ValueError, IndexError), msg=text):
                Network(text)

    def test_mini_batches_go_through_the_support_set_again_and_again(self):
        drawn = batches(3, 2, 42)
        first = next(drawn) + next(drawn) + next(drawn)
        self.assertEqual([0, 1, 2], sorted(first[:3]))
        self.assertEqual(order(3, 42, 0), first[:3])
        self.assertEqual(order(3, 42, 1), first[3:])


if __name__ == "__main__":
    unittest.main()
