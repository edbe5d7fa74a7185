"""Networks, volumes, the engine itself, and what it has not."""

import datetime
import threading

import docker
from docker.types import EndpointConfig, IPAMConfig, IPAMPool, Mount

from engine import IMAGE, CountingClient, EngineCase


class Networks(EngineCase):
    def network(self, name, **options):
        made = self.client.networks.create(name, **options)
        self.addCleanup(self.forget, name)
        return made

    def forget(self, name):
        try:
            self.api.remove_network(name)
        except docker.errors.NotFound:
            pass

    def test_life(self):
        ipam = IPAMConfig(pool_configs=[IPAMPool(subnet="10.88.7.0/24", gateway="10.88.7.9")])
        made = self.network("py-net", driver="bridge", ipam=ipam, labels={"a": "b"},
                            options={"com.docker.network.bridge.name": "pynet0"},
                            check_duplicate=True, attachable=True)
        self.assertEqual("py-net", made.name)
        self.assertEqual(made.id, self.client.networks.get("py-net").id)
        seen = self.api.inspect_network(made.id)
        self.assertEqual([{"Subnet": "10.88.7.0/24", "Gateway": "10.88.7.9"}], seen["IPAM"]["Config"])
        self.assertEqual({"a": "b"}, seen["Labels"])
        self.assertEqual([made.id], [n.id for n in self.client.networks.list(names=["py-net"])])
        self.assertEqual([made.id], [n["Id"] for n in self.api.networks(filters={"label": "a=b"})])
        self.assertRefused(409, "already exists", self.api.create_network, "py-net")
        made.remove()
        self.assertRefused(404, "not found", self.api.inspect_network, "py-net")

    def test_connect(self):
        made = self.network("py-two")
        one = self.container(network="py-two", name="py-alpha")
        two = self.container()
        made.connect(two, aliases=["beta"])
        code, said = self.execute(one, "busybox nslookup beta")
        self.assertEqual(0, code, said)
        made.reload()
        self.assertEqual({one.id, two.id}, {c.id for c in made.containers})
        made.disconnect(two)
        made.reload()
        self.assertEqual([one.id], [c.id for c in made.containers])
        self.api.connect_container_to_network(two.id, made.id, ipv4_address=None)
        self.api.disconnect_container_from_network(two.id, made.id, force=True)
        self.assertRefused(403, "active endpoints", self.api.remove_network, "py-two")

    def test_endpoint_configuration(self):
        self.network("py-ep", ipam=IPAMConfig(pool_configs=[IPAMPool(subnet="10.88.8.0/24")]))
        config = self.api.create_networking_config(
            {"py-ep": self.api.create_endpoint_config(aliases=["x"], ipv4_address="10.88.8.77")})
        made = self.api.create_container(
            IMAGE, "sleep 60", networking_config=config,
            host_config=self.api.create_host_config(network_mode="py-ep"))
        self.addCleanup(self.discard, made["Id"])
        self.api.start(made)
        ep = self.api.inspect_container(made)["NetworkSettings"]["Networks"]["py-ep"]
        self.assertEqual("10.88.8.77", ep["IPAddress"])
        self.assertIn("x", ep["Aliases"])
        self.assertIsInstance(EndpointConfig("1.41"), dict)

    def test_prune(self):
        self.network("py-prune", labels={"py-p": ""})
        self.assertEqual(["py-prune"], self.client.networks.prune({"label": "py-p"})["NetworksDeleted"])
        self.assertIsNone(self.api.prune_networks({"label": "py-p"})["NetworksDeleted"])


class Volumes(EngineCase):
    def test_life(self):
        made = self.client.volumes.create("py-vol", driver="local", labels={"a": "b"})
        self.addCleanup(self.api.remove_volume, "py-vol", True)
        self.assertEqual("py-vol", made.name)
        self.assertEqual({"a": "b"}, self.api.inspect_volume("py-vol")["Labels"])
        self.assertEqual(made.attrs, self.api.create_volume("py-vol"))
        self.assertEqual(["py-vol"], [v.name for v in self.client.volumes.list(filters={"name": "py-vol"})])
        self.assertIn("py-vol", [v["Name"] for v in self.api.volumes()["Volumes"]])
        self.client.containers.run(
            IMAGE, "sh -c 'echo kept >/v/f'", remove=True, volumes={"py-vol": {"bind": "/v", "mode": "rw"}})
        said = self.client.containers.run(
            IMAGE, "cat /v/f", remove=True, mounts=[Mount("/v", "py-vol", read_only=True)])
        self.assertEqual(b"kept\n", said)
        user = self.container(volumes=["py-vol:/v:ro"])
        self.assertRefused(409, "volume is in use", self.api.remove_volume, "py-vol")
        user.remove(force=True)

    def test_remove_and_prune(self):
        self.client.volumes.create("py-gone").remove(force=True)
        self.assertRefused(404, "no such volume", self.api.inspect_volume, "py-gone")
        self.client.volumes.create("py-prune", labels={"py-vp": ""})
        filters = {"label": "py-vp", "all": True}
        try:
            pruned = self.client.volumes.prune(filters)
        except docker.errors.APIError:
            pruned = self.api.prune_volumes({"label": "py-vp"})
        self.assertEqual(["py-prune"], pruned["VolumesDeleted"])


