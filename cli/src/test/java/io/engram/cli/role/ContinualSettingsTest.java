package io.engram.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.core.continual.ConsolidatingReplay;
import io.engram.core.continual.DurableSettings;
import io.engram.core.continual.Teacher;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.LabelSpace;
import io.engram.core.learning.StreamSettings;
import io.engram.core.testing.TestData;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The continual learners as they are configured. */
class ContinualSettingsTest {

  private static final Layers LAYERS =
      Layers.none()
          .withPreset("csv")
          .withAssignment("learner.network=input(4) dense(8) relu dense(3) softmax");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "online-sgd",
        "experience-replay",
        "mer",
        "la-maml",
        "la-maml-sync",
        "la-maml-c",
        "c-maml",
        "shrink-and-perturb",
        "continual-backprop",
        "consolidating-replay",
        "session-replay"
      })
  void eachHasItsNameAndItsDefaults(String name) {
    StreamSettings settings = read(LAYERS.withAssignment("learner.algorithm=" + name));
    assertThat(stream(settings).name()).isEqualTo(name);
    assertThat(settings.adaptation().inner().steps()).as("θ is used as it is").isZero();
    assertThat(settings.inWords()).contains("learner=" + name, stream(settings).toString());
  }

  @Test
  void oursIsTheOneSettingOfTheResults() {
    assertThat(stream(read(LAYERS.withAssignment("learner.algorithm=consolidating-replay"))))
        .isEqualTo(
            new ConsolidatingReplay.Settings(
                new ConsolidatingReplay.Batch(10, 5, 30),
                new ConsolidatingReplay.Step(0.2f, 5f, 3f),
                0.7f,
                new Teacher(0.45f, 2f, 0.005f),
                200));
  }

  /** They stand in the identity of stores and in the lineage of versions: to the byte. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "consolidating-replay | Settings[arriving=10, glances=5, replayed=30, step=0.2, longest=5.0, hardening=3.0, pull=0.7, teaching=0.45, trust=2.0, slowness=0.005, memory=200]",
        "la-maml | Settings[variant=LA_MAML, arriving=10, replayed=10, glances=5, initialStep=0.15, stepRate=0.3, outerStep=0.0, clip=2.0, memory=200]",
        "la-maml-sync | Settings[variant=SYNC, arriving=10, replayed=10, glances=5, initialStep=0.15, stepRate=0.1, outerStep=0.1, clip=2.0, memory=200]"
      })
  void theTextFormIsThatOfEveryStoreBefore(String name, String text) {
    assertThat(stream(read(LAYERS.withAssignment("learner.algorithm=" + name))).toString())
        .isEqualTo(text);
  }

  @Test
  void whatFadesAndDecaysIsSaidWhereItDoes() {
    Layers fading =
        LAYERS
            .withAssignment("learner.algorithm=consolidating-replay")
            .withAssignment("learner.consolidating-replay.fading=0.001")
            .withAssignment("learner.consolidating-replay.decay=0.0001");
    assertThat(stream(read(fading)).toString())
        .contains("hardening=3.0, fading=0.001, decay=1.0E-4, pull=0.7");
  }

  @Test
  void itsOwnSectionSaysHowItLearns() {
    Layers more =
        LAYERS
            .withAssignment("learner.algorithm=mer")
            .withAssignment("learner.mer.memory=5000")
            .withAssignment("learner.la-maml.memory=7");
    assertThat(stream(read(more)).memory()).isEqualTo(5000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learner.algorithm=joint | learner.algorithm (--set learner.algorithm): found 'joint', expected a learner that keeps a bounded memory",
        "learner.algorithm=merr | found 'merr', expected one of anil, c-maml, consolidating-replay",
        "learner.label-space=per-task | learner.label-space (--set learner.label-space): found 'per-task', expected global with the continual learner mer",
        "learner.mer.memory=0 | learner.mer.memory (--set learner.mer.memory): found '0', expected at least 1",
        "learner.mer.step=0 | found '0', expected more than 0",
        "learner.mer.memry=5 | unknown key 'learner.mer.memry' (--set learner.mer.memry); did you mean 'learner.mer.memory'?",
        "learner.network=input(1,4,4) conv(2,3) relu flatten dense(3) softmax | network must be of dense layers and end in softmax with the continual learner mer",
        "learner.held-out.share=0.9 | learner.held-out.share (--set learner.held-out.share): share must be from 0 to 0.5 of the examples, found 0.9",
        "learner.held-out.examples=0 | learner.held-out.examples (--set learner.held-out.examples): examples must be at least 1, found 0",
        "learner.network=input(4) dense(3) mse | network must be of dense layers and end in softmax"
      })
  void whatCannotBeIsSaidInOneLine(String assignment, String message) {
    assertThatThrownBy(
            () -> read(LAYERS.withAssignment("learner.algorithm=mer").withAssignment(assignment)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(message);
  }

  @Test
  void aRunPromotesWhatForgotNothingUnlessToldOtherwise(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("rows.csv"), "k,x,y\na,1,p\na,2,q\n");
    Layers rows =
        LAYERS
            .withAssignment("source.kind=csv")
            .withAssignment("source.csv.file=" + file)
            .withAssignment("source.csv.key=k")
            .withAssignment("source.csv.label=y");
    assertThat(promotion(rows)).startsWith("not-worse");
    Layers continual = rows.withAssignment("learner.algorithm=consolidating-replay");
    assertThat(promotion(continual)).isEqualTo("retains(0.05)");
    assertThat(promotion(rows.withAssignment("learner.algorithm=session-replay")))
        .as("made for the present session")
        .isEqualTo("always");
    assertThat(promotion(continual.withAssignment("registry.promotion=manual")))
        .isEqualTo("manual");
  }

  @Test
  void oneInFiftyExamplesIsHeldOut() {
    assertThat(read(LAYERS.withAssignment("learner.algorithm=mer")).holdOut())
        .isEqualTo(new HoldOut(0.02, 500));
  }

  @Test
  void omniglotNeedsNothingMore() {
    Layers characters =
        Layers.none()
            .withPreset("omniglot")
            .withAssignment("learner.algorithm=consolidating-replay")
            .withAssignment(
                "source.omniglot.data=" + TestData.require("omniglot").toAbsolutePath());
    SourceSettings.Opened opened =
        SourceSettings.open(Settings.load(characters), InputStream.nullInputStream(), line -> {});
    opened.source().close();
    StreamSettings settings = read(characters.withDerived(opened.derived()));
    assertThat(settings.labelSpace()).isEqualTo(LabelSpace.GLOBAL);
    assertThat(settings.network().outputs()).as("each character turned four ways").isEqualTo(4800);
    assertThat(settings.network().input().size()).isEqualTo(28 * 28);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source.kind=sinusoid | sine waves have values",
        "source.csv.kind=regression | source.csv.kind is regression"
      })
  void aStreamWithoutClassesIsRefused(String assignment, String because) {
    Settings settings =
        Settings.load(
            LAYERS
                .withAssignment("source.kind=csv")
                .withAssignment(assignment)
                .withAssignment("learner.algorithm=mer"));
    assertThatThrownBy(
            () -> SourceSettings.open(settings, InputStream.nullInputStream(), line -> {}))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("found 'mer', expected one of reptile, fomaml")
        .hasMessageContaining(because);
  }

  private static String promotion(Layers layers) {
    SourceSettings.Opened opened =
        SourceSettings.open(Settings.load(layers), InputStream.nullInputStream(), line -> {});
    opened.source().close();
    return Settings.load(layers.withDerived(opened.derived()))
        .section("registry")
        .text("promotion");
  }

  private static StreamSettings read(Layers layers) {
    Settings settings = Settings.load(layers);
    return settings
        .section("learner")
        .build(() -> (StreamSettings) LearnerSettings.lifelong(settings));
  }

  private static DurableSettings stream(StreamSettings settings) {
    return settings.learner();
  }
}
