package io.engram.cli.columns;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Text of several words. One half of the numbers are its words, the other half the runs of three characters in them (so that words of one
 * stem meet); each half is hashed and of length 1, or 0 where there is no word.
 *
 * @param places numbers in all, even
 */
public record Sentences(int places) implements Meaning {

  static final int PLACES = 64;
  private static final int GRAM = 3;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  @Override
  public List<String> suffixes() {
    return IntStream.range(0, places)
        .mapToObj(i -> i < places / 2 ? ".word#" + i : ".chars#" + (i - places / 2))
        .toList();
  }

  @Override
  public String words() {
    return "sentences, words and runs of characters hashed to %d numbers".formatted(places);
  }

  @Override
  public void encode(String cell, float[] row, int at) {
    int half = places / 2;
    for (String word : words(cell.toLowerCase(Locale.ROOT))) {
      Hashing.add(Hashing.of(word, 0, word.length(), 0), 1, row, at, half);
      String padded = "<" + word + ">";
      for (int i = 0; i + GRAM <= padded.length(); i++) {
        Hashing.add(Hashing.of(padded, i, i + GRAM, 1), 1, row, at + half, half);
      }
    }
    normalise(row, at, half);
    normalise(row, at + half, half);
  }

  /** How many words a text has. */
  static int count(String cell) {
    return words(cell).size();
  }

  private static List<String> words(String cell) {
    return BETWEEN_WORDS.splitAsStream(cell).filter(word -> !word.isEmpty()).toList();
  }

  @Override
  public boolean missing(String cell, Marks marks) {
    return marks.missing(cell);
  }

  @Override
  public boolean averaged() {
    return false;
  }

  private static void normalise(float[] row, int at, int width) {
    double sum = 0;
    for (int i = at; i < at + width; i++) {
      sum += row[i] * row[i];
    }
    if (sum > 0) {
      float length = (float) Math.sqrt(sum);
      for (int i = at; i < at + width; i++) {
        row[i] /= length;
      }
    }
  }
}
