package io.engram.modelregistry.http;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** One, where it is installed together with its driver. */
  static Optional<Browser> start(Path profile) {
    Optional<File> program = program("chromium", "chromium-browser", "google-chrome");
    Optional<File> driver = program("chromedriver");
    if (program.isEmpty() || driver.isEmpty()) {
      return Optional.empty();
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program.get());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver.get()).build();
    ChromeDriver started = new ChromeDriver(service, options);
    started.manage().timeouts().scriptTimeout(PATIENCE);
    return Optional.of(new Browser(started));
  }

  void open(URI page) {
    driver.get(page.toString());
  }

  /** By its id. */
  WebElement find(String id) {
    return driver.findElement(By.id(id));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** As wide as a screen or a phone. */
  void wide(int pixels, boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** As people have it who want it dark, or light. */
  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  Object script(String body) {
    return String.valueOf(driver.executeScript(body));
  }

  /** What went wrong since it was asked last. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What axe-core has to say against the page, a line for each rule that is broken. */
  String violations() {
    driver.executeScript(axe());
    return String.valueOf(
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run().then((found) => done(found.violations
              .map((it) => it.id + ": " + it.help + " " + it.nodes.map((node) => node.html.slice(0, 120)).join(" | "))
              .join("\\n")), (failed) => done(String(failed)));
            """));
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("axe-core's script is not where it was");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<File> program(String... names) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(it -> new File(it, name)))
        .filter(File::canExecute)
        .findFirst();
  }
}
