package io.engram.cli.columns;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One way to write dates, with or without a time behind. Immutable. */
final class DateForm {

  /** Those that are recognised; where a column fits several, the first. */
  static final List<String> PATTERNS =
      List.of(
          "uuuu-M-d",
          "uuuu/M/d",
          "uuuu.M.d",
          "d.M.uuuu",
          "d/M/uuuu",
          "M/d/uuuu",
          "d-M-uuuu",
          "M-d-uuuu",
          "d-MMM-uuuu",
          "d MMM uuuu",
          "MMM d, uuuu",
          "MMM d uuuu",
          "d.M.uu",
          "d/M/uu",
          "M/d/uu",
          "d-MMM-uu",
          "");

  private static final Map<String, DateForm> KNOWN = new ConcurrentHashMap<>();
  private static final LocalDateTime SAMPLE = LocalDateTime.of(2024, 1, 31, 17, 5);
  private static final double SECONDS_OF_DAY = 86_400;
  private static final int LONGEST = 64;

  private final String pattern;
  private final List<DateTimeFormatter> formatters;

  private DateForm(String pattern) {
    this.pattern = pattern;
    this.formatters = Stream.of("H:mm", "h:mm").map(clock -> formatter(pattern, clock)).toList();
  }

  /**
   * By its pattern; "" for times of day alone.
   *
   * @throws IllegalArgumentException if it is no pattern
   */
  static DateForm of(String pattern) {
    return KNOWN.computeIfAbsent(pattern, DateForm::new);
  }

  /**
   * What a cell says.
   *
   * @param date null for a time alone
   * @param time null for a date alone
   * @param offset from Greenwich where it says so
   */
  record Reading(@Nullable LocalDate date, @Nullable LocalTime time, @Nullable ZoneOffset offset) {

    /** Days since 1970-01-01, in parts. */
    double epochDays() {
      double days = date == null ? 0 : date.toEpochDay();
      double seconds = time == null ? 0 : time.toNanoOfDay() / 1e9;
      return days + (seconds - (offset == null ? 0 : offset.getTotalSeconds())) / SECONDS_OF_DAY;
    }
  }

  /** Reads a cell, or gives null if it is no such date. */
  @Nullable Reading read(String cell) {
    if (cell.length() > LONGEST) {
      return null;
    }
    for (DateTimeFormatter formatter : formatters) {
      TemporalAccessor parsed = parse(formatter, cell);
      if (parsed != null) {
        return new Reading(
            parsed.query(TemporalQueries.localDate()),
            parsed.query(TemporalQueries.localTime()),
            parsed.query(TemporalQueries.offset()));
      }
    }
    return null;
  }

  /** How a date looks. */
  String sample() {
    return pattern.isEmpty()
        ? "17:05"
        : SAMPLE.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }

  private static @Nullable TemporalAccessor parse(DateTimeFormatter formatter, String cell) {
    // Most cells that are none fail here, without the cost of an exception.
    ParsePosition position = new ParsePosition(0);
    if (formatter.parseUnresolved(cell, position) == null || position.getIndex() < cell.length()) {
      return null;
    }
    try {
      return formatter.parse(cell);
    } catch (DateTimeException e) {
      return null; // such as the 31st of February
    }
  }

  private static DateTimeFormatter formatter(String pattern, String clock) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    if (pattern.isEmpty()) {
      time(builder, clock);
    } else {
      builder.appendPattern(pattern).optionalStart().appendPattern("[' ']['T']");
      time(builder, clock);
      builder.optionalEnd();
    }
    return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
  }

  private static void time(DateTimeFormatterBuilder builder, String clock) {
    builder
        .appendPattern(clock)
        .appendPattern("[:ss]")
        .optionalStart()
        .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
        .optionalEnd();
    if (clock.startsWith("h")) {
      builder.appendPattern("[' ']a");
    }
    builder.appendPattern("[' '][XXX][XX][X]");
  }
}
