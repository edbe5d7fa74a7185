package io.jdocker.junit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.engine.Container;
import io.jdocker.engine.ContainerRequest;
import io.jdocker.engine.Image;
import io.jdocker.engine.Network;
import io.jdocker.engine.Volume;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What annotations may say, and in which words it is refused; no engine is needed for it. */
class FixtureRulesTest {
  /** Its fields are wishes; the container of {@code image} is that of an image fixture. */
  @SuppressWarnings("unused") // read by their annotations
  private static final class Wishes {
    @ContainerFixture(image = "app")
    private static Container plain;

    @ContainerFixture(
        image = "app",
        user = "1000",
        command = {"a", "b"},
        entrypoint = "e",
        environment = {"A=1", "B="},
        ports = {80, 443},
        tmpfs = "/t",
        volumes = "data:/d",
        network = "own",
        memory = 1 << 26)
    private static Container rich;

    @ContainerFixture private static Container nothing;

    @ContainerFixture(image = "app", environment = "A")
    private static Container noValue;

    @ContainerFixture(image = "app", volumes = ":/d")
    private static Container noVolume;

    @ContainerFixture(image = "app", ports = 70_000)
    private static Container noPort;

    @ContainerFixture(image = "app", waitFor = @WaitFor)
    private static Container nothingToWaitFor;

    @ContainerFixture(image = "app", waitFor = @WaitFor(http = "/"))
    private static Container noPortToAsk;

    @ContainerFixture(image = "app", waitFor = @WaitFor(log = "("))
    private static Container brokenPattern;

    @ContainerFixture(
        image = "app",
        ports = 80,
        waitFor = {
          @WaitFor(http = "/", status = 204),
          @WaitFor(port = 81, log = "ready", times = 2),
          @WaitFor(
              healthy = true,
              exec = {"a", "b"},
              completed = true,
              seconds = 300)
        })
    private static Container everyWait;

    @ContainerFixture(request = "staticRequest")
    private static Container byMethod;

    @ContainerFixture(request = "instanceRequest")
    private static Container byInstanceMethod;

    @ContainerFixture(request = "wrongType")
    private static Container byWrongType;

    @ContainerFixture(request = "nosuch")
    private static Container byNone;

    @ContainerFixture(request = "failing")
    private static Container byFailing;

    static ContainerRequest staticRequest() {
      return ContainerRequest.image("static").build();
    }

    ContainerRequest instanceRequest() {
      return ContainerRequest.image("instance").build();
    }

    static String wrongType() {
      return "busybox";
    }

    static ContainerRequest failing() {
      throw new IllegalStateException("mine");
    }
  }

  /** One mistake each, found before anything is made. */
  static class WrongNetwork {
    @NetworkFixture static String network;
  }

  static class FinalVolume {
    @VolumeFixture static final Volume VOLUME = null;
  }

  static class WrongImage {
    @ImageFixture(reference = "busybox")
    static Container image;
  }

  static class NoSource {
    @ImageFixture static Image image;
  }

  static class AllSources {
    @ImageFixture(reference = "a", archive = "b", folder = "c")
    static Image image;
  }

  static class InstanceField {
    @NetworkFixture String network;
  }

  private static final Image APP =
      new Image(
          "sha256:" + "a".repeat(64),
          List.of("app:1", "app:latest"),
          1,
          Instant.EPOCH,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Map.of());

  private final Fixtures fixtures = new Fixtures(Optional.empty());
  private final FixtureMaker maker = new FixtureMaker(null, fixtures);

