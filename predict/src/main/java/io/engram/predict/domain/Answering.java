package io.engram.predict.domain;

import io.engram.predict.domain.LiveCounts.Count;
import io.engram.predict.domain.LiveCounts.Sum;
import io.engram.schemas.Tensors;
import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.ClassAnswer;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.LateLabel;
import io.engram.schemas.avro.NoAnswer;
import io.engram.schemas.avro.OpenQuestion;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.UnlabeledExample;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One partition's questions and answers. Each question is answered once, by the newest version, adapted to the newest labeled examples of its
 * key; its label, whenever it comes, scores the answer that was really given, and the pair goes on as a labeled example. For one thread.
 */
public final class Answering {

  private final PredictRules rules;
  private final Answerer answerer;
  private final PredictStore store;
  private final PredictOutput output;
  private final LiveCounts counts;

  /**
   * Where a question stands.
   *
   * @param trace whose work it is part of; null where its record does not say
   */
  public record Place(String topic, int partition, long offset, @Nullable TraceContext trace) {

    /** Of nobody's work. */
    public Place(String topic, int partition, long offset) {
      this(topic, partition, offset, null);
    }
  }

  /** Begins where its store was left. */
  public Answering(
      PredictRules rules,
      Answerer answerer,
      PredictStore store,
      PredictOutput output,
      LiveCounts counts) {
    this.rules = rules;
    this.answerer = answerer;
    this.store = store;
    this.output = output;
    this.counts = counts;
  }

  /**
   * Takes a labeled example: later answers rest on it, and where it was a question once it is that one's label.
   *
   * @param own whether it is a pair that was made here: its label was taken when it came
   */
  public void labeled(String key, LabeledExample example, boolean own) {
    KeyRows rows = store.rows(key);
    store.putRow(key, rows.next(), example);
    long next = rows.next() + 1;
    long first = rows.first();
    for (; next - first > rules.rows(); first++) {
      store.removeRow(key, first);
    }
    store.put(key, new KeyRows(first, next));
    AskedId asked = new AskedId(key, example.getId());
    OpenQuestion open = own ? null : store.question(asked);
    if (open != null && open.getQuestion() != null) {
      takeLabel(asked, open, example.getLabel());
    }
  }

  /**
   * Takes a question.
   *
   * @param askedAt its time, in milliseconds
   * @param problem what is wrong with its features by themselves; null: nothing
   * @param now the clock, in milliseconds
   */
  public void asked(
      String key,
      UnlabeledExample question,
      Place place,
      long askedAt,
      @Nullable String problem,
      long now) {
    AskedId asked = new AskedId(key, question.getId());
    OpenQuestion known = store.question(asked);
    if (known != null && known.getQuestion() != null) {
      counts.add(Count.ASKED_AGAIN, 1);
      return;
    }
    OpenQuestion open =
        new OpenQuestion(
            question,
            null,
            known == null ? null : known.getLabel(),
            null,
            false,
            place.topic(),
            place.partition(),
            place.offset(),
            askedAt,
            now + rules.window().toMillis());
    if (problem != null) {
      give(
          asked,
          open,
          new Answerer.Given("", 0, new NoAnswer(problem), 0, null),
          store.rows(key).next(),
          now,
          place.trace());
      return;
    }
    if (known == null) {
      counts.add(Count.OPEN, 1);
    } else {
      store.remove(asked, known);
    }
    if (place.trace() != null) {
      store.putTrace(asked, place.trace());
    }
    if (!answer(asked, open, now, place::trace)) {
      counts.add(Count.WAITING, 1);
      store.put(asked, open);
      store.waits(asked, open.getDue());
    } else if (open.getLabel() != null) {
      score(asked, open, open.getLabel(), 1);
    }
    if (open.getLabel() != null) {
      passOn(asked, open, place.trace());
    }
  }

  /**
   * Takes a label that came by itself: before its question, after it, or once more.
   *
   * @param trace whose work it is part of; null where its record does not say
   */
  public void late(String key, LateLabel late, @Nullable TraceContext trace, long now) {
    AskedId asked = new AskedId(key, late.getExampleId());
    OpenQuestion open = store.question(asked);
    if (open == null) {
      counts.add(Count.OPEN, 1);
      store.put(
          asked,
          new OpenQuestion(
              null,
              null,
              late.getLabel(),
              null,
              false,
              "",
              0,
              0L,
              0L,
              now + rules.window().toMillis()));
    } else if (open.getQuestion() == null) {
      open.setLabel(late.getLabel());
      store.put(asked, open);
    } else if (takeLabel(asked, open, late.getLabel())) {
      passOn(asked, open, both(store.trace(asked), trace));
    }
  }

  private static @Nullable TraceContext both(
      @Nullable TraceContext question, @Nullable TraceContext label) {
    return TraceContext.closing(Stream.of(question, label).flatMap(Stream::ofNullable).toList())
        .orElse(null);
  }

