package io.engram.cli;

import ch.qos.logback.classic.Level;
import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.state.LogStyle;
import java.util.List;
import java.util.Locale;

/** Section {@code log}. */
final class LogSettings {

  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

  private LogSettings() {}

  /**
   * @throws io.engram.cli.config.InvalidSettings if there is no such format or level
   */
  static LogStyle read(Settings settings) {
    Section log = settings.section("log");
    String format = log.text("format").toLowerCase(Locale.ROOT);
    if (!format.equals("text") && !format.equals("json")) {
      throw log.invalid("format", "text or json");
    }
    String level = log.text("level").toLowerCase(Locale.ROOT);
    if (!LEVELS.contains(level)) {
      throw log.invalid("level", String.join(", ", LEVELS));
    }
    return new LogStyle(format.equals("json"), Level.toLevel(level));
  }
}
