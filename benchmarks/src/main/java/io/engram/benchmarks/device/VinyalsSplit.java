package io.engram.benchmarks.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which characters are learned from and which are held out: the split of Vinyals et al. (2016) as Prototypical Networks published it, by its rule. All
 * of the background set and the first 236 characters of the evaluation set, its alphabets in order, are learned from (the 172 kept for
 * validation there included, since nothing is chosen by them here); 423 are held out.
 *
 * @param train 1,200 characters to learn from
 * @param test 423 characters held out
 */
record VinyalsSplit(List<String> train, List<String> test) {

  /** Held out whole. */
  private static final Set<String> TEST_ALPHABETS =
      Set.of(
          "Kannada",
          "Keble",
          "Malayalam",
          "Manipuri",
          "Mongolian",
          "Old_Church_Slavonic_(Cyrillic)",
          "Oriya",
          "Sylheti",
          "Syriac_(Serto)",
          "Tengwar",
          "Tibetan",
          "ULOG");

  /** The alphabet in which the evaluation set is cut, and its first character behind the cut. */
  private static final String CUT_ALPHABET = "Gurmukhi";

  private static final String FIRST_BEHIND_CUT = "character42";

  VinyalsSplit {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /** The split of these character names, {@code Alphabet/characterNN}. */
  static VinyalsSplit of(List<String> characters) {
    List<String> train = new ArrayList<>();
    List<String> test = new ArrayList<>();
    for (String character : characters) {
      (heldOut(character) ? test : train).add(character);
    }
    return new VinyalsSplit(train, test);
  }

  private static boolean heldOut(String character) {
    int slash = character.indexOf('/');
    String alphabet = character.substring(0, slash);
    return TEST_ALPHABETS.contains(alphabet)
        || (alphabet.equals(CUT_ALPHABET)
            && character.substring(slash + 1).compareTo(FIRST_BEHIND_CUT) >= 0);
  }
}
