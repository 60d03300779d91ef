package io.engram.cli.columns;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A date, a time, or both: days since the first one, and as points on circles the month, the day of the week and the hour.
 *
 * @param pattern of the date, as {@link java.time.format.DateTimeFormatter} has them; "" for times alone. A time may always follow
 * @param hours whether times of day are taken
 * @param origin the day that elapsed days are counted from, in days since 1970-01-01
 */
public record Moment(String pattern, boolean hours, long origin) implements Meaning {

  private static final double SECONDS_OF_DAY = 86_400;
  private static final int MONTHS = 12;
  private static final int WEEK = 7;

  @Override
  public List<String> suffixes() {
    List<String> names = new ArrayList<>();
    if (dated()) {
      names.add(".days");
      circle(names, "month");
      circle(names, "weekday");
    }
    if (hours) {
      circle(names, "hour");
    }
    return names;
  }

  @Override
  public String words() {
    if (!dated()) {
      return "time of day";
    }
    return "date %s%s, from %s"
        .formatted(pattern, hours ? " with time" : "", LocalDate.ofEpochDay(origin));
  }

  @Override
  public void encode(String cell, float[] row, int at) throws BadCell {
    DateForm.Reading reading = DateForm.of(pattern).read(cell);
    if (reading == null) {
      throw new BadCell(
          "not-a-date",
          "found '%s', expected a %s, such as %s"
              .formatted(
                  cell, dated() ? "date as " + pattern : "time", DateForm.of(pattern).sample()));
    }
    int next = at;
    LocalDate date = reading.date();
    if (dated() && date != null) {
      double days = reading.epochDays() - origin;
      row[next++] = (float) days;
      next = circle(row, next, (date.getMonthValue() - 1) / (double) MONTHS);
      next = circle(row, next, (date.getDayOfWeek().getValue() - 1) / (double) WEEK);
    }
    if (hours) {
      circle(row, next, secondsOf(reading.time()) / SECONDS_OF_DAY);
    }
  }

  private boolean dated() {
    return !pattern.isEmpty();
  }

  private static double secondsOf(@Nullable LocalTime time) {
    return time == null ? 0 : time.toSecondOfDay();
  }

  private static void circle(List<String> names, String of) {
    names.add("." + of + ".sin");
    names.add("." + of + ".cos");
  }

  private static int circle(float[] row, int at, double turns) {
    row[at] = (float) StrictMath.sin(2 * Math.PI * turns);
    row[at + 1] = (float) StrictMath.cos(2 * Math.PI * turns);
    return at + 2;
  }
}
