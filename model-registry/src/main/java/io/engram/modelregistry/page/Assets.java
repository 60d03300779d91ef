package io.engram.modelregistry.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The files of the page, all from the jars and all in memory: nothing else can be named. Immutable. */
public final class Assets {

  /** The page itself. */
  public static final String INDEX = "index.html";

  /** Says where the charting library lies, whose version the build alone knows. */
  private static final String CHARTS = "charts.properties";

  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final List<String> MODULES =
      List.of(
          "main.js",
          "api.js",
          "build.js",
          "scores.js",
          "headline.js",
          "chart.js",
          "plot.js",
          "adaptation.js",
          "curves.js",
          "map.js",
          "versions.js",
          "dialogs.js",
          "pipeline.js",
          "tryit.js");

  private final Map<String, Asset> files = new HashMap<>();

  private Assets() {}

  /**
   * Reads all of them.
   *
   * @throws IllegalStateException if a jar lacks one
   */
  public static Assets read() {
    Assets assets = new Assets();
    assets.put(INDEX, HTML, INDEX);
    assets.put("page.css", CSS, "page.css");
    assets.put("icon.svg", "image/svg+xml", "icon.svg");
    MODULES.forEach(name -> assets.put(name, SCRIPT, name));
    assets.put("charts.js", SCRIPT, chartsPath());
    return assets;
  }

  /** The file of that name. */
  public Optional<Asset> find(String name) {
    return Optional.ofNullable(files.get(name));
  }

  private static String chartsPath() {
    Properties said = new Properties();
    try (InputStream in = resource(CHARTS)) {
      said.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the jars are damaged: " + CHARTS, e);
    }
    return said.getProperty("path", "");
  }

  private void put(String name, String type, String resource) {
    try (InputStream in = resource(resource)) {
      files.put(name, new Asset(type, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("the jars are damaged: " + resource, e);
    }
  }

  private static InputStream resource(String name) {
    InputStream in = Assets.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the jars are damaged: they lack " + name);
    }
    return in;
  }
}
