package io.jdocker.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The house as ARCHITECTURE.md draws it, held against the compiled classes. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.jdocker");

  private final Modules modules = new Modules(CLASSES);

  @Test
  void everyModuleWasRead() {
    for (String name : Modules.NAMES) {
      assertTrue(
          CLASSES.stream().anyMatch(c -> c.getPackageName().startsWith("io.jdocker." + name)),
          name);
    }
  }

  @Test
  void arrowsPointOneWayOnly() {
    assertEquals(Set.of(), modules.usedBy("linux"));
    assertEquals(Set.of("linux"), modules.usedBy("cgroups"));
    assertEquals(Set.of("linux"), modules.usedBy("images"));
    assertEquals(Set.of("linux"), modules.usedBy("network"));
    assertEquals(Set.of("linux", "cgroups", "images", "network"), modules.usedBy("runtime"));
    assertTrue(
        Set.of("runtime", "network", "images", "cgroups", "linux")
            .containsAll(modules.usedBy("daemon")),
        modules.usedBy("daemon").toString());
    assertEquals(
        Set.of("runtime", "network", "images", "cgroups", "linux"), modules.usedBy("engine"));
    assertEquals(Set.of("engine", "linux"), modules.usedBy("junit"));
    assertEquals(Set.of("linux"), modules.usedBy("compose"));
    assertEquals(Set.of("linux", "compose"), modules.usedBy("cli"));
  }

  @Test
  void thePictureIsThatOfTheCode() throws IOException {
    String document = Files.readString(Path.of("../ARCHITECTURE.md"));
    assertTrue(document.contains(modules.picture()), "expected:\n" + modules.picture());
  }

  @Test
  void packagesOfAModuleFormNoCycle() {
    for (String name : Modules.NAMES) {
      SlicesRuleDefinition.slices()
          .matching("io.jdocker." + name + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void nothingIsCalledUtil() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..")
        .check(CLASSES);
    noClasses().should().haveSimpleNameEndingWith("Util").check(CLASSES);
    noClasses().should().haveSimpleNameEndingWith("Utils").check(CLASSES);
    noClasses().should().haveSimpleNameEndingWith("Helper").check(CLASSES);
  }

  @Test
  void noClassHasStateOfItsOwn() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  @Test
  void threadLocalsAreGlobalsToo() {
    noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(CLASSES);
  }

  /**
   * Exceptions: xz and SHA-256 are the machine's libraries', which are no system calls; and the
   * client's socket goes straight to jffi, as both jnr-ffi and NIO cost it 35 ms a command.
   */
  @Test
  void onlyTheEdgeKnowsTheNativeLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.jdocker.linux..", "io.jdocker.images.compression..",
            "io.jdocker.images.hash..", "io.jdocker.cli.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jnr.ffi..", "com.kenai.jffi..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLinePrints() throws Exception {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.jdocker.cli..", "io.jdocker.daemon")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}