  private static ContainerFixture wish(String field) {
    try {
      return Wishes.class.getDeclaredField(field).getAnnotation(ContainerFixture.class);
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private ContainerRequest request(String field) {
    fixtures.add("app", APP);
    return maker.request(field, wish(field));
  }

  private String refusal(String field) {
    return assertThrows(ExtensionConfigurationException.class, () -> request(field)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({"A=1, A, 1", "A=, A, ''", "A=b=c, A, b=c", "a b=c d, a b, c d", "A==, A, ="})
  void aVariableIsItsNameAndAllBehindTheFirstSign(String text, String name, String value) {
    assertEquals(new Variable(name, value), Variable.parse("db", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "=", "=1", "A 1"})
  void aVariableWithoutNameOrSignIsRefused(String text) {
    assertEquals(
        "\"" + text + "\" of db is not of the form NAME=value",
        assertThrows(ExtensionConfigurationException.class, () -> Variable.parse("db", text))
            .getMessage());
  }

  @Test
  void aContainerIsOfTheImageFixtureAndNamedAfterItsField() {
    ContainerRequest request = request("plain");
    assertEquals("app:1", request.image(), "the first of its names");
    assertTrue(request.name().matches("plain-[0-9a-f]{8}"), request.name());
    assertNotEquals(request.name(), request("plain").name(), "tests may run at the same time");
  }

  @Test
  void anImageWithoutANameIsItsId() {
    fixtures.add(
        "app",
        new Image(
            APP.id(),
            List.of(),
            1,
            Instant.EPOCH,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of()));
    assertEquals(APP.id(), maker.request("plain", wish("plain")).image());
  }

  @Test
  void anAnnotationWithAllElementsMakesARequest() {
    assertTrue(request("rich").name().startsWith("rich-"));
  }

  @Test
  void whatAContainerCannotBeMadeOfIsNamed() {
    assertEquals(
        "the container nothing needs an image, or a method that makes its request",
        refusal("nothing"));
    assertEquals("\"A\" of noValue is not of the form NAME=value", refusal("noValue"));
    assertEquals(
        "the volume \":/d\" of container noVolume is not of the form NAME:/path",
        refusal("noVolume"));
    assertEquals(
        "port 70000 is not in 1 to 65535",
        assertThrows(RuntimeException.class, () -> request("noPort")).getMessage());
  }

  @Test
  void aWaitForNothingIsAMistakeAndNotAnEnd() {
    assertEquals(
        "a @WaitFor says nothing to wait for: give it a port, log, http, healthy, exec or"
            + " completed",
        assertThrows(
                ExtensionConfigurationException.class, () -> Waits.of(wish("nothingToWaitFor")))
            .getMessage());
    assertEquals(
        "the wait for GET / needs a port, or the container one in ports",
        assertThrows(ExtensionConfigurationException.class, () -> Waits.of(wish("noPortToAsk")))
            .getMessage());
    assertThrows(PatternSyntaxException.class, () -> Waits.of(wish("brokenPattern")));
  }

  @Test
  void everyKindOfWaitIsAccepted() {
    assertDoesNotThrow(() -> Waits.of(wish("everyWait")));
    assertDoesNotThrow(() -> Waits.of(wish("plain")), "ready when started");
  }

  private ContainerRequest byMethod(String field, Optional<Object> instance) {
    return FixtureFields.request(maker, Wishes.class, instance, field, wish(field));
  }

  @Test
  void aMethodMakesTheRequest() {
    Optional<Object> instance = Optional.of(new Wishes());
    assertEquals("static", byMethod("byMethod", Optional.empty()).image());
    assertEquals("static", byMethod("byMethod", instance).image());
    assertEquals("instance", byMethod("byInstanceMethod", instance).image());
  }

  @ParameterizedTest
  @CsvSource({
    "byInstanceMethod, false, ' static', instanceRequest",
    "byWrongType, false, ' static', wrongType",
    "byWrongType, true, '', wrongType",
    "byNone, false, ' static', nosuch",
    "byNone, true, '', nosuch",
  })
  void aMethodThatDoesNotFitIsNamed(String field, boolean hasInstance, String kind, String method) {
    Optional<Object> instance = hasInstance ? Optional.of(new Wishes()) : Optional.empty();
    assertEquals(
        Wishes.class.getName()
            + " has no"
            + kind
            + " method "
            + method
            + "() that returns a ContainerRequest",
        assertThrows(ExtensionConfigurationException.class, () -> byMethod(field, instance))
            .getMessage());
  }

  @Test
  void aMethodThatFailsFailsTheTestWithItsOwnException() {
    assertEquals(
        "mine",
        assertThrows(IllegalStateException.class, () -> byMethod("byFailing", Optional.empty()))
            .getMessage());
  }

  private String unfilled(Class<?> testClass) {
    FixtureFields fields = new FixtureFields(maker, testClass, Optional.empty());
    return assertThrows(ExtensionConfigurationException.class, fields::fill).getMessage();
  }

  @Test
  void aFieldThatCannotHoldItsFixtureIsNamed() {
    assertTrue(
        unfilled(WrongNetwork.class)
            .endsWith(
                "WrongNetwork.network must be of type "
                    + Network.class.getName()
                    + " for its annotation"));
    assertTrue(
        unfilled(WrongImage.class)
            .endsWith(
                "WrongImage.image must be of type "
                    + Image.class.getName()
                    + " for its annotation"));
    assertTrue(
        unfilled(FinalVolume.class)
            .endsWith("FinalVolume.VOLUME must not be final: it is to be filled"));
  }

  @ParameterizedTest
  @ValueSource(classes = {NoSource.class, AllSources.class})
  void anImageHasOneSource(Class<?> testClass) {
    assertEquals(
        "the image image needs exactly one of reference, archive and folder", unfilled(testClass));
  }

  @Test
  void fieldsOfInstancesAreNotFilledForTheClass() {
    new FixtureFields(maker, InstanceField.class, Optional.empty()).fill();
    FixtureFields ofInstance =
        new FixtureFields(maker, InstanceField.class, Optional.of(new InstanceField()));
    assertThrows(ExtensionConfigurationException.class, ofInstance::fill);
  }

  @Test
  void fixturesAreFoundByFieldAndTypeAndFromTheClassBelow() {
    Fixtures inner = new Fixtures(Optional.of(fixtures));
    fixtures.add("app", APP);
    assertEquals(Optional.of(APP), fixtures.find("app", Image.class));
    assertEquals(Optional.of(APP), inner.find("app", Image.class));
    assertEquals(Optional.empty(), inner.find("app", Network.class));
    assertEquals(Optional.empty(), inner.find("other", Image.class));
    assertEquals(List.of(), inner.containers());
    inner.close();
    assertEquals(Optional.of(APP), fixtures.find("app", Image.class), "images stay");
  }

  @Test
  void aNearerFixtureHidesTheFartherOfItsName() {
    Fixtures inner = new Fixtures(Optional.of(fixtures));
    fixtures.add("app", APP);
    Image other =
        new Image(
            "sha256:" + "b".repeat(64),
            List.of(),
            1,
            Instant.EPOCH,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    inner.add("app", other);
    assertEquals(Optional.of(other), inner.find("app", Image.class));
    assertEquals(Optional.of(APP), fixtures.find("app", Image.class));
  }
}
