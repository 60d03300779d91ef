package io.engram.benchmarks.device;

import io.engram.benchmarks.AtLeastOne;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the recipe can be asked for. */
final class RecipeOptions {

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "60000",
      description = "recipe: outer steps of the whole plan. Default: ${DEFAULT-VALUE}.")
  private long steps = 60_000;

  @Option(
      names = "--judged",
      paramLabel = "N",
      defaultValue = "5000",
      converter = AtLeastOne.class,
      description = "recipe: test tasks. Default: ${DEFAULT-VALUE}.")
  private int judged = 5000;

  @Option(
      names = "--cosine",
      description = "recipe: let the outer step fall from 1e-3 to 1e-5 instead of keeping it.")
  private boolean cosine;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "recipe: root of all randomness. Default: ${DEFAULT-VALUE}.")
  private long seed;

  long steps() {
    return steps;
  }

  int judged() {
    return judged;
  }

  boolean cosine() {
    return cosine;
  }

  long seed() {
    return seed;
  }

  /** The same for a process that is asked alike. */
  List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--steps",
                Long.toString(steps),
                "--judged",
                Integer.toString(judged),
                "--seed",
                Long.toString(seed)));
    if (cosine) {
      arguments.add("--cosine");
    }
    return arguments;
  }
}
