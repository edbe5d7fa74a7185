"""The life of containers, and what is told of them."""

import docker

from engine import IMAGE, EngineCase


class Life(EngineCase):
    def test_run_returns_the_output(self):
        said = self.client.containers.run(IMAGE, ["echo", "hello", "you"], remove=True)
        self.assertEqual(b"hello you\n", said)

    def test_run_of_a_failing_command_raises_with_its_output(self):
        with self.assertRaises(docker.errors.ContainerError) as caught:
            self.client.containers.run(IMAGE, "sh -c 'echo bad >&2; exit 3'", remove=True)
        self.assertEqual(3, caught.exception.exit_status)
        self.assertEqual(b"bad\n", caught.exception.stderr)

    def test_run_of_a_missing_command(self):
        with self.assertRaises(docker.errors.APIError) as caught:
            self.client.containers.run(IMAGE, "nosuchcommand", remove=True)
        self.assertEqual(400, caught.exception.status_code)
        self.assertIn("executable file not found in $PATH", caught.exception.explanation)

    def test_low_level_create_start_wait_remove(self):
        host = self.api.create_host_config(mem_limit="64m", restart_policy={"Name": "no"})
        made = self.api.create_container(
            IMAGE, ["sh", "-c", "exit 7"], name="py-low", host_config=host, labels=["a", "b"])
        self.addCleanup(self.discard, "py-low")
        self.assertEqual([], made["Warnings"])
        self.api.start(made)
        self.assertEqual(7, self.api.wait(made, timeout=30)["StatusCode"])
        seen = self.api.inspect_container("py-low")
        self.assertEqual("exited", seen["State"]["Status"])
        self.assertEqual(64 << 20, seen["HostConfig"]["Memory"])
        self.assertEqual({"a": "", "b": ""}, seen["Config"]["Labels"])
        self.api.remove_container(made)
        with self.assertRaises(docker.errors.NotFound):
            self.api.inspect_container("py-low")

    def test_create_from_a_configuration(self):
        config = self.api.create_container_config(IMAGE, ["true"], hostname="named")
        made = self.api.create_container_from_config(config, "py-config")
        self.addCleanup(self.discard, made["Id"])
        self.assertEqual("named", self.api.inspect_container(made)["Config"]["Hostname"])

    def test_names(self):
        made = self.container(start=False, name="py-one")
        made.rename("py-two")
        made.reload()
        self.assertEqual("py-two", made.name)
        self.assertEqual(made.id, self.client.containers.get("py-two").id)
        self.assertEqual(made.id, self.client.containers.get(made.id[:10]).id)
        self.assertRefused(
            409, "is already in use", self.api.create_container, IMAGE, "true", name="py-two")
        self.assertRefused(400, "same name", self.api.rename, "py-two", "py-two")

    def test_stop_start_restart(self):
        made = self.container(["sh", "-c", "trap 'exit 4' TERM; while :; do sleep 0.1; done"])
        made.stop(timeout=20)
        self.assertEqual(4, made.wait()["StatusCode"])
        made.start()
        made.restart(timeout=20)
        made.reload()
        self.assertEqual("running", made.status)

    def test_kill_by_name_and_number(self):
        for signal, status in (("SIGKILL", 137), (9, 137), (None, 137)):
            made = self.container()
            made.kill(signal)
            self.assertEqual(status, made.wait()["StatusCode"])
        self.assertRefused(400, "Invalid signal: FOO", self.api.kill, self.container().id, "FOO")
        self.assertRefused(409, "is not running", self.api.kill, made.id)

    def test_pause(self):
        made = self.container()
        made.pause()
        made.reload()
        self.assertEqual("paused", made.status)
        self.assertRefused(409, "already paused", self.api.pause, made.id)
        made.unpause()
        made.reload()
        self.assertEqual("running", made.status)
        self.assertRefused(500, "is not paused", self.api.unpause, made.id)

    def test_wait_for_a_condition(self):
        made = self.container(start=False)
        self.assertEqual(0, made.wait(condition="not-running")["StatusCode"])
        if docker.utils.version_gte(self.api._version, "1.42"):
            self.assertRefused(400, "invalid condition", made.wait, condition="nosuch")
        else:
            self.assertEqual(0, made.wait(condition="nosuch")["StatusCode"])

    def test_update(self):
        made = self.container(mem_limit="64m", memswap_limit="64m")
        made.update(mem_limit="128m", memswap_limit="128m", cpu_shares=512,
                    restart_policy={"Name": "on-failure", "MaximumRetryCount": 2})
        made.reload()
        host = made.attrs["HostConfig"]
        self.assertEqual((128 << 20, 512), (host["Memory"], host["CpuShares"]))
        self.assertEqual({"Name": "on-failure", "MaximumRetryCount": 2}, host["RestartPolicy"])

    def test_remove(self):
        made = self.container()
        self.assertRefused(409, "cannot remove", self.api.remove_container, made.id)
        made.remove(force=True, v=True)
        self.assertRefused(404, "No such container", self.api.remove_container, made.id)

    def test_prune(self):
        made = self.container("true", labels={"py-prune": "1"})
        made.wait()
        pruned = self.client.containers.prune({"label": "py-prune"})
        self.assertEqual([made.id], pruned["ContainersDeleted"])
        self.assertEqual([], self.api.prune_containers({"label": ["py-prune"]})["ContainersDeleted"] or [])


