package io.engram.benchmarks.answers;

import io.engram.client.Model;
import io.engram.kafkakit.CommittedReader;
import io.engram.predict.adapt.ModelAnswerer;
import io.engram.predict.domain.Answerer;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers given once more, from the log alone: the version that an answer names, and as many labeled examples of its key as it says had come.
 */
final class Audit {

  /**
   * What came of it.
   *
   * @param repeated answers that came out the same to the bit
   * @param different answers that did not
   * @param unknown answers of versions that were not heard of
   */
  record Result(int repeated, int different, int unknown) {}

  private final Map<Long, Model> versions;
  private final ModelAnswerer answerer;
  private final int rows;
  private final Map<String, List<LabeledExample>> labeled = new HashMap<>();

  /**
   * @param versions every version that was published, by its number
   * @param rows that an answer rests on
   */
  Audit(
      Map<Long, Model> versions,
      ModelAnswerer answerer,
      int rows,
      Topics topics,
      Map<String, Object> kafka) {
    this.versions = versions;
    this.answerer = answerer;
    this.rows = rows;
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(
          topics.examples(),
          record -> {
            if (!Wire.isUnlabeled(record.value())) {
              labeled
                  .computeIfAbsent(
                      new String(record.key(), StandardCharsets.UTF_8), none -> new ArrayList<>())
                  .add(Wire.labeledExample().decode(record.value()));
            }
          });
    }
  }

  Result of(List<Listener.Heard> heard, Map<String, Asker.Question> asked) {
    int repeated = 0;
    int different = 0;
    int unknown = 0;
    for (Listener.Heard one : heard) {
      Model model = versions.get(one.answer().getVersion());
      Asker.Question question = asked.get(one.answer().getExampleId());
      if (model == null || question == null) {
        unknown++;
        continue;
      }
      int seen = Math.toIntExact(one.answer().getSeen());
      List<LabeledExample> known = labeled.getOrDefault(one.key(), List.of());
      Answerer.Given again =
          answerer.answer(
              model,
              new Answerer.Asking(
                  one.key(),
                  seen,
                  () -> known.subList(Math.max(0, seen - rows), seen),
                  question.features()));
      if (again.outcome().equals(one.answer().getOutcome())) {
        repeated++;
      } else {
        different++;
      }
    }
    return new Result(repeated, different, unknown);
  }
}
