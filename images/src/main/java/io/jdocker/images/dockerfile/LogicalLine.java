package io.jdocker.images.dockerfile;

import java.util.List;

/**
 * One instruction's text: continued lines joined, comments between them dropped.
 *
 * @param text without blanks around it
 * @param heredocs that follow it, in the order of their names
 */
record LogicalLine(Position position, String text, List<Heredoc> heredocs) {
  LogicalLine {
    heredocs = List.copyOf(heredocs);
  }
}
