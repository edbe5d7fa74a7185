package io.jdocker.network.doctor;

import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.FirewallOnPaper;
import io.jdocker.network.firewall.RuleReader;
import io.jdocker.network.survey.PlaceOnPaper;
import io.jdocker.network.survey.Survey;
import io.jdocker.network.survey.SurveyOnPaper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A patient whose rules and name servers a test has written into a folder. */
final class PatientOnPaper {
  private final Path folder;
  private Survey survey = SurveyOnPaper.of(PlaceOnPaper.host());
  private Firewall firewall = new FirewallOnPaper().firewall();

  PatientOnPaper(Path folder) {
    this.folder = folder;
  }

  PatientOnPaper seen(Survey found) {
    survey = found;
    return this;
  }

  PatientOnPaper with(Firewall rules) {
    firewall = rules;
    return this;
  }

  /** What a variant of iptables-save prints; those that are not told of are not installed. */
  PatientOnPaper prints(String program, String text) {
    Path answer = write(program + ".txt", text);
    Path file = write(program, "#!/bin/sh\nexec cat " + answer + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IllegalStateException("cannot make " + file + " executable");
    }
    return this;
  }

  PatientOnPaper resolves(String text) {
    write("resolv.conf", text);
    return this;
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Patient build() {
    return new Patient(
        survey,
        firewall,
        new RuleReader(folder.toString()),
        folder.resolve("resolv.conf"),
        Set.of());
  }
}
