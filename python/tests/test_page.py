"""What docs/wire.md says, computed."""

import json
import re
import unittest

import numpy as np

from tests.test_wire import ROOT
from tests.versions import model

PAGE = (ROOT / "docs/wire.md").read_text(encoding="utf-8")


class PageTest(unittest.TestCase):
    def test_the_worked_example(self):
        said = json.loads(re.search(r"```json inner-loop\n(.*?)```", PAGE, re.S).group(1))
        scale = {name: said[name] for name in ("inputMean", "inputScale")}
        version = model(
            said["network"], theta=said["theta"], tensors=scale, steps=said["steps"], optimizer=said["optimizer"]
        )
        mine = version.adapt(said["support"], said["targets"])
        np.testing.assert_allclose(mine._fitted.phi, said["phi"], rtol=1e-6)
        np.testing.assert_allclose(mine.predict([said["question"]])[0], said["answer"], rtol=1e-6)


if __name__ == "__main__":
    unittest.main()
