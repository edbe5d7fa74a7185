package io.jdocker.network.ipam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.Cidr;
import io.jdocker.network.NetworkOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubnetChooserTest {
  private final SubnetChooser chooser =
      new SubnetChooser(NetworkOptions.of(Path.of("/nowhere")).pools());

  @Test
  void takesDockersPoolsInOrder() {
    List<Cidr> taken = new ArrayList<>();
    for (int i = 17; i < 32; i++) {
      Cidr next = chooser.choose(taken);
      assertEquals("172." + i + ".0.0/16", next.toString());
      taken.add(next);
    }
    assertEquals("192.168.0.0/20", chooser.choose(taken).toString());
  }

  @Test
  void skipsWhatTheHostUses() {
    assertEquals(
        "172.19.0.0/16",
        chooser.choose(List.of(Cidr.of("172.17.5.1/32"), Cidr.of("172.18.128.0/17"))).toString());
  }

  @Test
  void saysWhenNothingIsLeft() {
    assertThrows(Unavailable.class, () -> chooser.choose(List.of(Cidr.of("0.0.0.0/0"))));
    assertThrows(
        Forbidden.class,
        () -> SubnetChooser.requireFree(Cidr.of("10.0.0.0/24"), List.of(Cidr.of("10.0.0.0/8"))));
  }
}