  /** Counts a label that nobody can read. */
  public void unreadableLabel() {
    counts.add(Count.BAD_LABELS, 1);
  }

  /** Answers what waited for a version, and lets go of what has waited for its counterpart long enough. */
  public void tick(long now) {
    if (counts.of(Count.WAITING) > 0) {
      store.forEachWaiting(asked -> answerWaiting(asked, now));
    }
    store.forEachDue(now, this::letGo);
  }

  private void answerWaiting(AskedId asked, long now) {
    OpenQuestion open = store.question(asked);
    if (open == null || !answer(asked, open, now, () -> store.trace(asked))) {
      return;
    }
    counts.add(Count.WAITING, -1);
    store.waitsNoMore(asked, open.getDue());
    if (open.getLabel() != null) {
      // It may be among the rows that the answer rests on.
      open.setUnscored(true);
      store.put(asked, open);
    }
  }

  private void letGo(AskedId asked) {
    OpenQuestion open = store.question(asked);
    if (open == null) {
      return;
    }
    counts.add(Count.OPEN, -1);
    if (open.getQuestion() == null) {
      counts.add(Count.UNMATCHED, 1);
    } else if (open.getLabel() == null) {
      counts.add(Count.EXPIRED, 1);
    }
    if (open.getQuestion() != null && open.getAnswer() == null) {
      counts.add(Count.WAITING, -1);
      store.waitsNoMore(asked, open.getDue());
    }
    store.remove(asked, open);
  }

  /** Answers and remembers, if there is a version to answer with. */
  private boolean answer(
      AskedId asked, OpenQuestion open, long now, Supplier<@Nullable TraceContext> trace) {
    KeyRows rows = store.rows(asked.key());
    Optional<Answerer.Given> given =
        answerer.answer(
            new Answerer.Asking(
                asked.key(),
                rows.next(),
                () -> store.rows(asked.key(), rows.first(), rows.next()),
                Tensors.floats(open.getQuestion().getFeatures())));
    if (given.isEmpty()) {
      return false;
    }
    give(asked, open, given.get(), rows.next(), now, trace.get());
    store.put(asked, open);
    return true;
  }

  private void give(
      AskedId asked,
      OpenQuestion open,
      Answerer.Given given,
      long seen,
      long now,
      @Nullable TraceContext trace) {
    boolean none = given.outcome() instanceof NoAnswer;
    counts.add(none ? Count.UNANSWERABLE : Count.ANSWERED, 1);
    counts.add(Count.WITHOUT_SUPPORT, !none && given.support() == 0 ? 1 : 0);
    Answer answer =
        new Answer(
            asked.id(),
            given.model(),
            given.version(),
            given.outcome(),
            given.support(),
            seen,
            Instant.ofEpochMilli(open.getAskedAt()),
            Instant.ofEpochMilli(now),
            open.getTopic(),
            open.getPartition(),
            open.getOffset());
    open.setAnswer(answer);
    open.setSimple(given.simple());
    output.answer(asked.key(), answer, trace);
  }

  /** Whether the label says something new. */
  private boolean takeLabel(AskedId asked, OpenQuestion open, Object label) {
    Object before = open.getLabel();
    if (label.equals(before)) {
      return false;
    }
    if (before != null) {
      counts.add(Count.CORRECTED, 1);
      score(asked, open, before, -1);
    }
    score(asked, open, label, 1);
    open.setLabel(label);
    store.put(asked, open);
    return true;
  }

  /** Counts a label's score, or takes it out again. */
  private void score(AskedId asked, OpenQuestion open, Object label, int sign) {
    OptionalDouble score = open.getUnscored() ? OptionalDouble.empty() : Truth.score(open, label);
    if (score.isEmpty()) {
      return;
    }
    counts.add(Count.SCORED, sign);
    counts.add(Sum.SCORE, sign * score.getAsDouble());
    OptionalDouble simple = Truth.simple(open, label);
    if (simple.isPresent()) {
      counts.add(Count.SCORED_SIMPLE, sign);
      counts.add(Sum.SCORE_BESIDE_SIMPLE, sign * score.getAsDouble());
      counts.add(Sum.SIMPLE_SCORE, sign * simple.getAsDouble());
      boolean classes = open.getAnswer().getOutcome() instanceof ClassAnswer;
      counts.keys().add(asked.key(), score.getAsDouble(), simple.getAsDouble(), classes, sign);
    }
  }

  private void passOn(AskedId asked, OpenQuestion open, @Nullable TraceContext trace) {
    output.labeled(
        asked.key(),
        new LabeledExample(
            asked.id(), open.getQuestion().getFeatures(), open.getLabel(), null, Part.AUTO),
        open.getAskedAt(),
        trace);
  }
}