class Engine(EngineCase):
    def test_about(self):
        self.assertTrue(self.client.ping())
        version = self.client.version()
        self.assertEqual(("1.51", "1.24"), (version["ApiVersion"], version["MinAPIVersion"]))
        info = self.client.info()
        self.assertEqual("linux", info["OSType"])
        self.assertEqual("inactive", info["Swarm"]["LocalNodeState"])
        self.assertEqual({"LayersSize", "Images", "Containers", "Volumes"},
                         {"LayersSize", "Images", "Containers", "Volumes"} & set(self.client.df()))
        self.assertEqual([], self.client.plugins.list())
        self.api.reload_config()

    def test_every_version(self):
        for minor in (24, 30, 35, 40, 41, 44, 51):
            client = CountingClient(base_url=self.url, version="1.%d" % minor)
            self.assertTrue(client.ping())
            self.assertIn("Containers", client.info())
            client.close()
        client = docker.APIClient(base_url=self.url, version="1.52")
        self.assertRefused(400, "too new", client.info)
        client.close()

    def test_events(self):
        since = datetime.datetime.utcnow() - datetime.timedelta(seconds=1)
        stream = self.client.events(decode=True, filters={"label": "py-events"})
        seen = []
        reader = threading.Thread(target=lambda: seen.extend(e["Action"] for e in stream))
        reader.start()
        self.client.containers.run(IMAGE, "true", labels=["py-events"], remove=True)
        past = list(self.api.events(
            since=since, until=datetime.datetime.utcnow() + datetime.timedelta(seconds=1),
            decode=True, filters={"label": "py-events"}))
        self.assertEqual(["create", "start", "die", "destroy"], [e["Action"] for e in past])
        stream.close()
        reader.join(30)
        self.assertEqual(["create", "start", "die", "destroy"], seen)

    def test_swarm_is_not_on(self):
        api = self.api
        spec = {"Name": "x"}
        template = docker.types.TaskTemplate(docker.types.ContainerSpec("x"))
        for call in (
                api.inspect_swarm, api.nodes, api.services, api.tasks, api.secrets, api.configs,
                api.get_unlock_key, api.init_swarm, api.leave_swarm,
                lambda: api.join_swarm(["127.0.0.1"], "x"),
                lambda: api.unlock_swarm("key"),
                lambda: api.update_swarm(1, api.create_swarm_spec()),
                lambda: api.inspect_node("x"), lambda: api.remove_node("x"),
                lambda: api.update_node("x", 1, spec),
                lambda: api.create_service(template), lambda: api.inspect_service("x"),
                lambda: api.remove_service("x"), lambda: next(api.service_logs("x")),
                lambda: api.update_service("x", 1, template),
                lambda: api.inspect_task("x"),
                lambda: api.create_secret("x", b"y"), lambda: api.inspect_secret("x"),
                lambda: api.remove_secret("x"),
                lambda: api.create_config("x", b"y"), lambda: api.inspect_config("x"),
                lambda: api.remove_config("x")):
            self.assertRefused(503, "This node is not a swarm manager", call)

    def test_plugins_are_not_there(self):
        api = self.api
        self.assertEqual([], api.plugins())
        for call in (api.inspect_plugin, api.remove_plugin, api.enable_plugin, api.disable_plugin,
                     lambda name: api.configure_plugin(name, ["a=b"]),
                     lambda name: api.upgrade_plugin(name, "x", [])):
            self.assertRefused(404, 'plugin "nosuch" not found', call, "nosuch")
        # docker-py asks for a pull of it, which no version of Docker has.
        self.assertRefused(404, "page not found", api.push_plugin, "nosuch")
        self.assertRefused(501, "plugins", api.plugin_privileges, "x")
        self.assertRefused(501, "plugins", api.pull_plugin, "x", [])
