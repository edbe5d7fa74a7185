package io.jdocker.daemon.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The curves of a soak, one above the other, as an SVG that is readable on light and dark. */
final class SoakPicture {
  private static final int WIDTH = 760;
  private static final int CURVE_HEIGHT = 90;
  private static final int GAP = 44;
  private static final int LEFT = 60;
  private static final int TOP = 40;

  /** One curve. */
  private record Curve(String title, ToDoubleFunction<SoakSample> value) {}

  private static final List<Curve> CURVES =
      List.of(
          new Curve("resident memory of the daemon, MB", SoakSample::residentMegabytes),
          new Curve("descriptors", SoakSample::descriptors),
          new Curve("threads", SoakSample::threads),
          new Curve("kernel objects (links, mounts, control groups)", SoakSample::kernelObjects),
          new Curve(
              "one life (create, start, exec, stop, remove), median, ms", SoakSample::millis));

  private SoakPicture() {}

  static String of(List<SoakSample> samples) {
    int height = TOP + CURVES.size() * (CURVE_HEIGHT + GAP);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
            <style>text{fill:#57606a} polyline{fill:none;stroke:#0969da;stroke-width:2}
            line{stroke:#8c959f;stroke-width:1} .head{font-size:14px;font-weight:bold}</style>
            <text class="head" x="%d" y="20">%d containers come and go</text>
            """,
            WIDTH,
            height,
            LEFT,
            samples.get(samples.size() - 1).lives()));
    for (int i = 0; i < CURVES.size(); i++) {
      append(svg, CURVES.get(i), samples, TOP + i * (CURVE_HEIGHT + GAP));
    }
    return svg.append("</svg>\n").toString();
  }

  private static void append(StringBuilder svg, Curve curve, List<SoakSample> samples, int top) {
    double most = Math.max(1, samples.stream().mapToDouble(curve.value()).max().orElse(1) * 1.1);
    int bottom = top + CURVE_HEIGHT;
    double lives = samples.get(samples.size() - 1).lives();
    String points =
        samples.stream()
            .map(
                sample ->
                    String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        LEFT + sample.lives() / lives * (WIDTH - LEFT - 10),
                        bottom - curve.value().applyAsDouble(sample) / most * CURVE_HEIGHT))
            .collect(Collectors.joining(" "));
    double last = curve.value().applyAsDouble(samples.get(samples.size() - 1));
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <text x="%1$d" y="%2$d">%3$s</text>
            <text x="4" y="%4$d">%5$.0f</text><text x="4" y="%6$d">0</text>
            <line x1="%1$d" y1="%6$d" x2="%7$d" y2="%6$d"/><line x1="%1$d" y1="%8$d" x2="%1$d" y2="%6$d"/>
            <polyline points="%9$s"/><text x="%7$d" y="%2$d" text-anchor="end">at the end %10$.0f</text>
            """,
            LEFT,
            top - 4,
            curve.title(),
            top + 10,
            most,
            bottom,
            WIDTH - 10,
            top,
            points,
            last));
  }
}
