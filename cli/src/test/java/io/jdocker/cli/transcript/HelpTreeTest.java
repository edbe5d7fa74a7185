package io.jdocker.cli.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jdocker.cli.Typed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The help of every verb that docker 28 has on one host, beside ours: the usage line, and each flag
 * with its letter and the kind of its value. What differs is listed here, with the reason.
 */
class HelpTreeTest {
  private static final String KNOWN =
      """
      # Ours: docker has no record of what it does to the kernel, no time namespace, and no user
      # namespace of one container alone.
      create: extra --gidmap list
      create: extra --time-offset list
      create: extra --uidmap list
      run: extra --explain
      run: extra --gidmap list
      run: extra --time-offset list
      run: extra --uidmap list
      # Content trust (Notary) is not supported; docker is about to take the flags away.
      create: missing --disable-content-trust
      image pull: missing --disable-content-trust
      image push: missing --disable-content-trust
      pull: missing --disable-content-trust
      push: missing --disable-content-trust
      run: missing --disable-content-trust
      # An image here is of one platform.
      history: missing --platform string
      image history: missing --platform string
      image inspect: missing --platform string
      image rm: missing --platform strings
      rmi: missing --platform strings
      image ls: missing --tree
      images: missing --tree
      # Experimental in docker.
      create: missing --use-api-socket
      run: missing --use-api-socket
      # Volumes of a swarm.
      volume create: missing --availability string
      volume create: missing --group string
      volume create: missing --limit-bytes bytes
      volume create: missing --required-bytes bytes
      volume create: missing --scope string
      volume create: missing --secret map
      volume create: missing --sharing string
      volume create: missing --topology-preferred list
      volume create: missing --topology-required list
      volume create: missing --type string
      volume ls: missing --cluster
      # Build says why a step was run, and takes flags of BuildKit's client; of the classic builder's
      # limits and of other images' caches it has none.
      build: extra --build-context list
      build: extra --explain-cache
      build: extra --progress string
      build: extra -o, --output list
      build: extra --secret list
      build: extra --ssh list
      build: missing --cache-from strings
      build: missing --cgroup-parent string
      build: missing --compress
      build: missing --cpu-period int
      build: missing --cpu-quota int
      build: missing --cpuset-cpus string
      build: missing --cpuset-mems string
      build: missing --disable-content-trust
      build: missing --isolation string
      build: missing --memory-swap bytes
      build: missing --security-opt strings
      build: missing --ulimit ulimit
      build: missing -c, --cpu-shares int
      build: missing -m, --memory bytes
      image build: extra --build-context list
      image build: extra --explain-cache
      image build: extra --progress string
      image build: extra -o, --output list
      image build: extra --secret list
      image build: extra --ssh list
      image build: missing --cache-from strings
      image build: missing --cgroup-parent string
      image build: missing --compress
      image build: missing --cpu-period int
      image build: missing --cpu-quota int
      image build: missing --cpuset-cpus string
      image build: missing --cpuset-mems string
      image build: missing --disable-content-trust
      image build: missing --isolation string
      image build: missing --memory-swap bytes
      image build: missing --security-opt strings
      image build: missing --ulimit ulimit
      image build: missing -c, --cpu-shares int
      image build: missing -m, --memory bytes
      # A list of several platforms is shown whole.
      manifest inspect: missing --insecure
      manifest inspect: usage Usage:  docker manifest inspect [OPTIONS] MANIFEST for Usage:  docker manifest inspect [OPTIONS] [MANIFEST_LIST] MANIFEST
      """;

  private static final Pattern FLAG =
      Pattern.compile("^ +((?:-\\w, )?--[\\w-]+(?: [\\w-]+)?)(?: {2,}.*)?$");

  @Test
  void verbsAndFlagsAreDockersButForTheseDifferences() throws IOException {
    TreeSet<String> expected = new TreeSet<>();
    KNOWN.lines().filter(line -> !line.startsWith("#")).forEach(expected::add);
    TreeSet<String> found = new TreeSet<>();
    for (Step step : Transcripts.steps(Transcripts.HELP)) {
      String verb = step.line().replace(" --help", "");
      Typed typed = Typed.alone(step.words().toArray(new String[0]));
      if (!typed.err().contains("does not support yet")) {
        assertEquals(0, typed.code(), verb + ": " + typed.err());
        String own = typed.out().replace("jdocker", "docker");
        found.addAll(differences(verb, step.said().out(), own));
      }
    }
    assertEquals(String.join("\n", expected), String.join("\n", found));
  }

  private static List<String> differences(String verb, String docker, String own) {
    List<String> differences = new ArrayList<>();
    if (!usage(docker).equals(usage(own))) {
      differences.add(verb + ": usage " + usage(own) + " for " + usage(docker));
    }
    Map<String, String> theirs = flags(docker);
    Map<String, String> ours = flags(own);
    theirs.forEach(
        (name, shown) -> {
          if (!ours.containsKey(name)) {
            differences.add(verb + ": missing " + shown);
          } else if (!ours.get(name).equals(shown)) {
            differences.add(verb + ": different " + ours.get(name) + " for " + shown);
          }
        });
    ours.forEach(
        (name, shown) -> {
          if (!theirs.containsKey(name)) {
            differences.add(verb + ": extra " + shown);
          }
        });
    return differences;
  }

  private static String usage(String help) {
    return help.lines().filter(line -> line.startsWith("Usage:")).findFirst().orElse("none");
  }

  /** Name to how it is shown: {@code -f, --filter filter}. */
  private static Map<String, String> flags(String help) {
    Map<String, String> flags = new TreeMap<>();
    for (String line : help.lines().toList()) {
      Matcher matcher = FLAG.matcher(line);
      if (matcher.matches()) {
        String shown = matcher.group(1);
        String name = shown.replaceFirst("^-\\w, ", "").replaceFirst(" .*", "");
        flags.put(name, shown);
      }
    }
    return flags;
  }

  @Test
  void whatIsReadFromAHelp() {
    String help =
        """
        Usage:  docker x [OPTIONS]

        Options:
          -f, --force             Do it
              --long-name list    A text that names --other flags
              --alone
        """;
    assertEquals("Usage:  docker x [OPTIONS]", usage(help));
    assertEquals(
        Map.of("--force", "-f, --force", "--long-name", "--long-name list", "--alone", "--alone"),
        flags(help));
    assertFalse(flags(help).containsKey("--other"));
  }
}