class Told(EngineCase):
    def test_list(self):
        on = self.container(labels={"py-list": "on"})
        off = self.container("true", start=False, labels={"py-list": "off"})
        every = self.client.containers.list(all=True, filters={"label": "py-list"})
        self.assertEqual([off.id, on.id], [each.id for each in every], "the newest comes first")
        self.assertEqual([on.id], [c.id for c in self.client.containers.list(filters={"label": "py-list"})])
        for filters, expected in (
                ({"label": ["py-list=off"]}, [off.id]),
                ({"status": "created", "label": "py-list"}, [off.id]),
                ({"id": on.id, "label": "py-list"}, [on.id]),
                ({"name": on.name}, [on.id]),
                ({"ancestor": "py", "label": "py-list"}, []),
                ({"ancestor": IMAGE, "label": "py-list"}, [off.id, on.id]),
                ({"since": on.id, "label": "py-list"}, [off.id]),
                ({"before": off.id, "label": "py-list"}, [on.id]),
        ):
            got = self.client.containers.list(all=True, filters=filters)
            self.assertEqual(expected, [each.id for each in got], filters)
        self.assertEqual([off.id], [c.id for c in self.client.containers.list(limit=1)])
        row = self.api.containers(filters={"id": on.id}, size=True)[0]
        self.assertEqual(["/" + on.name], row["Names"])
        self.assertEqual(("running", IMAGE), (row["State"], row["Image"]))
        self.assertIn("SizeRootFs", row)
        self.assertEqual([{"Id": on.id}], self.api.containers(quiet=True, filters={"id": on.id}))
        self.assertRefused(400, "status", self.api.containers, filters={"status": "nosuch"})

    def test_models(self):
        made = self.container(labels={"x": "y"})
        self.assertEqual({"x": "y"}, made.labels)
        self.assertEqual("running", made.status)
        self.assertEqual([IMAGE], made.image.tags)
        self.assertEqual({}, made.ports)

    def test_top(self):
        top = self.container(["sleep", "77"]).top()
        self.assertIn("PID", top["Titles"])
        self.assertEqual(["sleep 77"], [row[-1] for row in top["Processes"]])
        top = self.api.top(self.container().id, "-o pid,comm")
        self.assertEqual(2, len(top["Titles"]))

    def test_stats(self):
        made = self.container()
        now = made.stats(stream=False)
        self.assertGreater(now["memory_stats"]["usage"], 0)
        self.assertEqual("/" + made.name, now["name"])
        stream = self.api.stats(made.id, decode=True)
        self.assertEqual(made.id, next(stream)["id"])
        stream.close()

    def test_ports(self):
        made = self.container(ports={"80/tcp": ("127.0.0.1", 18180), "53/udp": None})
        bound = self.api.port(made.id, 80)
        self.assertEqual([{"HostIp": "127.0.0.1", "HostPort": "18180"}], bound)
        self.assertEqual(bound, made.ports["80/tcp"])
        self.assertGreater(int(self.api.port(made.id, "53/udp")[0]["HostPort"]), 0)
        self.assertIsNone(self.api.port(made.id, 81))

    def test_changes(self):
        made = self.container("sh -c 'echo x >/tmp/new; rm /etc/group'")
        made.wait()
        changes = {change["Path"]: change["Kind"] for change in made.diff()}
        self.assertEqual((1, 2), (changes["/tmp/new"], changes["/etc/group"]))
        self.assertEqual(made.diff(), self.api.diff(made.id))

    def test_options_reach_the_container(self):
        made = self.container(
            ["sh", "-c", "hostname; busybox id -u; busybox pwd; echo $A; cat /proc/self/oom_score_adj;"
             " ulimit -n; cat /proc/sys/net/core/somaxconn; busybox grep -c other /etc/hosts"],
            hostname="given", user="user", working_dir="/tmp", environment={"A": "b c"},
            oom_score_adj=100, tmpfs={"/x": "mode=1777"}, read_only=True, cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
            ulimits=[docker.types.Ulimit(name="nofile", soft=99, hard=99)],
            extra_hosts={"other": "203.0.113.8"}, sysctls={"net.core.somaxconn": "99"},
            shm_size="8m", init=True)
        self.assertEqual(0, made.wait()["StatusCode"], made.logs())
        self.assertEqual(
            ["given", "1000", "/tmp", "b c", "100", "99", "99", "1"],
            made.logs().decode().split("\n")[:-1])

    def test_health(self):
        second = 1_000_000_000
        made = self.container(healthcheck={
            "test": ["CMD", "true"], "interval": second // 10, "timeout": 5 * second, "retries": 3})
        for event in self.api.events(
                since=0, decode=True, filters={"container": made.id, "event": "health_status"}):
            self.assertEqual("health_status: healthy", event["status"])
            break
        made.reload()
        self.assertEqual("healthy", made.attrs["State"]["Health"]["Status"])
