package io.engram.model;

import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer.ClosedForm;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.learning.AdaptationRule;
import io.engram.core.tables.TableModel;

/**
 * How consumers adapt a version to their task. A closed choice: who decides by it implements {@link Cases}, which a new kind makes fail to
 * compile. On the wire the optimiser's text says which kind it is.
 */
public sealed interface Adaptation {

  /** What batch-norm layers see when examples are asked about. */
  NormalizationMode normalization();

  /** Answers by kind. */
  <R> R on(Cases<R> cases);

  /** One answer for each kind. */
  interface Cases<R> {

    R steps(GradientSteps steps);

    R head(ClosedFormHead head);

    R none(None none);

    R table(ByTable table);
  }

  /** The inner loop that a compute engine runs for it; without steps where none does. */
  default InnerLoop loop() {
    return on(
        new Cases<>() {
          @Override
          public InnerLoop steps(GradientSteps steps) {
            return steps.loop();
          }

          @Override
          public InnerLoop head(ClosedFormHead head) {
            return InnerLoop.closedForm(head.fit());
          }

          @Override
          public InnerLoop none(None none) {
            return InnerLoop.sgd(0, 0f);
          }

          @Override
          public InnerLoop table(ByTable table) {
            return InnerLoop.sgd(0, 0f);
          }
        });
  }

  /** The kind that an inner loop makes: without steps it is none. */
  static Adaptation by(InnerLoop loop, NormalizationMode normalization) {
    if (loop.steps() == 0) {
      return new None(normalization);
    }
    return loop.optimizer() instanceof ClosedForm closed
        ? new ClosedFormHead(closed.fit(), normalization)
        : new GradientSteps(loop, normalization);
  }

  /**
   * By gradient steps on the support set.
   *
   * @param loop the inner loop it was trained for, at least 1 step
   */
  record GradientSteps(InnerLoop loop, NormalizationMode normalization) implements Adaptation {

    public GradientSteps {
      if (loop.steps() < 1) {
        throw new IllegalArgumentException("adapting by steps takes at least 1, found 0");
      }
      if (loop.optimizer() instanceof ClosedForm) {
        throw new IllegalArgumentException("a head in closed form takes no gradient steps");
      }
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.steps(this);
    }
  }

  /**
   * By fitting the last layer to the support set in closed form; what comes before it stays.
   *
   * @param fit the rule
   */
  record ClosedFormHead(HeadFit fit, NormalizationMode normalization) implements Adaptation {

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.head(this);
    }
  }

  /** Not at all: it is used as it is, as a continual learner's. */
  record None(NormalizationMode normalization) implements Adaptation {

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.none(this);
    }
  }

  /**
   * In closed form: experts are fitted to the support set, and the model says how far to trust each.
   *
   * @param model what it knows; its network is the part that never adapts
   */
  record ByTable(TableModel model) implements Adaptation {

    @Override
    public NormalizationMode normalization() {
      return AdaptationRule.NONE.scoring();
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.table(this);
    }
  }
}
