package io.jdocker.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The command is a client of the API: it knows nothing of the engine's classes. */
class ArchitectureTest {
  @Test
  void dependsOnNoModuleOfTheEngine() {
    noClasses()
        .that()
        .resideInAPackage("io.jdocker.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.jdocker.daemon..",
            "io.jdocker.runtime..",
            "io.jdocker.network..",
            "io.jdocker.images..",
            "io.jdocker.cgroups..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.jdocker.cli"));
  }

  @Test
  void onlyTheTerminalReachesTheKernel() {
    noClasses()
        .that()
        .resideInAPackage("io.jdocker.cli..")
        .and()
        .resideOutsideOfPackage("io.jdocker.cli.terminal..")
        .and()
        .doNotHaveSimpleName("TerminalGuard")
        .should()
        .dependOnClassesThat(
            // Patterns of ignore files, kinds of failure, signals and TLS are plain Java.
            resideInAPackage("io.jdocker.linux..")
                .and(
                    resideOutsideOfPackages(
                        "io.jdocker.linux.pattern..",
                        "io.jdocker.linux.failure..",
                        "io.jdocker.linux.signal..",
                        "io.jdocker.linux.tls..")))
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.jdocker.cli"));
  }
}
