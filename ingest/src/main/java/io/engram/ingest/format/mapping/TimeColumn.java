package io.engram.ingest.format.mapping;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;

/**
 * A time: days since 1970, or where it stands in a day, a week or a year as a point of the circle (sine and cosine), so that midnight lies
 * beside midnight.
 *
 * @param part what of it
 * @param unit of a number
 */
record TimeColumn(Part part, String unit) implements Column {

  /** What of a time. */
  enum Part {
    DAYS,
    HOUR_OF_DAY,
    DAY_OF_WEEK,
    DAY_OF_YEAR
  }

  private static final double SECONDS_OF_DAY = 86_400;

  @Override
  public int width() {
    return part == Part.DAYS ? 1 : 2;
  }

  @Override
  public void add(String what, Object node, FloatSink sink) {
    Instant instant = TimeUnits.read(what, node, unit);
    ZonedDateTime at = instant.atZone(ZoneOffset.UTC);
    double ofDay = at.get(ChronoField.SECOND_OF_DAY) / SECONDS_OF_DAY;
    switch (part) {
      case DAYS -> sink.add(instant.toEpochMilli() / (1_000 * SECONDS_OF_DAY));
      case HOUR_OF_DAY -> circle(ofDay, sink);
      case DAY_OF_WEEK -> circle((at.get(ChronoField.DAY_OF_WEEK) - 1 + ofDay) / 7, sink);
      case DAY_OF_YEAR ->
          circle((at.getDayOfYear() - 1 + ofDay) / at.toLocalDate().lengthOfYear(), sink);
    }
  }

  private static void circle(double turn, FloatSink sink) {
    sink.add(StrictMath.sin(2 * Math.PI * turn));
    sink.add(StrictMath.cos(2 * Math.PI * turn));
  }
}
