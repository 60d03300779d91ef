package io.engram.experiments.lifelong.live;

import io.engram.cli.source.omniglot.OmniglotArchives;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Alphabets of characters, each drawn by the same number of people. What the first {@link #LEARNED} drew may be learned from; what the
 * others drew is kept for exams.
 *
 * @param characters of each alphabet
 * @param drawings of all of them
 */
public record Alphabets(SortedMap<String, List<String>> characters, Drawings drawings) {

  /** Drawers whose drawings go into the stream. */
  static final int LEARNED = 12;

  /** Drawers whose drawings are only ever asked about. */
  static final int KEPT_BACK = OmniglotArchives.DRAWINGS - LEARNED;

  /** What was drawn. */
  @FunctionalInterface
  public interface Drawings {

    /**
     * One drawing.
     *
     * @param drawer 0 … 19
     * @return grey levels, ink 255; not to be written to
     */
    byte[] of(String character, int drawer);
  }

  /**
   * Groups characters by alphabet.
   *
   * @param characters {@code Alphabet/characterNN}
   */
  public static Alphabets of(List<String> characters, Drawings drawings) {
    SortedMap<String, List<String>> alphabets = new TreeMap<>();
    for (String character : characters) {
      String alphabet = character.substring(0, character.indexOf('/'));
      alphabets.computeIfAbsent(alphabet, name -> new ArrayList<>()).add(character);
    }
    return new Alphabets(alphabets, drawings);
  }

  List<String> names() {
    return List.copyOf(characters.keySet());
  }

  List<String> charactersOf(String alphabet) {
    List<String> found = characters.get(alphabet);
    if (found == null) {
      throw new IllegalArgumentException("there is no alphabet '" + alphabet + "'");
    }
    return found;
  }
}
