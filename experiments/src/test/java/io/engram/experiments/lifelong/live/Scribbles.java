package io.engram.experiments.lifelong.live;

import io.engram.cli.source.omniglot.OmniglotArchives;
import java.util.ArrayList;
import java.util.List;

/** Made-up alphabets that anything can tell apart: each character is a bar of its own, which every drawer draws a little differently. */
final class Scribbles {

  private static final int SIDE = OmniglotArchives.SIDE;
  private static final int CHARACTERS = 6;

  private Scribbles() {}

  static Alphabets alphabets(int count) {
    List<String> characters = new ArrayList<>();
    for (int alphabet = 0; alphabet < count; alphabet++) {
      for (int character = 0; character < CHARACTERS; character++) {
        characters.add("Alphabet%02d/character%02d".formatted(alphabet, character));
      }
    }
    return Alphabets.of(characters, (name, drawer) -> bar(characters.indexOf(name), drawer));
  }

  private static byte[] bar(int character, int drawer) {
    byte[] levels = new byte[SIDE * SIDE];
    int row = 2 + 4 * (character % CHARACTERS);
    int from = drawer % 5 + character / CHARACTERS % 7;
    for (int x = from; x < from + 12; x++) {
      levels[row * SIDE + x] = (byte) 255;
    }
    return levels;
  }
}
