package io.engram.experiments.boundaries;

import io.engram.cli.source.omniglot.CharacterSplit;
import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.cli.source.omniglot.OmniglotArchives.Sampling;
import io.engram.experiments.lifelong.Digits;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What a stream is made of: pictures of classes, of which a task has five, under the names c0 … c4 whatever they are. So a label says nothing of the
 * task, and what a class looks like does.
 */
final class Scenes {

  static final int WAYS = 5;
  private static final int PIXELS = 28 * 28;

  /** Pictures of each class; pixels in 0 … 1. */
  private final List<List<float[]>> classes;

  private Scenes(List<List<float[]>> classes) {
    this.classes = classes;
  }

  /** MNIST's digits. */
  static Scenes digits(Path directory) throws IOException {
    Digits digits = Digits.training(directory);
    List<List<float[]>> classes = new ArrayList<>();
    for (int label = 0; label < 10; label++) {
      classes.add(new ArrayList<>());
    }
    for (int i = 0; i < digits.size(); i++) {
      float[] pixels = new float[PIXELS];
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        pixels[pixel] = digits.brightness(i, pixel);
      }
      classes.get(digits.labels()[i]).add(pixels);
    }
    return new Scenes(classes);
  }

  /** Omniglot's training characters, 20 drawings of each. */
  static Scenes characters(Path directory) {
    try (OmniglotArchives archives = OmniglotArchives.open(directory, Sampling.AREA)) {
      List<List<float[]>> classes = new ArrayList<>();
      for (String character : CharacterSplit.of(archives.characters()).train()) {
        List<float[]> drawings = new ArrayList<>();
        for (int drawer = 0; drawer < OmniglotArchives.DRAWINGS; drawer++) {
          byte[] drawing = archives.drawing(character, drawer);
          float[] pixels = new float[drawing.length];
          for (int i = 0; i < drawing.length; i++) {
            pixels[i] = (drawing[i] & 0xFF) / 255f;
          }
          drawings.add(pixels);
        }
        classes.add(drawings);
      }
      return new Scenes(classes);
    }
  }

  /** Which classes another task has. */
  List<Integer> task(Random random) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      all.add(i);
    }
    Collections.shuffle(all, random);
    return List.copyOf(all.subList(0, WAYS));
  }

  /** An example of a task. */
  LabeledExample example(List<Integer> task, Random random) {
    int label = random.nextInt(WAYS);
    List<float[]> pictures = classes.get(task.get(label));
    float[] picture = pictures.get(random.nextInt(pictures.size()));
    return new LabeledExample("", Tensors.float32(picture, PIXELS), "c" + label, null, Part.AUTO);
  }
}
