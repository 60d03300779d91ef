package io.engram.experiments.plasticity;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.random.RandomStream;
import io.engram.experiments.lifelong.Digits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CourseTest {

  private static final int EXAMPLES = 150;

  @TempDir private Path directory;

  /** Class c is bright in a block of its own, on noise. */
  private static Digits digits() {
    RandomStream random = new RandomStream(4);
    byte[] pixels = new byte[200 * Digits.PIXELS];
    byte[] labels = new byte[200];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 10);
      for (int p = 0; p < Digits.PIXELS; p++) {
        boolean block = p / 78 == labels[i];
        pixels[i * Digits.PIXELS + p] = (byte) random.nextInt(block ? 250 : 60);
      }
    }
    return new Digits(pixels, labels);
  }

  private Course course(Contestant contestant, String name, long seed) {
    PermutedStream stream = new PermutedStream(digits(), EXAMPLES, seed);
    return new Course(stream, contestant.settings(), directory, name);
  }

  @ParameterizedTest
  @EnumSource(Contestant.class)
  void putDownAfterAnyTaskItGoesOnToTheSameBits(Contestant contestant) throws IOException {
    Progress whole = course(contestant, "whole", 1).until(3, (task, right) -> {});
    List<Integer> learned = new ArrayList<>();
    for (int tasks = 1; tasks <= 3; tasks++) {
      course(contestant, "pieces", 1).until(tasks, (task, right) -> learned.add(task));
    }
    assertThat(learned).containsExactly(1, 2, 3);
    Progress pieces = course(contestant, "pieces", 1).sofar(3);
    assertThat(pieces.right()).containsExactly(whole.right());
    assertThat(theta(contestant, "pieces")).containsExactly(theta(contestant, "whole"));
    assertThat(whole.right()[0]).isBetween(10.0, 100.0);
  }

  private float[] theta(Contestant contestant, String name) throws IOException {
    return new CourseFile(
            directory.resolve(name + ".course"), course(contestant, name, 1).identity())
        .read()
        .orElseThrow()
        .theta();
  }

  @Test
  void anotherCourseBeginsAnew() throws IOException {
    course(Contestant.SGD, "x", 1).until(1, (task, right) -> {});
    assertThat(course(Contestant.SGD, "x", 1).sofar(5).tasks()).isEqualTo(1);
    assertThat(course(Contestant.SGD, "x", 2).sofar(5).tasks()).isZero();
    assertThat(course(Contestant.SGD_LARGE, "x", 1).sofar(5).tasks()).isZero();
  }

  @Test
  void tasksAreFunctionsOfTheirNumberAndDiffer() {
    PermutedStream stream = new PermutedStream(digits(), EXAMPLES, 1);
    assertThat(stream.task(7).get(0).input().dense())
        .containsExactly(stream.task(7).get(0).input().dense());
    assertThat(stream.task(7).get(0).input().dense())
        .isNotEqualTo(stream.task(8).get(0).input().dense());
    assertThat(stream.task(7)).hasSize(EXAMPLES);
  }
}
