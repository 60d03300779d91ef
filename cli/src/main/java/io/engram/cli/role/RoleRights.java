package io.engram.cli.role;

import io.engram.schemas.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What each role must be allowed where Kafka knows its users: enough, and nothing that is not needed. */
public final class RoleRights {

  private static final String TOPIC = "topic";
  private static final String GROUP = "group";
  private static final String TRANSACTIONS = "transactional id";
  private static final String READ = "Read, Describe";
  private static final String WRITE = "Write, Describe";
  private static final String STORES = "Read, Write, Describe, DescribeConfigs, Create, Delete";

  private final Topics topics;
  private final List<Right> rights = new ArrayList<>();

  /**
   * One line of the list.
   *
   * @param role who; {@code program} stands for users' programs
   * @param resource topic, group or transactional id
   * @param name of the resource
   * @param prefixed whether every name that begins so is meant
   * @param operations in Kafka's words, such as {@code DescribeConfigs}
   */
  public record Right(
      String role, String resource, String name, boolean prefixed, List<String> operations) {

    /** The name, with a star at its end where it is the beginning of names. */
    public String pattern() {
      return prefixed ? name + "*" : name;
    }
  }

  private RoleRights(Topics topics) {
    this.topics = topics;
  }

  /**
   * The rights of everybody.
   *
   * @param others topics of examples that somebody else keeps
   */
  public static List<Right> of(Topics topics, Set<String> others) {
    RoleRights list = new RoleRights(topics);
    list.ingest(others);
    list.learner();
    list.registry();
    list.predict(others);
    list.program();
    return List.copyOf(list.rights);
  }

  private void ingest(Set<String> others) {
    add("ingest", TOPIC, topics.examples(), "Read, Describe, DescribeConfigs, Create");
    others.forEach(it -> add("ingest", TOPIC, it, "Read, Describe, DescribeConfigs"));
    add("ingest", TOPIC, topics.rejectedExamples(), "Write, Describe, DescribeConfigs, Create");
    add("ingest", TOPIC, topics.tasks(), "Write, Describe, DescribeConfigs, Create");
    add("ingest", TOPIC, topics.forgotten(), READ);
    streams("ingest", "engram-ingest*");
  }

  private void learner() {
    add("learner", TOPIC, topics.tasks(), READ);
    add("learner", TOPIC, topics.forgotten(), READ);
    add("learner", TOPIC, topics.modelCandidates(), "Read, Write, Describe, Create");
    add("learner", TOPIC, topics.modelUpdates(), READ);
    add("learner", GROUP, topics.learnerGroup("*"), READ);
    add("learner", TRANSACTIONS, topics.modelCandidates() + ".learner.*", WRITE);
  }

  private void registry() {
    add("registry", TOPIC, topics.modelCandidates(), READ);
    add("registry", TOPIC, topics.tasks(), READ);
    add("registry", TOPIC, topics.modelUpdates(), "Read, Write, Describe, Create");
    add("registry", TOPIC, topics.registryEvents(), "Read, Write, Describe, Create");
    add("registry", GROUP, topics.registryGroup(), READ);
    add("registry", TRANSACTIONS, topics.prefix() + "model-registry", WRITE);
  }

  private void predict(Set<String> others) {
    add("predict", TOPIC, topics.examples(), "Read, Write, Describe, DescribeConfigs, Create");
    others.forEach(it -> add("predict", TOPIC, it, "Read, Describe, DescribeConfigs"));
    add("predict", TOPIC, topics.labels(), "Read, Describe, DescribeConfigs, Create");
    add("predict", TOPIC, topics.predictions(), "Write, Describe, DescribeConfigs, Create");
    add("predict", TOPIC, topics.modelUpdates(), READ);
    add("predict", TOPIC, topics.forgotten(), READ);
    streams("predict", "engram-predict*");
  }

  private void program() {
    add("program", TOPIC, topics.examples(), WRITE);
    add("program", TOPIC, topics.modelUpdates(), READ);
    add("program", TOPIC, topics.tasks(), READ);
  }

  /** What a role on Kafka Streams needs for its stores, its group and its transactions. */
  private void streams(String role, String application) {
    String name = topics.prefix() + application;
    add(role, TOPIC, name, STORES);
    add(role, GROUP, name, READ);
    add(role, TRANSACTIONS, name, WRITE);
  }

  private void add(String role, String resource, String pattern, String operations) {
    boolean prefixed = pattern.endsWith("*");
    rights.add(
        new Right(
            role,
            resource,
            prefixed ? pattern.substring(0, pattern.length() - 1) : pattern,
            prefixed,
            Arrays.asList(operations.split(", ", -1))));
  }
}
