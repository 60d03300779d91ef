package io.engram.predict.domain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.predict.domain.LiveCounts.Count;
import io.engram.predict.domain.LiveCounts.Sum;
import io.engram.schemas.Tensors;
import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.ClassAnswer;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.LateLabel;
import io.engram.schemas.avro.NoAnswer;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.UnlabeledExample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnsweringTest {

  private static final long WINDOW = 1_000;

  private final List<Answer> answers = new ArrayList<>();
  private final List<LabeledExample> pairs = new ArrayList<>();
  private final MapPredictStore store = new MapPredictStore();
  private final LiveCounts counts = new LiveCounts();
  private boolean version = true;
  private final Answering answering =
      new Answering(
          new PredictRules(3, Duration.ofMillis(WINDOW)),
          this::newestLabel,
          store,
          new PredictOutput() {
            @Override
            public void answer(String key, Answer answer, @Nullable TraceContext trace) {
              answers.add(answer);
            }

            @Override
            public void labeled(
                String key, LabeledExample example, long time, @Nullable TraceContext trace) {
              pairs.add(example);
            }
          },
          counts);

  /** Answers with the label that came last. */
  private Optional<Answerer.Given> newestLabel(Answerer.Asking asking) {
    if (!version) {
      return Optional.empty();
    }
    List<LabeledExample> rows = asking.rows().get();
    Object outcome =
        rows.isEmpty()
            ? new NoAnswer("no row")
            : new ClassAnswer(
                rows.get(rows.size() - 1).getLabel().toString(),
                List.of("a", "b"),
                Tensors.float32(new float[] {1, 0}, 2));
    return Optional.of(new Answerer.Given("m", 7, outcome, rows.size(), SimpleAnswer.of(rows)));
  }

  @Test
  void anAnswerRestsOnTheNewestRowsOfItsKeyAndSaysSo() {
    for (int i = 0; i < 5; i++) {
      answering.labeled("k", row("r" + i, i < 4 ? "a" : "b"), false);
    }
    answering.labeled("other", row("r9", "c"), false);
    ask("k", "q", 10);
    Answer answer = answers.get(0);
    assertThat(((ClassAnswer) answer.getOutcome()).getLabel()).isEqualTo("b");
    assertThat(answer.getSupport()).isEqualTo(3);
    assertThat(answer.getSeen()).isEqualTo(5);
    assertThat(answer.getVersion()).isEqualTo(7);
    assertThat(answer.getOffset()).isEqualTo(10);
    assertThat(store.rows.get("k")).containsOnlyKeys(2L, 3L, 4L);
  }

  @Test
  void aQuestionThatComesOnceMoreIsNotAnsweredOnceMore() {
    ask("k", "q", 1);
    ask("k", "q", 2);
    ask("other", "q", 3);
    assertThat(answers).hasSize(2);
    assertThat(counts.of(Count.ASKED_AGAIN)).isEqualTo(1);
  }

  @Test
  void aLabelScoresTheAnswerThatWasGivenAndThePairGoesOn() {
    answering.labeled("k", row("r", "a"), false);
    ask("k", "q", 1);
    answering.labeled("k", row("s", "b"), false);
    late("k", "q", "a", 5);
    assertThat(counts.of(Count.SCORED)).isEqualTo(1);
    assertThat(counts.of(Sum.SCORE)).isEqualTo(1);
    assertThat(pairs).hasSize(1);
    assertThat(pairs.get(0).getId()).isEqualTo("q");
    assertThat(pairs.get(0).getLabel()).isEqualTo("a");
    // It comes back among the examples: its label is known.
    answering.labeled("k", pairs.get(0), true);
    assertThat(counts.of(Count.SCORED)).isEqualTo(1);
    assertThat(store.rows("k").next()).isEqualTo(3);
  }

  @Test
  void aLabelAmongTheExamplesScoresTooAndGoesNowhereElse() {
    answering.labeled("k", row("r", "a"), false);
    ask("k", "q", 1);
    answering.labeled("k", row("q", "b"), false);
    assertThat(counts.of(Count.SCORED)).isEqualTo(1);
    assertThat(counts.of(Sum.SCORE)).isZero();
    assertThat(pairs).isEmpty();
  }

  @Test
  void aCorrectionTakesTheFirstLabelsScoreBack() {
    answering.labeled("k", row("r", "a"), false);
    ask("k", "q", 1);
    late("k", "q", "a", 2);
    late("k", "q", "a", 3);
    late("k", "q", "b", 4);
    assertThat(counts.of(Count.SCORED)).isEqualTo(1);
    assertThat(counts.of(Count.CORRECTED)).isEqualTo(1);
    assertThat(counts.of(Sum.SCORE)).isZero();
    assertThat(pairs).extracting(LabeledExample::getLabel).containsExactly("a", "b");
    // The first pair comes back when the second label is known.
    answering.labeled("k", pairs.get(0), true);
    assertThat(counts.of(Count.CORRECTED)).isEqualTo(1);
  }

  @Test
  void aLabelMayComeBeforeItsQuestion() {
    answering.labeled("k", row("r", "a"), false);
    late("k", "q", "a", 1);
    assertThat(counts.of(Count.SCORED)).isZero();
    ask("k", "q", 2);
    assertThat(answers).hasSize(1);
    assertThat(counts.of(Count.SCORED)).isEqualTo(1);
    assertThat(pairs).hasSize(1);
    assertThat(counts.of(Count.OPEN)).isEqualTo(1);
  }

  @Test
  void whatNeverGetsItsCounterpartIsCountedAndForgotten() {
    ask("k", "q", 1);
    late("k", "other", "a", 2);
    answering.tick(WINDOW);
    assertThat(counts.of(Count.OPEN)).isEqualTo(2);
    answering.tick(WINDOW + 100);
    assertThat(counts.of(Count.EXPIRED)).isEqualTo(1);
    assertThat(counts.of(Count.UNMATCHED)).isEqualTo(1);
    assertThat(counts.of(Count.OPEN)).isZero();
    assertThat(store.questions).isEmpty();
    assertThat(store.due.values()).allMatch(Map::isEmpty);
    late("k", "q", "a", WINDOW + 200);
    assertThat(counts.of(Count.SCORED)).isZero();
  }

  @Test
  void beforeTheFirstVersionQuestionsWaitAndAreThenAnsweredOnce() {
    version = false;
    answering.labeled("k", row("r", "a"), false);
    ask("k", "q", 1);
    ask("k", "labeledMeanwhile", 2);
    late("k", "labeledMeanwhile", "a", 3);
    answering.tick(4);
    assertThat(answers).isEmpty();
    assertThat(counts.of(Count.WAITING)).isEqualTo(2);
    version = true;
    answering.tick(5);
    answering.tick(6);
    assertThat(answers).hasSize(2);
    assertThat(counts.of(Count.WAITING)).isZero();
    assertThat(counts.of(Count.SCORED))
        .as("an answer whose label may be among its rows proves nothing")
        .isZero();
    assertThat(pairs).hasSize(1);
    late("k", "q", "a", 7);
    assertThat(counts.of(Count.SCORED)).isEqualTo(1);
  }

  @Test
  void aQuestionWithDamagedFeaturesIsAnsweredWithTheReason() {
    answering.asked(
        "k", question("q"), new Answering.Place("examples", 0, 1), 1, "feature 0 is NaN", 1);
    assertThat(((NoAnswer) answers.get(0).getOutcome()).getReason()).isEqualTo("feature 0 is NaN");
    assertThat(counts.of(Count.UNANSWERABLE)).isEqualTo(1);
    assertThat(store.questions).isEmpty();
  }

  @Test
  void theMeanIsTheSimpleAnswerOfNumbersAndErrorsAreSquared() {
    Object simple = SimpleAnswer.of(List.of(number("a", 1f), number("b", 2f), number("c", 6f)));
    assertThat(simple).isEqualTo(Tensors.float32(new float[] {3f}, 1));
  }

  /** Whatever comes in whatever order: each question one answer, each score that of the newest label, nothing left when all is over. */
  @Property(tries = 200)
  void everyQuestionIsAnsweredOnceAndScoredByItsNewestLabel(@ForAll Random random) {
    new AnsweringTest().inAnyOrder(random); // all tries share one instance
  }

  private void inAnyOrder(Random random) {
    Set<String> asked = new HashSet<>();
    Map<String, String> newest = new HashMap<>();
    long now = 0;
    for (int step = 0; step < 200; step++) {
      version = (version && step != 20) || random.nextInt(10) == 0;
      String id = "q" + random.nextInt(20);
      String label = random.nextBoolean() ? "a" : "b";
      switch (random.nextInt(4)) {
        case 0 -> answering.labeled("k", row("r" + step, label), false);
        case 1 -> {
          ask("k", id, now);
          asked.add(id);
        }
        case 2 -> {
          late("k", id, label, now);
          newest.put(id, label);
        }
        default -> answering.tick(now);
      }
    }
    version = true;
    answering.tick(now);
    assertThat(answers).extracting(Answer::getExampleId).doesNotHaveDuplicates();
    assertThat(answers).extracting(Answer::getExampleId).containsExactlyInAnyOrderElementsOf(asked);
    long right =
        answers.stream()
            .filter(
                it ->
                    !requireNonNull(store.question(new AskedId("k", it.getExampleId())))
                        .getUnscored())
            .filter(
                it ->
                    it.getOutcome() instanceof ClassAnswer given
                        && given.getLabel().equals(newest.get(it.getExampleId())))
            .count();
    assertThat(Math.round(counts.of(Sum.SCORE))).isEqualTo(right);
    answering.tick(now + WINDOW + 1);
    assertThat(store.questions).isEmpty();
    assertThat(counts.of(Count.OPEN)).isZero();
    assertThat(counts.of(Count.WAITING)).isZero();
  }

  private void ask(String key, String id, long now) {
    answering.asked(key, question(id), new Answering.Place("examples", 0, now), now, null, now);
  }

  private void late(String key, String id, String label, long now) {
    answering.late(key, new LateLabel(id, label), null, now);
  }

  private static UnlabeledExample question(String id) {
    return new UnlabeledExample(id, Tensors.float32(new float[] {1}, 1));
  }

  private static LabeledExample row(String id, String label) {
    return new LabeledExample(id, Tensors.float32(new float[] {1}, 1), label, null, Part.AUTO);
  }

  private static LabeledExample number(String id, float label) {
    return new LabeledExample(
        id,
        Tensors.float32(new float[] {1}, 1),
        Tensors.float32(new float[] {label}, 1),
        null,
        Part.AUTO);
  }
}
