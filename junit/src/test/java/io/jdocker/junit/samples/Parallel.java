package io.jdocker.junit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.engine.Container;
import io.jdocker.engine.Network;
import io.jdocker.junit.ContainerFixture;
import io.jdocker.junit.Jdocker;
import io.jdocker.junit.NetworkFixture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests at the same time, each with a network and a container of the same names. */
@Jdocker
@Execution(ExecutionMode.CONCURRENT)
public class Parallel {
  @NetworkFixture private Network network;

  @ContainerFixture(
      image = "busybox",
      command = {"sleep", "600"},
      network = "network",
      aliases = "same")
  private Container container;

  @RepeatedTest(value = 6, name = "{currentRepetition}")
  void eachHasItsOwn(RepetitionInfo info) {
    container.files().write("/number", "" + info.getCurrentRepetition());
    assertEquals("" + info.getCurrentRepetition(), container.exec("cat", "/number").stdout());
    assertEquals(1, network.members().size());
  }
}
