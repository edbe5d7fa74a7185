package io.jdocker.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkVerbsTest {
  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  @Test
  void addressesGoToTheSubnetTheyLieIn() {
    engine.answer("POST /networks/create", 201, "{\"Id\":\"abc\",\"Warning\":\"\"}");
    assertEquals(
        new Typed(0, "abc\n", ""),
        Typed.at(
            engine,
            "network",
            "create",
            "--subnet",
            "10.9.0.0/24",
            "--subnet",
            "fd00::/64",
            "--gateway",
            "fd00::1",
            "--gateway",
            "10.9.0.254",
            "--ip-range",
            "10.9.0.128/25",
            "--aux-address",
            "a=10.9.0.5",
            "--internal",
            "--label",
            "x=y",
            "-o",
            "k=v",
            "--ipv6",
            "n"));
    assertEquals(
        "{\"Name\":\"n\",\"Driver\":\"bridge\",\"Internal\":true,\"IPAM\":{\"Driver\":\"default\","
            + "\"Config\":[{\"Subnet\":\"10.9.0.0/24\",\"IPRange\":\"10.9.0.128/25\","
            + "\"Gateway\":\"10.9.0.254\",\"AuxiliaryAddresses\":{\"a\":\"10.9.0.5\"}},"
            + "{\"Subnet\":\"fd00::/64\",\"Gateway\":\"fd00::1\"}]},\"Options\":{\"k\":\"v\"},"
            + "\"Labels\":{\"x\":\"y\"},\"EnableIPv6\":true}",
        engine.body("POST /networks/create"));
  }

  @Test
  void anAddressOutsideEverySubnetIsRefused() {
    assertEquals(
        new Typed(1, "", "no matching subnet for gateway 10.8.0.1\n"),
        Typed.at(
            engine, "network", "create", "--subnet", "10.9.0.0/24", "--gateway", "10.8.0.1", "n"));
    assertEquals(
        new Typed(1, "", "every ip-range or gateway must have a corresponding subnet\n"),
        Typed.at(engine, "network", "create", "--gateway", "10.8.0.1", "n"));
    assertEquals(List.of(), engine.lines());
  }

  @Test
  void networksAreSortedByName() {
    engine.answer(
        "GET /networks",
        "[{\"Id\":\"bbbbbbbbbbbbbbbb\",\"Name\":\"z\",\"Driver\":\"bridge\",\"Scope\":\"local\"},"
            + "{\"Id\":\"a\",\"Name\":\"host\",\"Driver\":\"host\",\"Scope\":\"local\"}]");
    assertEquals(
        """
        NETWORK ID     NAME      DRIVER    SCOPE
        a              host      host      local
        bbbbbbbbbbbb   z         bridge    local
        """,
        Typed.at(engine, "network", "ls").out());
    assertEquals("a\nbbbbbbbbbbbb\n", Typed.at(engine, "network", "ls", "-q").out());
  }

  @Test
  void connectSendsTheEndpoint() {
    engine.answer("POST /networks/n/connect", 200, "");
    Typed.at(engine, "network", "connect", "--alias", "a", "--ip", "1.2.3.4", "n", "c");
    assertEquals(
        "{\"Container\":\"c\",\"EndpointConfig\":{\"IPAMConfig\":{\"IPv4Address\":\"1.2.3.4\"},"
            + "\"Aliases\":[\"a\"]}}",
        engine.body("POST /networks/n/connect"));
  }

  @Test
  void aFailedRemovalAddsDockersLastLine() {
    engine.refuse("DELETE /networks/n", 404, "network n not found");
    assertEquals(
        new Typed(1, "", "Error response from daemon: network n not found\nexit status 1\n"),
        Typed.at(engine, "network", "rm", "n"));
    assertEquals(new Typed(0, "", ""), Typed.at(engine, "network", "rm", "-f", "n"));
  }

  @Test
  void volumesAreCreatedAndListed() {
    engine.answer("POST /volumes/create", 201, "{\"Name\":\"v\"}");
    assertEquals("v\n", Typed.at(engine, "volume", "create", "-o", "a=b", "v").out());
    assertEquals(
        "{\"Name\":\"v\",\"Driver\":\"local\",\"DriverOpts\":{\"a\":\"b\"}}",
        engine.body("POST /volumes/create"));
    engine.answer(
        "GET /volumes", "{\"Volumes\":[{\"Name\":\"z\",\"Driver\":\"local\"},{\"Name\":\"b\"}]}");
    assertEquals(
        "DRIVER    VOLUME NAME\n          b\nlocal     z\n",
        Typed.at(engine, "volume", "ls").out());
  }

  @Test
  void volumePruneWithAllSaysSoToNewEngines() {
    engine.answer("POST /volumes/prune", "{\"VolumesDeleted\":[\"v\"],\"SpaceReclaimed\":0}");
    assertEquals(
        "Deleted Volumes:\nv\n\nTotal reclaimed space: 0B\n",
        Typed.at(engine, "volume", "prune", "-f", "-a").out());
    engine.announce("1.41");
    Typed.at(engine, "volume", "prune", "-f", "-a");
    assertEquals(
        List.of(
            "POST /volumes/prune?filters=%7B%22all%22%3A%7B%22true%22%3Atrue%7D%7D",
            "POST /volumes/prune"),
        engine.lines());
  }
}
