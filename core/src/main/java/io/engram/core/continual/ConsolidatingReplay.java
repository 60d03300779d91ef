package io.engram.core.continual;

import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.random.RandomStream;
import java.util.List;
import java.util.Map;

/**
 * Engram's own learner: replay that remembers answers, in weights that harden with use, beside a slow teacher that is believed where it is
 * right. Each batch of new examples is glanced at a few times; a glance takes one step
 *
 * <pre>
 * θ ← θ − s ∘ g,   s = α / (1 + c·F),   g shortened to norm n where it is longer
 * g = ∇[ mean over new of      ( CE + ½·t·q^k·‖z − z_slow‖² )
 *      + mean over replayed of ( CE + ½·p·‖z − z_kept‖² ) ]
 * θ_slow ← θ_slow + r·(θ − θ_slow)
 * </pre>
 *
 * <ul>
 *   <li>z_kept is what was answered when the example was kept (dark experience replay, Buzzega et al. 2020, eq. 6).
 *   <li>F sums the squared gradients of every example of the stream, once, after it was learned: the diagonal Fisher information of elastic
 *       weight consolidation (Kirkpatrick et al. 2017), used not as a penalty but as a step size that shrinks where the past depends on a
 *       weight.
 *   <li>z_slow is what a running average of the weights (mean teacher, Tarvainen &amp; Valpola 2017) says when the batch arrives, and q the probability it gives to
 *       the true label. Where the new resembles the old the teacher is right and holds the weights; where it is new, q is near 0
 *       and leaves them free. That is what a task boundary would be wanted for, example by example and without one.
 *   <li>The bound on the norm is what allows α to be large: pulls on logits are quadratic and would throw the weights off at the first surprise.
 * </ul>
 *
 * <p>Over a stream without end F grows for ever, and steps end. Where that is not wanted, every example also makes
 *
 * <pre>
 * F ← (1 − f)·F,   θ ← (1 − d)·θ
 * </pre>
 *
 * <ul>
 *   <li>With f &gt; 0 importance is a sum over about the last 1/f examples (online elastic weight consolidation, Schwarz et al. 2018, eq. 9), and the memory
 *       a sample of as many: what is no longer protected is not replayed either.
 *   <li>With d &gt; 0 weights decay apart from the loss (Loshchilov &amp; Hutter 2019, eq. 2), and cannot grow so large that no
 *       step turns them any more.
 * </ul>
 */
public final class ConsolidatingReplay extends DurableNetworkLearner {

  private final Settings settings;
  private final StreamVector slow;
  private final StreamVector importance;
  private final StreamVector steps;
  private final StreamStep.Each alone;
  private StreamStep.Averaged taught;
  private final Reservoir memory;
  private final StreamBatch questions;
  private float[] answers = new float[0];
  private float[] beliefs = new float[0];
  private long updates;

  /**
   * How it learns.
   *
   * @param batch what is learned together
   * @param step how far
   * @param pull p, how strongly replayed examples are held to the logits they were kept with
   * @param teacher what the running average of the weights has to say
   * @param memory examples kept
   */
  public record Settings(Batch batch, Step step, float pull, Teacher teacher, int memory)
      implements DurableSettings {

    public Settings {
      OutOfBounds.notNegative("pull", pull);
      OutOfBounds.atLeastOne("memory", memory);
    }

    /** Stands in the store's identity and in the lineage of every version; without fading and decay as before there were any. */
    @Override
    public String toString() {
      return "Settings[arriving=%s, glances=%s, replayed=%s, step=%s, longest=%s, hardening=%s%s%s, pull=%s, teaching=%s, trust=%s, slowness=%s, memory=%s]"
          .formatted(
              batch.arriving,
              batch.glances,
              batch.replayed,
              step.size,
              step.longest,
              step.hardening,
              step.fading > 0 ? ", fading=" + step.fading : "",
              step.decay > 0 ? ", decay=" + step.decay : "",
              pull,
              teacher.teaching(),
              teacher.trust(),
              teacher.slowness(),
              memory);
    }

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new ConsolidatingReplay(program, theta, this, seed);
    }

