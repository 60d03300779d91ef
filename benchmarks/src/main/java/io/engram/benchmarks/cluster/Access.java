package io.engram.benchmarks.cluster;

import io.engram.cli.role.RoleRights;
import io.engram.cli.role.RoleRights.Right;
import io.engram.schemas.Topics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The rights that the roles have on the brokers: those that are listed, and sometimes one fewer. */
final class Access implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Admin admin;

  /**
   * Gives nobody anything yet.
   *
   * @param kafka of the administrator
   */
  Access(Map<String, Object> kafka) {
    this.admin = Admin.create(kafka);
  }

  /** Waits until so many brokers are there. */
  void awaitBrokers(int count) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (await(admin.describeCluster().nodes()).size() < count) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(count + " brokers did not come up");
      }
      pause();
    }
  }

  /** Waits until every copy of every partition of these topics has all there is. */
  void awaitInSync(Set<String> topics) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (await(admin.describeTopics(topics).allTopicNames()).values().stream()
        .flatMap(it -> it.partitions().stream())
        .anyMatch(it -> it.isr().size() < it.replicas().size())) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("copies did not catch up");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Gives every role what is listed for it. */
  void giveListed() {
    await(
        admin
            .createAcls(
                RoleRights.of(new Topics(""), Set.of()).stream()
                    .flatMap(it -> it.operations().stream().map(word -> binding(it, word)))
                    .toList())
            .all());
  }

  /** Takes one away. */
  void take(String role, String topic, String operation) {
    await(admin.deleteAcls(List.of(one(role, topic, operation).toFilter())).all());
  }

  /** Gives it back. */
  void give(String role, String topic, String operation) {
    await(admin.createAcls(List.of(one(role, topic, operation))).all());
  }

  private static AclBinding one(String role, String topic, String operation) {
    return binding(new Right(role, "topic", topic, false, List.of(operation)), operation);
  }

  private static AclBinding binding(Right right, String operation) {
    return new AclBinding(
        new ResourcePattern(
            ResourceType.fromString(right.resource().replace(' ', '_').toUpperCase(Locale.ROOT)),
            right.name(),
            right.prefixed() ? PatternType.PREFIXED : PatternType.LITERAL),
        new AccessControlEntry(
            "User:" + right.role(),
            "*",
            AclOperation.fromString(operation.replace("eC", "e_C").toUpperCase(Locale.ROOT)),
            AclPermissionType.ALLOW));
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the brokers do not do it", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
