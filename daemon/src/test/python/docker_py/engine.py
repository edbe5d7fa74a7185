"""What the tests of docker-py share: a client that counts its calls, and an image."""

import io
import os
import tarfile
import unittest

import docker

IMAGE = "py:1"
BUSYBOX = "/bin/busybox"
APPLETS = ["sh", "cat", "echo", "sleep", "true", "false", "ls", "hostname", "env", "stty", "tail", "nc"]

# Every public method of APIClient that was called, by its name.
called = set()


class CountingClient(docker.APIClient):
    """An APIClient that notes which of its methods are used."""

    def __getattribute__(self, name):
        if not name.startswith("_"):
            called.add(name)
        return super().__getattribute__(name)


def archive(files):
    """A tar of {name: content}; a content that is None is a folder, a pair is a link."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.mode = 0o755
            if content is None:
                entry.type = tarfile.DIRTYPE
                tar.addfile(entry)
            elif isinstance(content, tuple):
                entry.type = tarfile.SYMTYPE
                entry.linkname = content[0]
                tar.addfile(entry)
            else:
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def busybox():
    """A root file system with a shell."""
    with open(BUSYBOX, "rb") as file:
        files = {"bin": None, "etc": None, "tmp": None, "bin/busybox": file.read()}
    for applet in APPLETS:
        files["bin/" + applet] = ("busybox",)
    files["etc/passwd"] = b"root:x:0:0:root:/:/bin/sh\nuser:x:1000:1000::/:/bin/sh\n"
    files["etc/group"] = b"root:x:0:\nuser:x:1000:\n"
    return archive(files)


class EngineCase(unittest.TestCase):
    """A test with a client; what it makes through `container` is removed after it."""

    @classmethod
    def setUpClass(cls):
        cls.url = os.environ["DOCKER_HOST"]
        cls.api = CountingClient(base_url=cls.url, version="auto", timeout=60)
        cls.client = docker.DockerClient(base_url=cls.url, version="auto", timeout=60)
        cls.client.api = cls.api
        try:
            cls.api.inspect_image(IMAGE)
        except docker.errors.ImageNotFound:
            cls.api.import_image_from_data(
                busybox(), repository="py", tag="1", changes=["CMD /bin/sh"])

    @classmethod
    def tearDownClass(cls):
        cls.client.close()

    def container(self, command="sleep 60", start=True, **options):
        """A container of the high-level client, removed when the test is over."""
        made = self.client.containers.create(options.pop("image", IMAGE), command, **options)
        self.addCleanup(self.discard, made.id)
        if start:
            made.start()
            made.reload()
        return made

    def discard(self, name):
        try:
            self.api.remove_container(name, v=True, force=True)
        except docker.errors.NotFound:
            pass  # the test has removed it itself

    def execute(self, made, script, **options):
        """Runs a script in a container.

        docker-py reads the head of the answer through a buffer and the rest past it: output that
        comes in the same moment is lost, with every engine. So a script does not begin at once.
        """
        return made.exec_run(["sh", "-c", "sleep 0.3; " + script], **options)

    def assertRefused(self, status, text, call, *arguments, **options):
        """The call ends in an error of the API with this status and text in it."""
        with self.assertRaises(docker.errors.APIError) as caught:
            answer = call(*arguments, **options)
            if hasattr(answer, "__next__"):
                list(answer)
        self.assertEqual(status, caught.exception.status_code, caught.exception)
        self.assertIn(text, str(caught.exception.explanation))
