"""Images: import, build, load, save, names, registries."""

import io
import os
import tarfile
import tempfile

import docker

from engine import IMAGE, EngineCase, archive

REGISTRY = os.environ.get("REGISTRY", "")
DOCKERFILE = b"FROM py:1\nARG WHO=nobody\nLABEL made=here\nRUN echo $WHO >/who\nCMD cat /who\n"


class Stored(EngineCase):
    def test_list_and_inspect(self):
        names = [tag for image in self.client.images.list() for tag in image.tags]
        self.assertIn(IMAGE, names)
        self.assertEqual([[IMAGE]], [i.tags for i in self.client.images.list("py", filters={"reference": "py:1"})])
        image = self.client.images.get(IMAGE)
        self.assertEqual(image.id, self.client.images.get(image.short_id).id)
        self.assertEqual("linux", self.api.inspect_image(IMAGE)["Os"])
        self.assertEqual([image.id], list(dict.fromkeys(self.api.images("py", quiet=True))))
        with self.assertRaises(docker.errors.ImageNotFound):
            self.client.images.get("nosuch")
        self.assertRefused(400, "nosuch", self.api.images, filters={"nosuch": "x"})

    def test_history(self):
        self.assertEqual([IMAGE], self.client.images.get(IMAGE).history()[0]["Tags"])

    def test_tag_and_remove(self):
        image = self.client.images.get(IMAGE)
        self.assertTrue(image.tag("other", "9"))
        self.assertEqual(image.id, self.client.images.get("other:9").id)
        self.client.images.remove("other:9")
        self.assertRefused(404, "No such image", self.api.remove_image, "other:9")
        self.assertTrue(self.api.tag(IMAGE, "other", "10", force=True))
        self.assertEqual([{"Untagged": "other:10"}], self.api.remove_image("other:10"))

    def test_save_and_load(self):
        image = self.client.images.get(IMAGE)
        saved = b"".join(image.save(named=True))
        with tarfile.open(fileobj=io.BytesIO(saved)) as tar:
            self.assertIn("manifest.json", tar.getnames())
        self.assertEqual([image.id], [each.id for each in self.client.images.load(saved)])
        self.assertIn(b"manifest.json", b"".join(self.api.get_image(IMAGE)))
        said = list(self.api.load_image(saved))
        self.assertIn("Loaded image: py:1", "".join(line.get("stream", "") for line in said))

    def test_imports(self):
        data = archive({"f": b"x"})
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            self.api.import_image_from_file(file.name, "py-import", "1")
            self.api.import_image(file.name, "py-import", "2")
            # No file object: docker-py would announce chunks and send none, with a length beside.
            self.api.import_image_from_stream(iter([data]), "py-import", "3")
        names = [tag for image in self.client.images.list("py-import") for tag in image.tags]
        self.assertEqual({"py-import:1", "py-import:2", "py-import:3"}, set(names))
        for name in names:
            self.api.remove_image(name)
        for bad in (lambda: self.api.import_image_from_url("http://127.0.0.1:1/x", "py-import", "4"),
                    lambda: self.api.import_image_from_image("127.0.0.1:1/nosuch", "py-import", "4")):
            try:
                self.assertIn("error", bad())
            except docker.errors.APIError as refused:
                self.assertGreaterEqual(refused.status_code, 400)

    def test_prune(self):
        self.assertEqual([], self.client.images.prune({"label": "py-nosuch"})["ImagesDeleted"] or [])
        self.assertIn("SpaceReclaimed", self.api.prune_images({"dangling": True, "label": "py-nosuch"}))
        self.assertIn("SpaceReclaimed", self.client.images.prune_builds())
        self.assertIn("SpaceReclaimed", self.api.prune_builds())


class Build(EngineCase):
    def test_of_a_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "Dockerfile"), "wb") as file:
                file.write(DOCKERFILE)
            image, log = self.client.images.build(
                path=folder, tag="py-build:1", buildargs={"WHO": "me"}, rm=True, labels={"x": "y"})
        self.addCleanup(self.api.remove_image, "py-build:1", True)
        self.assertEqual(["py-build:1"], image.tags)
        self.assertEqual({"made": "here", "x": "y"}, image.labels)
        said = "".join(line.get("stream", "") for line in log)
        self.assertIn("Step 1/5 : FROM py:1", said)
        self.assertIn("Successfully tagged py-build:1", said)
        self.assertEqual(b"me\n", self.client.containers.run("py-build:1", remove=True))

    def test_of_a_file_object(self):
        lines = list(self.api.build(fileobj=io.BytesIO(b"FROM py:1\nENV A=b\n"), decode=True, rm=True))
        image = [line["aux"]["ID"] for line in lines if "aux" in line][-1]
        self.assertIn("A=b", self.api.inspect_image(image)["Config"]["Env"])
        self.api.remove_image(image, force=True)

    def test_of_an_archive_with_a_file_elsewhere(self):
        context = archive({"d": None, "d/File": b"FROM py:1\nCOPY d/File /copied\n"})
        image, _ = self.client.images.build(
            fileobj=io.BytesIO(context), custom_context=True, dockerfile="d/File", tag="py-build:2")
        self.addCleanup(self.api.remove_image, "py-build:2", True)
        self.assertEqual(["py-build:2"], image.tags)

    def test_failures(self):
        with self.assertRaises(docker.errors.BuildError) as caught:
            self.client.images.build(fileobj=io.BytesIO(b"FROM py:1\nRUN exit 3\n"))
        self.assertIn("returned a non-zero code: 3", caught.exception.msg)
        self.assertRefused(400, "", self.api.build, fileobj=io.BytesIO(b"NOSUCH\n"))


class Registry(EngineCase):
    def name(self, repository):
        if not REGISTRY:
            self.skipTest("no registry was given")
        return REGISTRY + "/" + repository

    def test_push_pull_inspect(self):
        name = self.name("py/app")
        self.api.tag(IMAGE, name, "1")
        said = list(self.client.images.push(name, "1", stream=True, decode=True))
        self.assertTrue(said[-1]["aux"]["Digest"].startswith("sha256:"), said)
        self.assertIn('"aux"', self.api.push(name, tag="1"))
        self.client.images.remove(name + ":1")
        image = self.client.images.pull(name, tag="1")
        self.assertEqual([name + ":1"], [tag for tag in image.tags if tag.startswith(REGISTRY)])
        said = list(self.api.pull(name, "1", stream=True, decode=True))
        self.assertIn("Image is up to date", said[-1]["status"])
        data = self.client.images.get_registry_data(name + ":1")
        self.assertTrue(data.has_platform("linux/amd64"))
        self.assertEqual(data.id, self.api.inspect_distribution(name + ":1")["Descriptor"]["digest"])
        self.assertEqual(image.id, data.pull().id)
        self.client.images.remove(name + ":1", force=True)

    def test_login(self):
        host = self.name("x").split("/")[0]
        try:
            self.assertIn("Status", self.api.login("who", "secret", registry="http://" + host, reauth=True))
        except docker.errors.APIError as refused:
            self.assertIn(refused.status_code, (401, 500), refused)

    def test_what_is_not_there(self):
        with self.assertRaises(docker.errors.NotFound):
            self.client.images.pull(self.name("nosuch"), tag="1")
        with self.assertRaises(docker.errors.APIError):
            self.api.search("")
