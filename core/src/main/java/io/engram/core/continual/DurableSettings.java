package io.engram.core.continual;

import io.engram.core.compute.StreamProgram;

/** The hyper-parameters of a learner that a service can run: what it holds is bounded and can be stored. */
public sealed interface DurableSettings extends ContinualSettings
    permits OnlineSgd.Settings,
        ExperienceReplay.Settings,
        MetaExperienceReplay.Settings,
        LaMaml.Settings,
        ContinualMaml.Settings,
        ConsolidatingReplay.Settings,
        SessionReplay.Settings {

  @Override
  DurableLearner start(StreamProgram program, float[] theta, long seed);

  /** The learner's name in a configuration. */
  String name();

  /** Examples it keeps at most. */
  int memory();
}
