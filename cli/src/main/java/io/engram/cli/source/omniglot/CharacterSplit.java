package io.engram.cli.source.omniglot;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.rng.core.source32.MersenneTwister;

/**
 * Which characters are learned from and which are held out: the split of Reptile's published code ({@code supervised_reptile},
 * omniglot.py) with its default seed 0. It shuffles the sorted list of all 1,623 characters with Python's {@code random} and takes the
 * first 1,200 for training; the same generator and the same shuffle here give the same characters.
 *
 * @param train characters to learn from
 * @param test characters held out
 */
public record CharacterSplit(List<String> train, List<String> test) {

  /** Characters learned from. */
  public static final int TRAIN_CHARACTERS = 1200;

  public CharacterSplit {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /** The split of these character names, {@code Alphabet/characterNN}. */
  public static CharacterSplit of(List<String> characters) {
    List<String> shuffled = new ArrayList<>(characters);
    Collections.sort(shuffled);
    shuffle(shuffled, new MersenneTwister(new int[] {0}));
    int train = Math.min(TRAIN_CHARACTERS, shuffled.size());
    return new CharacterSplit(shuffled.subList(0, train), shuffled.subList(train, shuffled.size()));
  }

  /** CPython's {@code random.shuffle}. */
  private static void shuffle(List<String> list, MersenneTwister python) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, below(i + 1, python));
    }
  }

  /** CPython's {@code _randbelow}: as many bits as the bound has, drawn again until they are below it. */
  private static int below(int bound, MersenneTwister python) {
    int bits = BigInteger.valueOf(bound).bitLength();
    int drawn;
    do {
      drawn = python.nextInt() >>> (32 - bits);
    } while (drawn >= bound);
    return drawn;
  }
}
