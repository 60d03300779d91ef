package io.engram.cli.taste;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A course as a small picture: two lines over points at equal distances, from zero upwards. */
final class LineChart {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 240;
  private static final int LEFT = 76;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 42;
  private static final int GRID = 4;

  private final Course course;
  private final ErrorKind errors;
  private final String across;
  private final double top;

  /**
   * @param across what the points are, below the axis
   */
  LineChart(Course course, ErrorKind errors, String across) {
    this.course = course;
    this.errors = errors;
    this.across = across;
    double highest =
        course.points().stream()
            .mapToDouble(point -> Math.max(point.engram(), point.best()))
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    this.top = highest > 0 ? highest * 1.05 : 1;
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
            .formatted(WIDTH, HEIGHT));
    for (int i = 0; i <= GRID; i++) {
      double value = top * i / GRID;
      svg.append(
          at(
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
              LEFT, WIDTH - RIGHT, y(value), y(value)));
      svg.append(
          at(
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
              LEFT - 6, y(value) + 4, errors.format(value)));
    }
    for (int i = 0; i < course.points().size(); i++) {
      svg.append(
          at(
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
              x(i), HEIGHT - BOTTOM + 18, course.points().get(i).name()));
    }
    svg.append(
        at(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, across));
    svg.append(line("best", Course.Point::best));
    svg.append(line("engram", Course.Point::engram));
    return svg.append("</svg>\n").toString();
  }

  private String line(String name, ToDoubleFunction<Course.Point> value) {
    StringBuilder points = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    List<Course.Point> all = course.points();
    for (int i = 0; i < all.size(); i++) {
      double error = value.applyAsDouble(all.get(i));
      if (Double.isFinite(error)) {
        points.append(at("%.1f,%.1f ", x(i), y(error)));
        dots.append(
            at(
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s</title></circle>%n",
                name, x(i), y(error), errors.format(error)));
      }
    }
    return "<polyline class=\"%s\" points=\"%s\"/>%n%s"
        .formatted(name, points.toString().strip(), dots);
  }

  private double x(int point) {
    double cell = (double) (WIDTH - LEFT - RIGHT) / course.points().size();
    return LEFT + (point + 0.5) * cell;
  }

  private double y(double error) {
    return HEIGHT - BOTTOM - error / top * (HEIGHT - TOP - BOTTOM);
  }

  private static String at(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
