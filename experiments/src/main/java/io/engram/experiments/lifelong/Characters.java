package io.engram.experiments.lifelong;

import io.engram.cli.source.omniglot.CharacterSplit;
import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.cli.source.omniglot.OmniglotArchives.Sampling;
import io.engram.core.compute.SparseInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Omniglot as classes of drawings, ink 1 on paper 0.
 *
 * @param training drawings of each of the 1,200 training characters
 * @param test drawings of each of the 423 test characters
 */
record Characters(List<List<SparseInput>> training, List<List<SparseInput>> test) {

  static Characters read(Path directory) {
    try (OmniglotArchives archives = OmniglotArchives.open(directory, Sampling.AREA)) {
      CharacterSplit split = CharacterSplit.of(archives.characters());
      return new Characters(drawings(archives, split.train()), drawings(archives, split.test()));
    }
  }

  private static List<List<SparseInput>> drawings(
      OmniglotArchives archives, List<String> characters) {
    List<List<SparseInput>> classes = new ArrayList<>(characters.size());
    for (String character : characters) {
      List<SparseInput> drawings = new ArrayList<>(OmniglotArchives.DRAWINGS);
      for (int drawer = 0; drawer < OmniglotArchives.DRAWINGS; drawer++) {
        drawings.add(sparse(archives.drawing(character, drawer)));
      }
      classes.add(drawings);
    }
    return classes;
  }

  private static SparseInput sparse(byte[] pixels) {
    float[] dense = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      dense[i] = (pixels[i] & 0xFF) / 255f;
    }
    return SparseInput.of(dense);
  }
}
