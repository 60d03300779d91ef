package io.engram.experiments.lifelong.live;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import io.engram.benchmarks.learning.Mean;
import io.engram.core.evaluation.AdaptationCurve;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Panels over the tasks that were learned from, and over steps and shots of adaptation; a line for each arm. */
final class CurvesPlot {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 360;
  private static final List<Color> COLOURS =
      List.of(new Color(0x1b6ca8), new Color(0xc8553d), new Color(0x7a7a7a));

  private record Panel(String title, Height height) {}

  private interface Height {
    Mean of(Curves curves, int exam);
  }

  private static final List<Panel> PANELS =
      List.of(
          new Panel("before learning (prequential, since the last exam)", Curves::prequential),
          new Panel("all alphabets seen so far", Curves::retained),
          new Panel("alphabets seen only at the beginning", Curves::early),
          new Panel("alphabets never seen", Curves::unseen));

  private CurvesPlot() {}

  /** Writes it as SVG, with two more panels if adaptation curves were taken. */
  static void write(List<Curves> arms, Path file) {
    List<XYChart> charts = new ArrayList<>();
    PANELS.forEach(panel -> charts.add(chart(panel, arms)));
    if (arms.stream().allMatch(CurvesPlot::hasCurves)) {
      charts.add(chart("never seen, at the end", "inner steps", arms, AdaptationCurves::overSteps));
      charts.add(chart("never seen, at the end", "shots", arms, AdaptationCurves::overShots));
    }
    VectorGraphics2D page = new VectorGraphics2D();
    for (int i = 0; i < charts.size(); i++) {
      int x = i % 2 * WIDTH;
      int y = i / 2 * HEIGHT;
      page.translate(x, y);
      charts.get(i).paint(page, WIDTH, HEIGHT);
      page.translate(-x, -y);
    }
    double height = (double) HEIGHT * charts.size() / 2;
    try (OutputStream out = Files.newOutputStream(file)) {
      new SVGProcessor()
          .getDocument(page.getCommands(), new PageSize(0, 0, 2.0 * WIDTH, height))
          .writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the plot " + file, e);
    }
  }

  private static boolean hasCurves(Curves curves) {
    return !curves.adaptation(curves.exams(), AdaptationCurves::overSteps).isEmpty();
  }

  private static XYChart chart(
      String title,
      String over,
      List<Curves> arms,
      Function<AdaptationCurves, List<AdaptationCurve.Point>> curve) {
    XYChart chart = empty(title, over);
    for (Curves curves : arms) {
      SortedMap<Integer, Mean> points = curves.adaptation(curves.exams(), curve);
      double[] x = points.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
      double[] heights = points.values().stream().mapToDouble(Mean::value).toArray();
      chart.addSeries(curves.arm().label(), x, heights).setMarker(SeriesMarkers.CIRCLE);
    }
    return chart;
  }

  private static XYChart chart(Panel panel, List<Curves> arms) {
    XYChart chart = empty(panel.title(), "tasks");
    for (Curves curves : arms) {
      double[] tasks =
          IntStream.rangeClosed(1, curves.exams()).mapToDouble(curves::tasksAt).toArray();
      double[] heights =
          IntStream.rangeClosed(1, curves.exams())
              .mapToDouble(exam -> panel.height().of(curves, exam).value())
              .toArray();
      chart.addSeries(curves.arm().label(), tasks, heights).setMarker(SeriesMarkers.NONE);
    }
    return chart;
  }

  private static XYChart empty(String title, String over) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(over)
            .yAxisTitle("% right")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setSeriesColors(COLOURS.toArray(Color[]::new));
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    return chart;
  }
}
