"""The registry over HTTP: for whoever has no client of Kafka."""

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

from engram.errors import EngramError
from engram.model import Model


class Registry:
    """Asks the registry at a URL; by default that of ENGRAM_REGISTRY_URL, or http://localhost:8480. Reading needs no token."""

    def __init__(self, url=None, timeout=30):
        self._url = (url or os.environ.get("ENGRAM_REGISTRY_URL") or "http://localhost:8480").rstrip("/")
        self._timeout = timeout

    def models(self):
        """Name, champion, number of versions … of every model."""
        return self._json("/v1/models")["models"]

    def versions(self, model, limit=50):
        """The newest versions with their metrics, the newest first."""
        return self._json("%s/versions?limit=%d" % (_path(model), limit))["versions"]

    def model(self, name="default", version="champion"):
        """A version by number or alias: a Model. Its checksum is verified."""
        path = "%s/versions/%s" % (_path(name), urllib.parse.quote(str(version), safe=""))
        answer = self._json(path)
        # The version by its number: an alias may have moved on between the two calls.
        number = "%s/versions/%d" % (_path(name), answer["version"])
        return Model(manifest(answer), self._get(number + "/parameters"))

    def follow(self, name="default", every=5.0, stop=None):
        """Yields the champion, and each one after it. Looks every so many seconds; waits for the first.

        stop: a function that says when to end. A registry that cannot be reached is asked again.
        """
        held = None
        while stop is None or not stop():
            try:
                champion = self._json(_path(name))["champion"]
                if champion is not None and champion != held:
                    held = champion
                    yield self.model(name, champion)
                    continue
            except (OSError, Unavailable, NotThere):
                pass  # not now, or no version yet: look again
            time.sleep(every)

    def _json(self, path):
        return json.loads(self._get(path))

    def _get(self, path):
        try:
            with urllib.request.urlopen(self._url + path, timeout=self._timeout) as answer:
                return answer.read()
        except urllib.error.HTTPError as e:
            problem = e.read().decode("utf-8", "replace")
            kind = NotThere if e.code == 404 else Unavailable if e.code >= 500 or e.code == 429 else EngramError
            raise kind("%d from %s: %s" % (e.code, path, problem)) from e


class NotThere(EngramError):
    """The registry knows no such model or version."""


class Unavailable(EngramError):
    """The registry cannot answer now."""


def manifest(answer):
    """A version's JSON as the fields of a record ModelManifest."""
    fields = {
        name: answer[name]
        for name in (
            "version", "candidateId", "createdAt", "network", "labelSpace", "classes",
            "adaptation", "tensors", "byteLength", "sha256", "lineage", "metrics",
        )
    }  # fmt: skip
    fields["modelName"] = answer["model"]
    return fields


def _path(model):
    return "/v1/models/" + urllib.parse.quote(model, safe="")
