package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkModeTest {
  @ParameterizedTest
  @ValueSource(strings = {"bridge", "host", "none", "container:web", "ns:/run/netns/x", "blue"})
  void aModeReadsAsItIsWritten(String text) {
    assertEquals(text, NetworkMode.parse(text).text());
  }

  @Test
  void nothingAndDefaultMeanTheBridge() {
    assertEquals(new NetworkMode.Bridge(), NetworkMode.parse(""));
    assertEquals(new NetworkMode.Bridge(), NetworkMode.parse("default"));
    assertEquals(new NetworkMode.NamespacePath(Path.of("/x")), NetworkMode.parse("ns:/x"));
    assertEquals(new NetworkMode.Container("c1"), NetworkMode.parse("container:c1"));
  }
}
