package io.jdocker.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TableWriterTest {
  @Test
  void columnsAreAtLeastTenWideAndThreeApart() {
    assertEquals(
        """
        ID        NAME                LAST
        1         a                   x
        2         seventeen letters   y
        """,
        TableWriter.align("ID\tNAME\tLAST\n1\ta\tx\n2\tseventeen letters\ty\n"));
  }

  @Test
  void theLastCellIsNotPadded() {
    assertEquals("a         b\nc         \n", TableWriter.align("a\tb\nc\t\n"));
  }

  @Test
  void aLineWithoutTheColumnEndsItsBlock() {
    assertEquals(
        """
        a         very long cell here   x
        no tab at all, and long
        b         c         y
        """,
        TableWriter.align("a\tvery long cell here\tx\nno tab at all, and long\nb\tc\ty\n"));
  }

  @Test
  void charactersCountNotBytes() {
    assertEquals("ääääääää   x\nb          y\n", TableWriter.align("ääääääää\tx\nb\ty\n"));
  }

  @Test
  void otherWidthsCanBeChosen() {
    assertEquals(
        "UID                 PID\nroot                1\n",
        TableWriter.align("UID\tPID\nroot\t1\n", 20, 3));
  }

  @Test
  void emptyTextStaysEmpty() {
    assertEquals("", TableWriter.align(""));
    assertEquals("\n", TableWriter.align("\n"));
  }
}
