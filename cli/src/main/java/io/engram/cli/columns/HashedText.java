package io.engram.cli.columns;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One of many texts: each falls on a few of a fixed number of places, so that a text never seen before has numbers too.
 *
 * @param places how many
 */
public record HashedText(int places) implements Meaning {

  static final int PLACES = 32;
  private static final int PROBES = 3;
  private static final float AMOUNT = (float) (1 / Math.sqrt(PROBES));

  @Override
  public List<String> suffixes() {
    return IntStream.range(0, places).mapToObj(i -> "#" + i).toList();
  }

  @Override
  public String words() {
    return "text, hashed to %d numbers".formatted(places);
  }

  @Override
  public void encode(String cell, float[] row, int at) {
    for (int probe = 0; probe < PROBES; probe++) {
      Hashing.add(Hashing.of(cell, 0, cell.length(), probe), AMOUNT, row, at, places);
    }
  }

  @Override
  public boolean missing(String cell, Marks marks) {
    return marks.missing(cell);
  }

  @Override
  public boolean averaged() {
    return false;
  }
}
