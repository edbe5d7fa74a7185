package io.jdocker.cli.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemVerbsTest {
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
  void versionShowsBothSides() {
    engine.announce("1.41");
    engine.answer(
        "GET /version",
        """
        {"Version":"20.1","ApiVersion":"1.41","MinAPIVersion":"1.12","GoVersion":"go1","GitCommit":"c",
         "BuildTime":"2026-05-07T21:09:36.000000000+00:00","Os":"linux","Arch":"amd64",
         "Components":[{"Name":"Engine","Version":"20.1"},
           {"Name":"runc","Version":"1.1","Details":{"GitCommit":"r"}}]}
        """);
    String out = Typed.at(engine, "version").out();
    assertTrue(out.contains(" API version:       1.41 (downgraded from 1.51)\n"), out);
    assertTrue(
        out.endsWith(
            """

            Server:
             Engine:
              Version:          20.1
              API version:      1.41 (minimum version 1.12)
              Go version:       go1
              Git commit:       c
              Built:            Thu May  7 21:09:36 2026
              OS/Arch:          linux/amd64
              Experimental:     false
             runc:
              Version:          1.1
              GitCommit:        r
            """),
        out);
    assertEquals(
        "20.1 amd64\n",
        Typed.at(engine, "version", "-f", "{{.Server.Version}} {{.Client.Arch}}").out());
  }

  @Test
  void versionWithoutAnEngineShowsTheClientAndFails() {
    Typed typed = Typed.alone("-H", "unix://" + directory + "/none", "version");
    assertEquals(1, typed.code());
    assertTrue(typed.out().startsWith("Client:\n Version: "), typed.out());
    assertTrue(typed.err().startsWith("Cannot connect to the jdocker daemon"), typed.err());
  }

  @Test
  void eventsAreOneLineEach() {
    engine.answer(
        "GET /events",
        "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"abc\",\"Attributes\":"
            + "{\"name\":\"x\",\"image\":\"bb\"}},\"time\":1,\"timeNano\":1000000005}\n"
            + "{\"Type\":\"network\",\"Action\":\"create\",\"Actor\":{\"ID\":\"n\"},\"time\":2}\n");
    List<String> lines =
        List.of(
            Typed.at(engine, "events", "--since", "1", "-f", "type=container")
                .out()
                .split("\n", -1));
    assertTrue(lines.get(0).contains("01.000000005"), lines.get(0));
    assertTrue(lines.get(0).endsWith(" container start abc (image=bb, name=x)"), lines.get(0));
    assertTrue(lines.get(1).endsWith(" network create n"), lines.get(1));
    assertEquals("start\ncreate\n", Typed.at(engine, "events", "--format", "{{.Action}}").out());
    assertEquals(
        "GET /events?since=1&filters=%7B%22type%22%3A%7B%22container%22%3Atrue%7D%7D",
        engine.lines().get(0));
  }

  @Test
  void dfSumsUp() {
    engine.answer(
        "GET /system/df",
        """
        {"LayersSize":2000000,"Images":[{"Size":2000000,"Containers":0}],
         "Containers":[{"State":"running","SizeRw":10},{"State":"exited","SizeRw":30}],
         "Volumes":[{"UsageData":{"Size":7,"RefCount":1}}],"BuildCache":[]}
        """);
    assertEquals(
        """
        TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE
        Images          1         0         2MB       2MB (100%)
        Containers      2         1         40B       30B (75%)
        Local Volumes   1         1         7B        0B (0%)
        Build Cache     0         0         0B        0B
        """,
        Typed.at(engine, "system", "df").out());
  }

  @Test
  void pruneGoesThroughAllKinds() {
    engine.answer("POST /containers/prune", "{\"ContainersDeleted\":[\"c\"],\"SpaceReclaimed\":1}");
    engine.answer("POST /networks/prune", "{\"NetworksDeleted\":[\"n\"]}");
    engine.answer("POST /volumes/prune", "{\"VolumesDeleted\":null,\"SpaceReclaimed\":2}");
    engine.answer(
        "POST /images/prune",
        "{\"ImagesDeleted\":[{\"Deleted\":\"sha256:a\"},{\"Untagged\":\"b:1\"}],"
            + "\"SpaceReclaimed\":1000}");
    assertEquals(
        """
        Deleted Containers:
        c

        Deleted Networks:
        n

        Deleted Images:
        deleted: sha256:a
        untagged: b:1

        Total reclaimed space: 1.003kB
        """,
        Typed.at(engine, "system", "prune", "-f", "--volumes").out());
  }

  @Test
  void infoShowsTheMachine() {
    engine.answer(
        "GET /info",
        """
        {"Containers":2,"ContainersRunning":1,"ServerVersion":"9","Driver":"overlay2",
         "DriverStatus":[["Backing Filesystem","extfs"]],"MemTotal":25276100608,"NCPU":2,
         "SecurityOptions":["name=seccomp,profile=default"],"Plugins":{"Network":["bridge","host"]},
         "Swarm":{"LocalNodeState":"inactive"},"Runtimes":{"b":{},"a":{}},"Warnings":["no swap"]}
        """);
    Typed typed = Typed.at(engine, "info");
    for (String line :
        List.of(
            " Containers: 2",
            "  Running: 1",
            "  Backing Filesystem: extfs",
            "  Network: bridge host",
            " Runtimes: a b",
            "  seccomp",
            "   Profile: default",
            " Total Memory: 23.54GiB")) {
      assertTrue(typed.out().contains("\n" + line + "\n"), line + " in " + typed.out());
    }
    assertEquals("no swap\n", typed.err());
    assertEquals("9\n", Typed.at(engine, "info", "-f", "{{.ServerVersion}}").out());
  }
}
