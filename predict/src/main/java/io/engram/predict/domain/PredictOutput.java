package io.engram.predict.domain;

import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.LabeledExample;
import org.jspecify.annotations.Nullable;

/** Where what is answered goes. One thread; committed together with the store. */
public interface PredictOutput {

  /**
   * Onto {@code predictions}.
   *
   * @param trace whose work the question is part of; null where it did not say
   */
  void answer(String key, Answer answer, @Nullable TraceContext trace);

  /**
   * Onto the topic of examples: a question with the label that came for it.
   *
   * @param trace whose work it is part of: the label's, with a link to the question's, or the question's alone
   */
  void labeled(String key, LabeledExample example, long time, @Nullable TraceContext trace);
}