    @Override
    public String name() {
      return ConsolidatingReplayKind.NAME;
    }
  }

  /**
   * What is learned together.
   *
   * @param arriving new examples of a batch
   * @param glances steps on each batch
   * @param replayed remembered examples of a step, drawn with replacement
   */
  public record Batch(int arriving, int glances, int replayed) {

    public Batch {
      OutOfBounds.atLeastOne("arriving", arriving);
      OutOfBounds.atLeastOne("glances", glances);
      OutOfBounds.notNegative("replayed", replayed);
    }
  }

  /**
   * How far a step goes.
   *
   * @param size α
   * @param longest n, the largest norm of a gradient
   * @param hardening c
   * @param fading f, the share of its importance that a weight loses with every example; 0 for none
   * @param decay d, the share of itself that a weight loses with every example; 0 for none
   */
  public record Step(float size, float longest, float hardening, float fading, float decay) {

    /** Of weights that stay as hard and as large as they became. */
    public Step(float size, float longest, float hardening) {
      this(size, longest, hardening, 0f, 0f);
    }

    public Step {
      OutOfBounds.positive("step", size);
      OutOfBounds.positive("longest", longest);
      OutOfBounds.notNegative("hardening", hardening);
      OutOfBounds.partOrNone("fading", fading);
      OutOfBounds.partOrNone("decay", decay);
    }

    /** 1/f, examples that the past reaches back. */
    long reach() {
      return fading > 0 ? Math.round(1.0 / fading) : Long.MAX_VALUE;
    }
  }

  ConsolidatingReplay(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, settings.batch().arriving(), seed);
    this.settings = settings;
    this.importance = program.zeros();
    this.steps = program.zeros();
    this.memory = new Reservoir(settings.memory(), seed, settings.step().reach());
    this.questions = new StreamBatch(program.network().outputs());
    this.slow = this.theta.copy();
    this.alone = new StreamStep.Each(steps, settings.step().longest());
    this.taught = new StreamStep.Averaged(alone, slow, settings.teacher().slowness());
    steps.fill(settings.step().size());
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    boolean taught = settings.teacher().teaching() > 0;
    if (taught) {
      askTeacher(arrived); // once for all glances, in which the teacher hardly moves
    }
    for (int glance = 0; glance < settings.batch().glances(); glance++) {
      glance(arrived);
    }
    harden(arrived);
    keep(arrived);
    if (settings.step().decay() > 0) {
      theta.scale(left(settings.step().decay(), arrived.size()));
      slow.scale(1f); // it follows a weight that is gone to 0, and is to get there
    }
  }

  /** What is left after so many examples that take this share each. */
  private static float left(float share, int examples) {
    return (float) StrictMath.pow(1 - share, examples);
  }

  private void glance(List<StreamExample> arrived) {
    batch.clear();
    addNew(arrived);
    addRemembered(nextDraw());
    updates++;
    if (settings.teacher().teaching() > 0) {
      float rate = Math.max(settings.teacher().slowness(), 1f / (updates + 1));
      if (rate != taught.rate()) {
        taught = new StreamStep.Averaged(alone, slow, rate);
      }
      program.descend(theta, batch, taught);
    } else {
      program.descend(theta, batch, alone);
    }
  }

  private void addNew(List<StreamExample> arrived) {
    float share = 1f / arrived.size();
    boolean taught = settings.teacher().teaching() > 0;
    for (int i = 0; i < arrived.size(); i++) {
      StreamExample example = arrived.get(i);
      add(example, share);
      if (taught) {
        batch.towards(answers, i * batch.outputs(), beliefs[i] * share);
      }
    }
  }

  private void addRemembered(RandomStream draw) {
    int replayed = memory.isEmpty() ? 0 : settings.batch().replayed();
    for (int i = 0; i < replayed; i++) {
      Kept kept = memory.draw(draw);
      add(kept.example(), 1f / replayed);
      batch.towards(kept.logits(), 0, settings.pull() / replayed);
    }
  }

  /** Hardens by the new examples and leaves their logits in {@link #answers}. */
  private void harden(List<StreamExample> arrived) {
    if (settings.step().fading() > 0) {
      importance.scale(left(settings.step().fading(), arrived.size()));
    }
    batch.clear();
    add(arrived, 1f);
    program.addSquaredGradients(theta, batch, importance, answersOf(arrived.size()));
    steps.dampen(settings.step().size(), settings.step().hardening(), importance);
  }

  private void keep(List<StreamExample> arrived) {
    int outputs = batch.outputs();
    for (int i = 0; i < arrived.size(); i++) {
      float[] own = new float[outputs];
      System.arraycopy(answers, i * outputs, own, 0, outputs);
      memory.offer(new Kept(arrived.get(i), own));
    }
  }

  /** Writes what the teacher answers into {@link #answers} and how far it is believed into {@link #beliefs}. */
  private void askTeacher(List<StreamExample> arrived) {
    questions.clear();
    for (StreamExample example : arrived) {
      questions.add(example.input());
    }
    program.predict(slow, questions, answersOf(arrived.size()));
    if (beliefs.length < arrived.size()) {
      beliefs = new float[arrived.size()];
    }
    for (int i = 0; i < arrived.size(); i++) {
      double right = probability(answers, i * batch.outputs(), arrived.get(i).label());
      beliefs[i] =
          (float) (settings.teacher().teaching() * Math.pow(right, settings.teacher().trust()));
    }
  }

  /** {@link #answers}, with room for so many examples. */
  private float[] answersOf(int examples) {
    int needed = examples * batch.outputs();
    if (answers.length < needed) {
      answers = new float[needed];
    }
    return answers;
  }

  /** softmax(z)[label] of the logits from {@code at} on. */
  private double probability(float[] z, int at, int label) {
    double sum = 0;
    for (int o = 0; o < batch.outputs(); o++) {
      sum += Math.exp(z[at + o] - z[at + label]);
    }
    return 1 / sum;
  }

  @Override
  Reservoir memory() {
    return memory;
  }

  @Override
  Map<String, StreamVector> vectors() {
    return Map.of("slow", slow, "importance", importance);
  }

  @Override
  Map<String, Long> counts() {
    return Map.of("updates", updates);
  }

  @Override
  void resumed(ContinualState state) {
    updates = state.count("updates");
    steps.dampen(settings.step().size(), settings.step().hardening(), importance);
  }
}
