"""The last of all, as unittest goes by names: by now everything was called."""

import docker

from engine import EngineCase, called

# Packs a folder of the client's machine before it asks: refused as the others are.
NOT_CALLED = {"create_plugin"}


class Coverage(EngineCase):
    def test_every_method_was_called(self):
        methods = {
            name
            for owner in docker.APIClient.__mro__ if owner.__module__.startswith("docker.api.")
            for name, value in vars(owner).items()
            if callable(value) and not name.startswith("_")}
        self.assertEqual(set(), methods - called - NOT_CALLED)
