"""Questions, labels and answers, against the golden files that Java wrote."""

import unittest

import engram
from tests.test_wire import golden


class QuestionsTest(unittest.TestCase):
    def test_questions_and_labels_are_javas_bytes(self):
        key, value = engram.encode_question("k", [1.5, -2, 0], id="q-1")
        self.assertEqual(b"k", key)
        self.assertEqual(golden("UnlabeledExample.1"), value)
        self.assertEqual(golden("LateLabel.1"), engram.encode_label("k", "q-1", 2.75)[1])

    def test_an_answer_is_read(self):
        answer = engram.decode_answer(golden("Answer.1"))
        self.assertEqual("q-1", answer["exampleId"])
        self.assertEqual([2.5], list(answer["outcome"]["values"]))
        self.assertEqual({"level": 0.9, "lower": 1.5, "upper": 3.5}, answer["outcome"]["interval"])

    def test_something_else_is_refused_by_name(self):
        with self.assertRaisesRegex(engram.WireError, "found a Task, expected an Answer"):
            engram.decode_answer(golden("Task.2"))

    def test_a_question_needs_a_key(self):
        with self.assertRaises(ValueError):
            engram.encode_question("", [1])
