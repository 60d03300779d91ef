package io.engram.benchmarks.device;

import java.util.Locale;

/** The steps in the order in which they run: first whether it is right, then how fast, then what takes all the time that is left. */
enum StepKind {
  CONTRACT(150, 10),
  AGREEMENT(60, 5),
  BITS(45, 5),
  CRASH(60, 10),
  FIGURES(150, 10),
  SAMPLE(30, 3),
  PEER(190, 20),
  RECIPE(3600, 15);

  /** The most it may take of a longer budget. */
  final int mostSeconds;

  /** Not worth to be begun with less. */
  final int leastSeconds;

  StepKind(int mostSeconds, int leastSeconds) {
    this.mostSeconds = mostSeconds;
    this.leastSeconds = leastSeconds;
  }

  Step open() {
    return switch (this) {
      case CONTRACT -> new ContractStep();
      case AGREEMENT -> new AgreementStep();
      case BITS -> new BitsStep();
      case CRASH -> new CrashStep();
      case FIGURES -> new FiguresStep();
      case SAMPLE -> new SampleStep();
      case PEER -> new PeerStep();
      case RECIPE -> new RecipeStep();
    };
  }

  /** As {@code --only} has it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
