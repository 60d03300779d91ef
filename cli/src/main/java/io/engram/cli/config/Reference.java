package io.engram.cli.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import io.engram.cli.source.SourceKinds;
import io.engram.core.kind.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference file: what does not depend on kinds stands in {@code reference.conf}; there, comments in at signs mark where the kinds explain
 * their own keys.
 */
final class Reference {

  private static final String FILE = "reference.conf";
  private static final String SOURCE_NAMES = "@the names of all sources@";
  private static final String SOURCES = "# @the keys of each source@";
  private static final String LEARNERS = "# @the keys of what was added to the learner@";

  private static final int WIDTH = 130;
  private static final String INDENT = "    ";

  private Reference() {}

  /** Every key with its default. */
  static Config config() {
    ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription("default");
    return file(options).withFallback(KindKeys.defaults());
  }

  /** The text, in which every key is explained. */
  static String text() {
    List<KindKeys> unexplained =
        KindKeys.ofLearner().stream().filter(it -> !explained(it)).toList();
    return Resources.text(FILE)
        .replace(SOURCE_NAMES, String.join(" | ", SourceKinds.names()))
        .replace(INDENT + SOURCES + "\n\n", sections(KindKeys.ofSources()))
        .replace(INDENT + LEARNERS + "\n\n", sections(unexplained));
  }

  private static Config file(ConfigParseOptions options) {
    return ConfigFactory.parseString(Resources.text(FILE), options).resolve().getConfig("engram");
  }

  private static boolean explained(KindKeys keys) {
    Config file = file(ConfigParseOptions.defaults());
    return keys.kind().keys().stream().allMatch(key -> file.hasPath(keys.full(key)));
  }

  private static String sections(List<KindKeys> kinds) {
    StringBuilder text = new StringBuilder();
    for (KindKeys keys : kinds) {
      text.append(INDENT).append(keys.kind().name()).append(" {\n");
      for (Key key : keys.kind().keys()) {
        comment(key.meaning().isEmpty() ? "Of " + keys.kind().name() + "." : key.meaning())
            .forEach(line -> text.append(INDENT).append("  # ").append(line).append('\n'));
        text.append("%s  %s = %s\n".formatted(INDENT, key.name(), value(key.fallback())));
      }
      text.append(INDENT).append("}\n\n");
    }
    return text.toString();
  }

  /** Cut at blanks into lines. */
  private static List<String> comment(String meaning) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : meaning.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static String value(Object fallback) {
    return fallback instanceof String text && text.matches("[a-z][a-z-]*")
        ? text
        : ConfigValueFactory.fromAnyRef(fallback).render();
  }
}
