package io.engram.cli.source;

import io.engram.schemas.avro.LabeledExample;
import java.util.List;
import java.util.Map;

/** Makes few-shot sessions: session n of a key of its own, always with the same examples. */
public interface Sessions {

  /** Examples of every session. */
  int examplesPerSession();

  /** The task key of session {@code number}. */
  String key(long number);

  /** The examples of session {@code number}, in the order in which they are sent. */
  List<LabeledExample> examples(long number);

  /** What the sessions depend on (see {@link ExampleSource#identity}). */
  Map<String, String> identity();

  /** One line for people. */
  String description();
}
