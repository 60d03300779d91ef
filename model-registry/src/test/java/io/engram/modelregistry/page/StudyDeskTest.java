package io.engram.modelregistry.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.modelregistry.Candidates;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.schemas.avro.ModelManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

class StudyDeskTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Counting studies = new Counting();
  private final StudyDesk desk = new StudyDesk(Optional.of(studies), nanos::get);

  /** Studies when it is let. */
  private static final class Counting implements VersionStudies {
    private final Semaphore let = new Semaphore(0);
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean closed;
    private volatile boolean fails;

    @Override
    public Studied study(long version, ModelManifest manifest, byte[] parameters) {
      begun.incrementAndGet();
      let.acquireUninterruptibly();
      if (fails) {
        throw new IllegalStateException("no broker answers");
      }
      return new Studied(version, parameters.length, null, null, List.of());
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @AfterEach
  void close() {
    studies.let.release(100);
    desk.close();
  }

  @Test
  void itAnswersAtOnceAndStudiesMeanwhile() {
    assertThat(ask(1)).isEqualTo(new StudyReport(StudyReport.State.COMPUTING, "", null));
    assertThat(ask(1).state()).isEqualTo(StudyReport.State.COMPUTING);
    studies.let.release();
    await().until(() -> ask(1).state() == StudyReport.State.READY);
    assertThat(ask(1).study()).isEqualTo(new Studied(1, 3, null, null, List.of()));
    assertThat(studies.begun).hasValue(1);
  }

  @Test
  void aNewChampionWaitsAndTheSameIsStudiedAgainLater() {
    studies.let.release();
    await().until(() -> ask(1).state() == StudyReport.State.READY);
    // Meanwhile the one before is shown, and said to be no longer that of now.
    assertThat(ask(2).state()).isEqualTo(StudyReport.State.COMPUTING);
    assertThat(ask(2).study()).isNotNull();
    assertThat(studies.begun).hasValue(1);
    nanos.addAndGet(StudyDesk.PAUSE.toNanos());
    ask(2);
    studies.let.release();
    await().until(() -> ask(2).state() == StudyReport.State.READY);
    nanos.addAndGet(StudyDesk.FRESH.minus(Duration.ofNanos(1)).toNanos());
    ask(2);
    assertThat(studies.begun).hasValue(2);
    nanos.addAndGet(1);
    ask(2);
    await().until(() -> studies.begun.get() == 3);
  }

  @Test
  void whatGoesWrongIsSaidAndTriedAgain() {
    studies.fails = true;
    studies.let.release();
    await().until(() -> ask(1).state() == StudyReport.State.NONE);
    assertThat(ask(1).detail()).isEqualTo("no broker answers");
    studies.fails = false;
    nanos.addAndGet(StudyDesk.FRESH.toNanos());
    ask(1);
    studies.let.release();
    await().until(() -> ask(1).state() == StudyReport.State.READY);
  }

  @Test
  void whatIsNoLongerKeptAndWhoCannotStudyIsSaid() {
    await()
        .until(() -> desk.of("m", version(4), Optional::empty).state() == StudyReport.State.NONE);
    assertThat(desk.of("m", version(4), Optional::empty).detail())
        .isEqualTo("The parameters of version 4 are no longer kept.");
    StudyDesk nobody = new StudyDesk(Optional.empty());
    assertThat(nobody.of("m", version(1), Optional::empty).detail())
        .contains("registry.page.tasks");
    nobody.close();
  }

  @Test
  void closingClosesWhatStudiesBehindWhatIsUnderWay() {
    ask(1);
    studies.let.release();
    desk.close();
    assertThat(studies.closed).isTrue();
    assertThat(studies.begun).hasValue(1);
  }

  private StudyReport ask(long version) {
    return desk.of("m", version(version), () -> Optional.of(new byte[] {1, 2, 3}));
  }

  private static RegisteredVersion version(long number) {
    return new RegisteredVersion(
        number,
        new Candidates("m").candidate((int) number, 0.5).manifest(),
        Instant.EPOCH,
        true,
        TreePMap.empty());
  }
}
