package io.engram.modelregistry.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.embeddedkafka.testing.Transactions;
import io.engram.modelregistry.TestTopics;
import io.engram.modelregistry.agent.Journal;
import io.engram.modelregistry.agent.Signatures;
import io.engram.modelregistry.agent.TakenOverException;
import io.engram.modelregistry.agent.UnavailableException;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {

  private final TestTopics topics = new TestTopics("journal");
  private Signatures signatures = Signatures.NONE;

  @BeforeEach
  void topics() {
    RegistryTopics.ensure(topics.topics, topics.kafka, (short) 1);
  }

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void whatFailsMeanwhileLeavesNothingBehind() {
    try (Journal journal = journal()) {
      assertThatThrownBy(
              () ->
                  commit(
                      journal,
                      0,
                      "a",
                      () -> {
                        throw new IllegalStateException("the disk is full");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the disk is full");
      commit(journal, 0, "b", () -> {});
    }
    assertThat(history()).containsExactly("b");
  }

  @Test
  void aRegistryThatStoodStillForTooLongIsNotTakenForOneThatWasReplaced() {
    try (Journal journal = journal()) {
      commit(journal, 0, "a", () -> {});
      assertThatThrownBy(() -> commit(journal, 1, "b", this::standStill))
          .isInstanceOf(UnavailableException.class)
          .isNotInstanceOf(TakenOverException.class);
    }
    try (Journal journal = journal()) {
      commit(journal, journal.replay().events(), "b again", () -> {});
    }
    assertThat(history()).containsExactly("a", "b again");
  }

  @Test
  void aRegistryThatWasReplacedIsFenced() {
    try (Journal old = journal();
        Journal fresh = journal()) {
      assertThatThrownBy(() -> commit(old, 0, "a", () -> {}))
          .isInstanceOf(TakenOverException.class);
      commit(fresh, 0, "b", () -> {});
    }
    assertThat(history()).containsExactly("b");
  }

  @Test
  void aRegistryThatIsReplacedWithinATransactionIsFenced() {
    List<Journal> fresh = new ArrayList<>();
    try (Journal old = journal()) {
      assertThatThrownBy(() -> commit(old, 0, "a", () -> fresh.add(journal())))
          .isInstanceOf(TakenOverException.class);
    }
    assertThat(fresh).hasSize(1);
    try (Journal successor = fresh.get(0)) {
      commit(successor, 0, "b", () -> {});
    }
    assertThat(history()).containsExactly("b");
  }

  private Journal journal() {
    return new KafkaJournal(topics.topics, topics.kafka, Duration.ofSeconds(1), signatures);
  }

  private static void commit(Journal journal, long before, String reason, Runnable meanwhile) {
    journal.commit(
        before,
        List.of(
            new ModelEvent(
                "m",
                Instant.EPOCH,
                ModelEvent.REGISTRY,
                reason,
                null,
                new Change.Rejected(reason))),
        List.of(),
        meanwhile,
        Optional.empty());
  }

  private List<String> history() {
    try (Journal journal = journal()) {
      return journal.replay().modelOrEmpty("m").chronicle().history().stream()
          .map(ModelEvent::reason)
          .toList();
    }
  }

  private void standStill() {
    Transactions.awaitTimeout(topics.topics.prefix() + "model-registry");
  }
}
