package io.engram.ingest.format.mapping;

import io.engram.ingest.format.tree.Nodes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/** Times as records have them: ISO 8601 text, Avro's own kinds, or numbers since 1970. Without a zone they are UTC. */
final class TimeUnits {

  /** Numbers of each unit in a second, and below it. */
  static final Map<String, Double> SECONDS = Map.of("ns", 1e-9, "us", 1e-6, "ms", 1e-3, "s", 1.0);

  private static final double FARTHEST_SECONDS = 1e11;

  private TimeUnits() {}

  /**
   * The time of a node.
   *
   * @param unit of a number
   * @throws Unfit if it is none
   */
  static Instant read(String what, Object node, String unit) {
    if (node instanceof Instant instant) {
      return instant;
    }
    if (node instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC);
    }
    if (node instanceof LocalDate date) {
      return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (node instanceof Long number
        && unit.equals("ms")
        && Math.abs(number) < 100_000_000_000_000L) {
      return Instant.ofEpochMilli(number);
    }
    if (node instanceof Number number) {
      double seconds = number.doubleValue() * SECONDS.getOrDefault(unit, 1.0);
      if (!(Math.abs(seconds) < FARTHEST_SECONDS)) {
        throw new Unfit(
            "%s is %s %s since 1970, which is no time".formatted(what, Nodes.kind(node), unit));
      }
      return Instant.ofEpochMilli(Math.round(seconds * 1_000));
    }
    if (node instanceof CharSequence text && text.length() <= 40) {
      return text(what, text.toString().strip());
    }
    throw unfit(what, node);
  }

  private static Instant text(String what, String text) {
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    try {
      if (iso.length() <= 10) {
        return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      String clock = iso.substring(10);
      return clock.endsWith("Z") || clock.indexOf('+') >= 0 || clock.indexOf('-') >= 0
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw unfit(what, text);
    }
  }

  private static Unfit unfit(String what, Object node) {
    return new Unfit(
        "%s is %s, expected a time such as 2026-11-28T09:30:00Z".formatted(what, Nodes.kind(node)));
  }
}
