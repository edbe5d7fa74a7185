package io.jdocker.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.overlay.ClusterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingTest {
  @TempDir private Path root;

  private Optional<ClusterOptions> chosen(String... flags) {
    List<String> arguments = new ArrayList<>(List.of("--root", root.toString()));
    arguments.addAll(List.of(flags));
    return DaemonOptions.parse(arguments).cluster();
  }

  @Test
  void flagsComeInAnyOrder() {
    assertEquals(Optional.empty(), chosen(), "what was chosen before counts");
    assertEquals(
        Optional.of(
            new ClusterOptions(
                "etcds://a:1,b:2", "eth1", Map.of("kv.path", "/p", "kv.cacertfile", "/x=y.pem"))),
        chosen(
            "--cluster-store-opt=kv.path=/p",
            "--cluster-advertise",
            "eth1",
            "--cluster-store=etcds://a:1,b:2",
            "--cluster-store-opt",
            "kv.cacertfile=/x=y.pem"));
    assertEquals(Optional.of(ClusterOptions.of("none")), chosen("--cluster-store", "none"));
  }

  @Test
  void aFileHasDockersKeys() throws IOException {
    Files.writeString(
        root.resolve("daemon.json"),
        "{\"cluster-store\": \"etcd://a:1\", \"cluster-advertise\": \"eth1:2376\","
            + " \"cluster-store-opts\": {\"kv.path\": \"/p\", \"discovery.ttl\": \"60\"}}");
    assertEquals(
        Optional.of(
            new ClusterOptions(
                "etcd://a:1", "eth1:2376", Map.of("kv.path", "/p", "discovery.ttl", "60"))),
        chosen());
  }

  @ParameterizedTest
  @CsvSource({
    "--cluster-advertise=eth0,"
        + " --cluster-advertise and --cluster-store-opt go with a --cluster-store",
    "--cluster-store-opt=kv.path=/p,"
        + " --cluster-advertise and --cluster-store-opt go with a --cluster-store",
    "--cluster-store-opt=kv.path, 'invalid cluster-store-opt \"kv.path\": write name=value'",
    "--cluster-store=consul://a,"
        + " 'invalid cluster store \"consul://a\": it begins with neither etcd:// nor etcds://'",
  })
  void mistakesAreNamed(String flag, String message) {
    assertEquals(message, assertThrows(InvalidArgument.class, () -> chosen(flag)).getMessage());
  }
}
