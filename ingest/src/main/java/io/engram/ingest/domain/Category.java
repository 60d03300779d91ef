package io.engram.ingest.domain;

import java.util.Locale;

/** Why an example was rejected, in a word: the tag of the counter and a header of the rejected record. */
public enum Category {
  UNDECODABLE,
  NO_KEY,
  TOO_LARGE,
  DAMAGED_TENSOR,
  EMPTY_FEATURES,
  ELEMENT_TYPE,
  NOT_FINITE,
  FEATURE_SHAPE,
  LABEL_KIND,
  LABEL_SHAPE,
  EMPTY_CLASS,
  TASK_TOO_SMALL,
  ONE_SIDED_TASK,
  TOO_MANY_CLASSES,
  /** A row was deleted where the examples come from: counted, and not kept among the rejected. */
  DELETION,
  DUPLICATE,
  LATE,
  FORGOTTEN;

  /** E.g. {@code task-too-small}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
