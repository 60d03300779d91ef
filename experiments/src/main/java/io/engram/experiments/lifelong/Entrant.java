package io.engram.experiments.lifelong;

import io.engram.core.continual.ContinualMaml;
import io.engram.core.continual.ContinualSettings;
import io.engram.core.continual.OnlineSgd;
import io.engram.core.continual.SessionReplay;
import java.util.ArrayList;
import java.util.List;

/**
 * A learner on the drifting stream.
 *
 * @param name the same for all settings of one learner
 * @param settings its hyper-parameters
 * @param pretrained whether it begins at weights trained on training characters, or at random ones
 */
record Entrant(String name, ContinualSettings settings, boolean pretrained) {

  private static final int EXAMPLES = DriftingStream.WAYS * DriftingStream.SHOTS;
  private static final int GLANCES = 5;
  private static final int SESSION = 500;

  /** What {@code --tune --drift} found best, on streams of other seeds, characters and digits. */
  static List<Entrant> chosen() {
    return List.of(
        onlineSgd(0.4f),
        fineTuning(0.4f),
        frozenMaml(0.2f),
        continualMaml(0.2f, 1f, 0.1f, true),
        engram(0.6f, 2f, 1f));
  }

  /** What to choose from. */
  static List<Entrant> candidates() {
    List<Entrant> all = new ArrayList<>();
    for (float step : new float[] {0.025f, 0.05f, 0.1f, 0.2f, 0.4f}) {
      all.add(onlineSgd(step));
      all.add(fineTuning(step));
    }
    for (float step : new float[] {0.05f, 0.1f, 0.2f}) {
      all.add(frozenMaml(step));
      for (float tolerance : new float[] {0.5f, 1f, 2f}) {
        for (float outer : new float[] {0.02f, 0.1f}) {
          all.add(continualMaml(step, tolerance, outer, true));
          all.add(continualMaml(step, tolerance, outer, false));
        }
      }
    }
    for (float step : new float[] {0.2f, 0.4f, 0.6f}) {
      for (float tolerance : new float[] {1f, 2f}) {
        for (float reptile : new float[] {0.5f, 1f}) {
          all.add(engram(step, tolerance, reptile));
        }
      }
    }
    return all;
  }

  private static Entrant onlineSgd(float step) {
    return new Entrant("online SGD", new OnlineSgd.Settings(EXAMPLES, step, GLANCES), false);
  }

  private static Entrant fineTuning(float step) {
    return new Entrant("fine-tuning", new OnlineSgd.Settings(EXAMPLES, step, GLANCES), true);
  }

  private static Entrant frozenMaml(float step) {
    return new Entrant(
        "frozen MAML",
        new ContinualMaml.Settings(
            EXAMPLES, step, GLANCES, 0f, Float.NEGATIVE_INFINITY, 1f, EXAMPLES, true),
        true);
  }

  private static Entrant continualMaml(
      float step, float tolerance, float outer, boolean freshHead) {
    return new Entrant(
        "C-MAML",
        new ContinualMaml.Settings(
            EXAMPLES, step, GLANCES, outer, tolerance, 2f, SESSION, freshHead),
        true);
  }

  private static Entrant engram(float step, float tolerance, float reptile) {
    return new Entrant(
        "Engram",
        new SessionReplay.Settings(
            EXAMPLES, step, GLANCES, EXAMPLES, SESSION, tolerance, reptile, 5f),
        true);
  }
}
