package io.jdocker.cli.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.VerbTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that man(1) can show. */
class ManualPagesTest {
  @Test
  void everyVerbHasItsPageAndStandsInTheWhole() {
    Map<String, String> pages = ManualPages.pages();
    for (VerbTree.Entry entry : VerbTree.entries()) {
      String name = "jdocker-" + entry.words().replace(' ', '-');
      assertTrue(pages.containsKey(name + ".1"), name);
      assertTrue(pages.get("jdocker.1").contains(".BR " + name.replace("-", "\\-") + " (1)"), name);
    }
    assertEquals(VerbTree.entries().size() + 1, pages.size());
  }

  @Test
  void aPageHasNameSynopsisAndOptions() {
    String run = ManualPages.pages().get("jdocker-run.1");
    assertTrue(run.startsWith(".TH JDOCKER\\-RUN 1 "), run);
    assertTrue(run.contains("\n.SH NAME\njdocker\\-run \\- Create and run a new container"), run);
    assertTrue(run.contains("\n.SH SYNOPSIS\n.B jdocker run\n[OPTIONS] IMAGE"), run);
    assertTrue(run.contains("\\-\\-publish"), run);
  }

  /** A line of text that begins with a dot or a quote would be taken for a request, and lost. */
  @Test
  void noLineOfTextIsTakenForARequest() {
    for (Map.Entry<String, String> page : ManualPages.pages().entrySet()) {
      page.getValue()
          .lines()
          .filter(line -> line.startsWith(".") || line.startsWith("'"))
          .forEach(
              line ->
                  assertTrue(
                      line.matches("\\.(TH|SH|B|BR|I|TP|nf|fi)( .*)?"),
                      page.getKey() + ": " + line));
      assertFalse(page.getValue().contains("\\\\"), page.getKey());
    }
  }

  @Test
  void filesAreWritten(@TempDir Path folder) throws IOException {
    ManualPages.main(new String[] {folder.resolve("man1").toString()});
    assertEquals(
        ManualPages.pages().get("jdocker-ps.1"),
        Files.readString(folder.resolve("man1/jdocker-ps.1")));
  }
}
