package io.engram.predict.domain;

import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.LabeledExample;

/** Where what is answered goes. One thread; committed together with the store. */
public interface PredictOutput {

  /** Onto {@code predictions}. */
  void answer(String key, Answer answer);

  /** Onto the topic of examples: a question with the label that came for it. */
  void labeled(String key, LabeledExample example, long time);
}
