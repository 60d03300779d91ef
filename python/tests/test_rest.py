"""A version over HTTP."""

import json
import threading
import unittest
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer

from engram import EngramError, Registry, UnreadableVersion
from tests.versions import manifest_of


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.server.answers.get(self.path)
        if callable(found):
            found = found()
        self.send_response(200 if found is not None else 404)
        self.end_headers()
        self.wfile.write(found if isinstance(found, bytes) else json.dumps(found).encode())

    def log_message(self, *arguments):
        pass


class RestTest(unittest.TestCase):
    def setUp(self):
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.server.answers = {}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.registry = Registry("http://127.0.0.1:%d/" % self.server.server_port)

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def serve(self, version, corrupt=False):
        fields, data = manifest_of("input(2) dense(1) mse", version=version)
        at = datetime.fromtimestamp(fields["createdAt"] / 1000, timezone.utc).isoformat()
        answer = dict(fields, model=fields.pop("modelName"), createdAt=at)
        path = "/v1/models/a%20b/versions/"
        self.server.answers[path + "champion"] = self.server.answers[path + str(version)] = answer
        self.server.answers[path + "%d/parameters" % version] = data[:-1] + b"x" if corrupt else data
        self.server.answers["/v1/models/a%20b"] = {"champion": version}

    def test_a_version_by_alias_and_those_that_follow(self):
        with self.assertRaisesRegex(EngramError, "404"):
            self.registry.model("a b")
        self.serve(1)
        self.assertEqual(1, self.registry.model("a b").version)
        seen = []
        for model in self.registry.follow("a b", every=0.01, stop=lambda: len(seen) == 3):
            seen.append(model.version)
            self.serve(model.version + 1)
        self.assertEqual([1, 2, 3], seen)

    def test_corrupt_bytes_make_no_version(self):
        self.serve(1, corrupt=True)
        with self.assertRaisesRegex(UnreadableVersion, "corrupt"):
            self.registry.model("a b")


if __name__ == "__main__":
    unittest.main()
