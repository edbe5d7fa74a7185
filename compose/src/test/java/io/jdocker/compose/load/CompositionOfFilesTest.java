package io.jdocker.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.compose.ProjectFolder;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code extends} and {@code include}. */
class CompositionOfFilesTest {
  @TempDir Path temporary;
  private ProjectFolder folder;

  @BeforeEach
  void make() {
    folder = new ProjectFolder(temporary);
  }

  private String refused() {
    return assertThrows(InvalidArgument.class, folder::load)
        .getMessage()
        .replace(temporary + "/", "");
  }

  @Test
  void aServiceExtendsAnotherOfItsFile() {
    folder.write(
        "compose.yaml",
        """
        services:
          base: {image: b, environment: {A: 1, B: 1}, command: [one]}
          middle: {extends: base, environment: {B: 2}}
          app: {extends: {service: middle}, environment: {C: 3}, command: [two]}
        """);
    Service app = folder.load().services().get("app");
    assertEquals("b", app.origin().image());
    assertEquals(Optional.of(List.of("two")), app.command().words());
    assertEquals(Set.of("A", "B", "C"), app.command().environment().keySet());
    assertEquals(Optional.of("2"), app.command().environment().get("B"));
  }

  @Test
  void aServiceExtendsOneOfAnotherFileWhosePathsAreItsOwn() {
    folder.write("common/base.env", "FROM=common");
    folder.write(
        "common/base.yaml",
        """
        services:
          base: {build: ./ctx, env_file: base.env, volumes: ["./data:/data"], extends: root}
          root: {user: nobody}
        """);
    folder.write(
        "compose.yaml",
        "services: {app: {extends: {file: common/base.yaml, service: base}, image: x}}");
    Service app = folder.load().services().get("app");
    assertEquals(temporary + "/common/ctx", app.origin().build().orElseThrow().context());
    assertEquals(temporary + "/common/data", app.storage().mounts().get(0).source());
    assertEquals(Optional.of("common"), app.command().environment().get("FROM"));
    assertEquals("nobody", app.command().user());
  }

  @Test
  void aRingOfExtensionsIsNamed() {
    folder.write("compose.yaml", "services:\n  a:\n    extends: b\n  b:\n    extends: a\n");
    assertEquals(
        "validating compose.yaml:3:5: circular reference with extends: compose.yaml#a extends"
            + " compose.yaml#b extends compose.yaml#a",
        refused());
  }

  @Test
  void whatIsExtendedMustBeThere() {
    folder.write("compose.yaml", "services:\n  a:\n    image: x\n    extends: nope\n");
    assertEquals(
        "validating compose.yaml:4:14: cannot extend service \"a\" in compose.yaml: service"
            + " \"nope\" not found",
        refused());
    folder.write("compose.yaml", "services: {a: {extends: {file: gone.yaml, service: b}}}");
    assertTrue(assertThrows(NotFound.class, folder::load).getMessage().contains("gone.yaml"));
  }

  @Test
  void anIncludedFileHasAFolderAndVariablesOfItsOwn() {
    folder.write(".env", "TAG=outer\nONLY=outer\n");
    folder.write("sub/.env", "TAG=inner\nMORE=inner\n");
    folder.write(
        "sub/compose.yaml",
        """
        services:
          db: {image: "db:$TAG-$ONLY-$MORE", volumes: ["./data:/data"], networks: [back]}
        networks: {back: {}}
        """);
    folder.write(
        "compose.yaml",
        """
        include: [sub/compose.yaml]
        services: {app: {image: "app:$TAG", depends_on: [db]}}
        """);
    Project project = folder.load();
    assertEquals("db:outer-outer-inner", project.services().get("db").origin().image());
    assertEquals("app:outer", project.services().get("app").origin().image());
    assertEquals(
        temporary + "/sub/data", project.services().get("db").storage().mounts().get(0).source());
    assertTrue(project.networks().containsKey("back"));
  }

  @Test
  void severalFilesOfOneIncludeAreMerged() {
    folder.write("sub/one.yaml", "services: {db: {image: one}}");
    folder.write("sub/two.yaml", "services: {db: {user: two}}");
    folder.write("compose.yaml", "include: [{path: [sub/one.yaml, sub/two.yaml]}]");
    Service db = folder.load().services().get("db");
    assertEquals("one two", db.origin().image() + " " + db.command().user());
  }

  @Test
  void whatIsDefinedTwiceIsRefused() {
    folder.write("sub.yaml", "services:\n  app: {image: theirs}\n");
    folder.write("compose.yaml", "include: [sub.yaml]\nservices:\n  app: {image: own}\n");
    assertEquals(
        "validating compose.yaml:3:3: services.app conflicts with imported resource of"
            + " sub.yaml:2:3",
        refused());
  }

  @Test
  void aRingOfIncludesIsNamed() {
    folder.write("compose.yaml", "include: [b.yaml]\nservices: {a: {image: x}}");
    folder.write("b.yaml", "include:\n  - compose.yaml\n");
    assertEquals(
        "validating b.yaml:2:5: include cycle detected: compose.yaml includes b.yaml includes"
            + " compose.yaml",
        refused());
  }

  @Test
  void anIncludeMustNameAFile() {
    folder.write("compose.yaml", "include: [nope.yaml]");
    assertTrue(
        assertThrows(NotFound.class, folder::load).getMessage().contains("compose.yaml:1:11"));
    folder.write("compose.yaml", "include: [{paths: a}]");
    assertEquals(
        "validating compose.yaml:1:12: include additional properties 'paths' not allowed",
        refused());
  }
}
