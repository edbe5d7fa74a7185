package io.jdocker.network.graph;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes boxes, lines and text as SVG 1.1, for light and dark pages: colours follow the reader's
 * preference, and nothing is taken from elsewhere. Lengths are in pixels. One thread.
 */
final class SvgWriter {
  private static final String STYLE =
      """
      <style>
        text { font: 13px ui-monospace, monospace; fill: #1f2328; }
        .small { font-size: 11px; fill: #59636e; }
        .title { font-weight: bold; }
        .place { fill: #f6f8fa; stroke: #8c959f; }
        .bridge { fill: #ddf4ff; stroke: #0969da; }
        .link { fill: #ffffff; stroke: #57606a; }
        .foreign { stroke-dasharray: 5 3; }
        .wire { stroke: #1a7f37; stroke-width: 2.5; fill: none; }
        .upon { stroke: #8250df; stroke-width: 1.5; stroke-dasharray: 2 3; fill: none; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .small { fill: #9198a1; }
          .place { fill: #161b22; stroke: #6e7681; }
          .bridge { fill: #0c2d6b; stroke: #58a6ff; }
          .link { fill: #0d1117; stroke: #8b949e; }
          .wire { stroke: #3fb950; }
          .upon { stroke: #a371f7; }
        }
      </style>
      """;

  private static final Pattern NOT_XML =
      Pattern.compile("[^\t\n\r\\x{20}-\\x{d7ff}\\x{e000}-\\x{fffd}\\x{10000}-\\x{10ffff}]");

  private final StringBuilder body = new StringBuilder();

  /** A box with lines of text; the first one is its title. */
  void box(int x, int y, int width, int height, String style, List<String> lines) {
    body.append(
        String.format(
            Locale.ROOT, // others have digits of their own
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" class=\"%s\"/>%n",
            x,
            y,
            width,
            height,
            style));
    for (int i = 0; i < lines.size(); i++) {
      text(x + 10, y + 19 + 16 * i, i == 0 ? "title" : "small", lines.get(i));
    }
  }

  void text(int x, int y, String style, String text) {
    body.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y, style));
    body.append(escaped(text)).append("</text>\n");
  }

  /** A line from left to right that leaves and arrives level. */
  void curve(int fromX, int fromY, int toX, int toY, String style) {
    int middle = (fromX + toX) / 2;
    body.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%d,%d C%d,%d %d,%d %d,%d\" class=\"%s\"/>%n",
            fromX,
            fromY,
            middle,
            fromY,
            middle,
            toY,
            toX,
            toY,
            style));
  }

  /** The whole picture. */
  String picture(int width, int height, String title) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + width
        + " "
        + height
        + "\" width=\""
        + width
        + "\" height=\""
        + height
        + "\" role=\"img\">\n<title>"
        + escaped(title)
        + "</title>\n"
        + STYLE
        + body
        + "</svg>\n";
  }

  /** Links and processes may be called by what XML 1.0 has no way to say: U+FFFD stands there. */
  private static String escaped(String text) {
    return NOT_XML
        .matcher(text)
        .replaceAll("\ufffd")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
