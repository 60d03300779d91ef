package io.engram.experiments.lifelong;

import io.engram.core.continual.ContinualSettings;
import io.engram.core.continual.ExperienceReplay;
import io.engram.core.continual.JointLearner;
import io.engram.core.continual.LaMaml;
import io.engram.core.continual.LaMaml.Variant;
import io.engram.core.continual.MetaExperienceReplay;
import io.engram.core.continual.OnlineSgd;

/**
 * The learners that are compared. Those of the literature run with the settings that their authors found for each protocol and memory
 * size (the scripts published with MER and with La-MAML), ours with one setting for all.
 */
enum Contestant {
  SGD("online SGD") {
    @Override
    ContinualSettings choose(Protocol protocol) {
      return new OnlineSgd.Settings(1, protocol == Protocol.ROTATIONS ? 0.0003f : 0.003f, 1);
    }
  },
  REPLAY("experience replay") {
    @Override
    ContinualSettings choose(Protocol protocol) {
      int replayed = protocol == Protocol.MANY_PERMUTATIONS ? 25 : 10;
      return new ExperienceReplay.Settings(1, replayed, 0.1f, 1, protocol.memory);
    }
  },
  MER("MER") {
    @Override
    ContinualSettings choose(Protocol protocol) {
      return switch (protocol) {
        case ROTATIONS ->
            new MetaExperienceReplay.Settings(0.1f, 0.01f, 1f, 5, 10, protocol.memory);
        case PERMUTATIONS ->
            new MetaExperienceReplay.Settings(0.03f, 0.03f, 1f, 10, 10, protocol.memory);
        case MANY_PERMUTATIONS ->
            new MetaExperienceReplay.Settings(0.03f, 0.03f, 1f, 10, 5, protocol.memory);
      };
    }
  },
  C_MAML("C-MAML") {
    @Override
    ContinualSettings choose(Protocol protocol) {
      float inner = protocol == Protocol.ROTATIONS ? 0.1f : 0.03f;
      float outer = protocol == Protocol.MANY_PERMUTATIONS ? 0.15f : 0.1f;
      return lookAhead(Variant.C_MAML, protocol, 5, inner, 0f, outer);
    }
  },
  SYNC("Sync La-MAML") {
    @Override
    ContinualSettings choose(Protocol protocol) {
      return switch (protocol) {
        case ROTATIONS -> lookAhead(Variant.SYNC, protocol, 5, 0.15f, 0.1f, 0.3f);
        case PERMUTATIONS -> lookAhead(Variant.SYNC, protocol, 5, 0.15f, 0.1f, 0.1f);
        case MANY_PERMUTATIONS -> lookAhead(Variant.SYNC, protocol, 10, 0.03f, 0.1f, 0.03f);
      };
    }
  },
  LA_MAML("La-MAML") {
    @Override
    ContinualSettings choose(Protocol protocol) {
      return protocol == Protocol.MANY_PERMUTATIONS
          ? lookAhead(Variant.LA_MAML, protocol, 10, 0.1f, 0.1f, 0f)
          : lookAhead(Variant.LA_MAML, protocol, 5, 0.15f, 0.3f, 0f);
    }
  },
  /** No continual learner: it keeps everything and passes over all of it again after each task. */
  JOINT("joint (oracle)") {
    @Override
    ContinualSettings choose(Protocol protocol) {
      int passes = protocol == Protocol.MANY_PERMUTATIONS ? 1 : 3;
      return new JointLearner.Settings(protocol.examplesPerTask, 10, 0.1f, passes);
    }
  },
  OURS("Engram") {
    @Override
    ContinualSettings choose(Protocol protocol) {
      return Choice.CHOSEN.on(protocol);
    }
  },
  /** Ours, that also learns from a moved copy of each digit; twice as many examples harden the weights, each half as much. */
  OURS_AUGMENTED("Engram, augmented") {
    @Override
    ContinualSettings choose(Protocol protocol) {
      return Choice.CHOSEN.withHardening(1.5f).on(protocol);
    }

    @Override
    boolean augments() {
      return true;
    }
  };

  private final String label;

  Contestant(String label) {
    this.label = label;
  }

  /** Its hyper-parameters on a protocol. */
  abstract ContinualSettings choose(Protocol protocol);

  /** Whether each example comes with a moved copy. */
  boolean augments() {
    return false;
  }

  String label() {
    return label;
  }

  private static LaMaml.Settings lookAhead(
      Variant variant, Protocol protocol, int glances, float inner, float stepRate, float outer) {
    return new LaMaml.Settings(
        variant, 10, 10, glances, inner, stepRate, outer, 2f, protocol.memory);
  }
}
