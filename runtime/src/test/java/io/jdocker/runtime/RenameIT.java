package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.network.NetworkSpec;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another name, and who has to know it. */
final class RenameIT {
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private Container create(String name, Specs specs) {
    return test.engine().containers().create(name, specs.spec());
  }

  private void rename(String from, String to) {
    test.engine().containers().rename(from, to);
  }

  @Test
  void itIsFoundByTheNewNameAloneAndTheOldOneIsFree() {
    Container container = create("before", Specs.run("true"));
    rename("before", "after");
    assertEquals("after", container.record().name());
    assertEquals(container, test.engine().containers().get("after"));
    assertThrows(NotFound.class, () -> test.engine().containers().get("before"));
    create("before", Specs.run("true"));
    rename("after", "/slash");
    assertEquals("slash", container.record().name());
    Event event =
        test.engine().events().past().stream()
            .filter(e -> e.action().equals("rename"))
            .findFirst()
            .orElseThrow();
    assertEquals("/before", event.attributes().get("oldName"));
    assertEquals("after", event.attributes().get("name"));
  }

  @Test
  void theNameOutlivesTheEngine() {
    Container container = create("before", Specs.run("true"));
    rename("before", "after");
    test.reopen();
    assertEquals(container.id(), test.engine().containers().get("after").id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''     | Neither old nor new names may be empty",
        "mine   | Renaming a container with the same name as its current name",
        "/mine  | Renaming a container with the same name as its current name",
        "x      | Error when allocating new name: Invalid container name (x), only"
            + " [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
        "a b    | Error when allocating new name: Invalid container name (a b), only"
            + " [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
      })
  void whatIsNoNameIsRefused(String name, String message) {
    create("mine", Specs.run("true"));
    assertEquals(
        message, assertThrows(InvalidArgument.class, () -> rename("mine", name)).getMessage());
    assertTrue(test.engine().containers().find("mine").isPresent());
  }

  @Test
  void aNameThatIsTakenStaysWithItsOwner() {
    Container mine = create("mine", Specs.run("true"));
    Container other = create("other", Specs.run("true"));
    String message = assertThrows(Conflict.class, () -> rename("mine", "other")).getMessage();
    assertTrue(
        message.startsWith(
            "Error when allocating new name: Conflict. The container name \"/other\" is already in"
                + " use by container \""
                + other.id()
                + "\""),
        message);
    assertEquals(mine, test.engine().containers().get("mine"));
    assertEquals(other, test.engine().containers().get("other"));
  }

  private String hosts(Container container) throws Exception {
    return test.exec(container, Specs.exec("cat", "/etc/hosts")).stdout();
  }

  private static NetworkingSpec linked(String... links) {
    return NetworkingSpec.standard("bridge").withLinks(List.of(links));
  }

  @Test
  void linksFollowNowAndAtTheNextStart() throws Exception {
    Container target =
        create("target", Specs.run("sleep", "1000").networking(NetworkingSpec.standard("bridge")));
    test.engine().containers().start("target");
    Container linking =
        create("linking", Specs.run("sleep", "1000").networking(linked("target:db", "target")));
    test.engine().containers().start("linking");
    String before = hosts(linking);
    assertTrue(before.contains("db " + target.id().shortForm() + " target"), before);
    rename("target", "moved");
    String now = hosts(linking);
    assertTrue(now.contains("db " + target.id().shortForm() + " moved"), now);
    test.engine().containers().restart("linking", Optional.of("KILL"), Optional.empty());
    String then = hosts(linking);
    assertTrue(then.contains("db " + target.id().shortForm() + " moved"), then);
    assertTrue(then.contains("target " + target.id().shortForm() + " moved"), then);
  }

  @Test
  void whoSharesItsNetworkFollows() throws Exception {
    create("target", Specs.run("sleep", "1000"));
    test.engine().containers().start("target");
    create(
        "sharing",
        Specs.run("sleep", "1000").networking(NetworkingSpec.standard("container:target")));
    rename("target", "moved");
    test.engine().containers().start("sharing");
    assertTrue(test.engine().containers().get("sharing").state().status().isAlive());
    test.engine().containers().kill("sharing", "");
    test.awaitExit("sharing");
  }

  @Test
  void neighboursOnANetworkFindItByTheNewName() throws Exception {
    test.engine().networks().create(NetworkSpec.bridge("own"));
    Container one =
        create("one1", Specs.run("sleep", "1000").networking(NetworkingSpec.standard("own")));
    Container two =
        create("two2", Specs.run("sleep", "1000").networking(NetworkingSpec.standard("own")));
    test.engine().containers().start("one1");
    test.engine().containers().start("two2");
    rename("two2", "newname");
    String address =
        test.engine()
            .networks()
            .find(two.id().hex())
            .orElseThrow()
            .endpoints()
            .get(0)
            .address()
            .orElseThrow()
            .address()
            .toString();
    String found = test.exec(one, Specs.exec("ping", "-c", "1", "-W", "5", "newname")).stdout();
    assertTrue(found.contains(address), found);
  }
}
