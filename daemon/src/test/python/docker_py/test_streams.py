"""Attach, logs, exec, terminals and archives: everything that is a stream."""

import io
import tarfile

from engine import IMAGE, EngineCase, archive


def unpack(chunks):
    """The files of a tar that came in pieces, by name."""
    with tarfile.open(fileobj=io.BytesIO(b"".join(chunks))) as tar:
        return {m.name: tar.extractfile(m).read() if m.isfile() else None for m in tar.getmembers()}


class Logs(EngineCase):
    def test_options(self):
        made = self.container("sh -c 'echo one; echo two; echo err >&2'")
        made.wait()
        self.assertEqual(b"one\ntwo\n", made.logs(stderr=False))
        self.assertEqual(b"err\n", made.logs(stdout=False))
        self.assertEqual(b"two\nerr\n", made.logs(tail=2))
        self.assertRegex(made.logs(stdout=False, timestamps=True), rb"^\d{4}-\d\d-\d\dT\S+Z err\n$")
        self.assertEqual(b"", made.logs(since=4000000000))
        self.assertEqual(b"", made.logs(until=1))

    def test_follow(self):
        made = self.container("sh -c 'for i in 1 2 3; do echo $i; sleep 0.1; done'")
        self.assertEqual([b"1\n", b"2\n", b"3\n"], list(made.logs(stream=True, follow=True)))

    def test_of_a_terminal(self):
        made = self.container("sh -c 'echo out; echo err >&2'", tty=True)
        made.wait()
        self.assertEqual(b"out\r\nerr\r\n", made.logs())


class Attach(EngineCase):
    def test_output(self):
        made = self.container(["cat"], start=False, stdin_open=True)
        socket = made.attach_socket(params={"stdin": 1, "stream": 1})
        chunks = self.api.attach(made.id, stream=True, demux=True)
        made.start()
        socket._sock.sendall(b"through cat\n")
        self.assertEqual((b"through cat\n", None), next(chunks))
        made.kill()
        self.assertEqual([], list(chunks))
        socket.close()

    def test_end_of_input_ends_the_process(self):
        config = self.api.create_container(IMAGE, ["cat"], stdin_open=True)
        self.addCleanup(self.discard, config["Id"])
        self.assertTrue(self.api.inspect_container(config)["Config"]["StdinOnce"])
        socket = self.api.attach_socket(config, {"stdin": 1, "stdout": 1, "stream": 1})
        self.api.start(config)
        socket._sock.sendall(b"all of it")
        socket._sock.shutdown(1)
        self.assertEqual(0, self.api.wait(config)["StatusCode"])
        self.assertEqual(b"all of it", self.api.logs(config))
        socket.close()

    def test_terminal(self):
        made = self.container(["sh"], tty=True, stdin_open=True)
        made.resize(31, 97)
        socket = self.api.attach_socket(made.id, {"stdin": 1, "stdout": 1, "stream": 1})
        socket._sock.settimeout(30)
        socket._sock.sendall(b"stty size; exit\n")
        seen = b""
        while b"31 97" not in seen:
            more = socket._sock.recv(1000)
            self.assertTrue(more, seen)
            seen += more
        socket.close()


class Exec(EngineCase):
    def test_run(self):
        made = self.container()
        self.assertEqual((0, b"x\n"), self.execute(made, "echo x"))
        self.assertEqual(
            (5, (b"out\n", b"err\n")),
            self.execute(made, "echo out; echo err >&2; exit 5", demux=True))
        self.assertEqual(
            (0, b"b 1000 /tmp\n"),
            self.execute(made, "echo $A $(busybox id -u) $(busybox pwd)",
                         environment={"A": "b"}, user="user", workdir="/tmp"))
        self.assertEqual((0, b"yes\r\n"), self.execute(made, "echo yes", tty=True))

    def test_stream_and_detach(self):
        made = self.container()
        code, output = self.execute(made, "echo a; sleep 0.1; echo b", stream=True)
        self.assertIsNone(code)
        self.assertEqual(b"a\nb\n", b"".join(output))
        made.exec_run("sh -c 'echo done >/tmp/mark'", detach=True)
        self.assertEqual(
            (0, b"done\n"), self.execute(made, "until cat /tmp/mark; do sleep 0.1; done 2>/dev/null"))

    def test_socket(self):
        made = self.container()
        _, socket = made.exec_run("cat", stdin=True, socket=True)
        socket._sock.sendall(b"there and back\n")
        socket._sock.shutdown(1)
        frames = b""
        while True:
            more = socket._sock.recv(1000)
            if not more:
                break
            frames += more
        self.assertEqual(b"\x01\0\0\0\0\0\0\x0fthere and back\n", frames)
        socket.close()

    def test_low_level(self):
        made = self.container()
        exec_id = self.api.exec_create(made.id, ["sh", "-c", "exit 9"], tty=True)
        self.assertFalse(self.api.exec_inspect(exec_id)["Running"])
        self.assertIsNone(self.api.exec_inspect(exec_id)["ExitCode"])
        self.api.exec_start(exec_id, tty=True)
        self.assertEqual(9, self.api.exec_inspect(exec_id)["ExitCode"])
        running = self.api.exec_create(made.id, ["sleep", "60"], tty=True)
        self.api.exec_start(running, detach=True, tty=True)
        self.api.exec_resize(running, 10, 20)
        self.assertTrue(self.api.exec_inspect(running)["Running"])

    def test_refusals(self):
        made = self.container("true")
        made.wait()
        self.assertRefused(409, "is not running", self.api.exec_create, made.id, "true")
        self.assertRefused(404, "No such exec instance", self.api.exec_inspect, "nosuch")
        self.assertRefused(404, "No such container", self.api.exec_create, "nosuch", "true")


class Archives(EngineCase):
    def test_in_and_out(self):
        made = self.container(start=False)
        self.assertTrue(made.put_archive("/tmp", archive({"d": None, "d/f": b"content"})))
        chunks, stat = made.get_archive("/tmp/d")
        self.assertEqual("d", stat["name"])
        self.assertEqual({"d": None, "d/f": b"content"}, unpack(chunks))
        chunks, stat = self.api.get_archive(made.id, "/tmp/d/f")
        self.assertEqual(7, stat["size"])
        self.assertEqual({"f": b"content"}, unpack(chunks))
        self.assertRefused(404, "Could not find the file", self.api.get_archive, made.id, "/nosuch")
        self.assertTrue(self.api.put_archive(made.id, "/tmp", archive({"g": b""})))

    def test_export(self):
        made = self.container("sh -c 'echo x >/tmp/x'")
        made.wait()
        self.assertEqual(b"x\n", unpack(made.export())["tmp/x"])
        self.assertEqual(b"x\n", unpack(self.api.export(made.id))["tmp/x"])

    def test_commit(self):
        made = self.container("sh -c 'echo x >/tmp/x'", labels={"a": "b"})
        made.wait()
        image = made.commit("py-commit", "2", message="m", author="who", changes="CMD cat /tmp/x",
                            conf={"Labels": {"c": "d"}})
        self.addCleanup(self.api.remove_image, "py-commit:2", True)
        self.assertEqual(["py-commit:2"], image.tags)
        self.assertEqual(("m", "who"), (image.attrs["Comment"], image.attrs["Author"]))
        self.assertEqual("d", image.labels["c"])
        self.assertEqual(b"x\n", self.client.containers.run("py-commit:2", remove=True))
        again = self.api.commit(made.id)
        self.api.remove_image(again)
