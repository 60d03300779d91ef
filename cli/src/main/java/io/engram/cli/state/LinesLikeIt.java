package io.engram.cli.state;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.engram.servicekit.log.LineBudget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * So many lines a minute of one statement of the program, whatever it prints: of others' libraries too, which say again and again that a
 * broker is gone. What is left out is counted.
 */
final class LinesLikeIt extends TurboFilter {

  private static final int LINES = 5;
  private static final int BEGINNING = 48;

  /** Statements that differ in more than their arguments, of libraries that put texts together themselves, share a budget. */
  private static final int MOST_STATEMENTS = 500;

  private static final org.slf4j.Logger COUNTS = LoggerFactory.getLogger("io.engram.log");

  private final Map<String, LineBudget> budgets = new ConcurrentHashMap<>();

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    if (format == null
        || !level.isGreaterOrEqual(logger.getEffectiveLevel())
        || logger.getName().equals(COUNTS.getName())) {
      return FilterReply.NEUTRAL;
    }
    String statement = logger.getName() + ' ' + statement(format, arguments);
    String known =
        budgets.size() < MOST_STATEMENTS || budgets.containsKey(statement)
            ? statement
            : logger.getName();
    return budgets.computeIfAbsent(known, it -> budget(logger, format)).spend()
        ? FilterReply.NEUTRAL
        : FilterReply.DENY;
  }

  /** A library that puts its texts together itself says the same of a thousand partitions: how it begins tells what it says. */
  private static String statement(String format, Object @Nullable [] arguments) {
    if (arguments != null && arguments.length > 0) {
      return format;
    }
    return format.substring(0, Math.min(BEGINNING, format.length())).replaceAll("\\d+", "#");
  }

  private static LineBudget budget(Logger logger, String format) {
    return new LineBudget(
        LINES,
        (left, span) ->
            COUNTS.warn(
                "… and {} more lines like it in the last {}: {}: {}",
                "%,d".formatted(left),
                span,
                logger.getName(),
                format));
  }
}
