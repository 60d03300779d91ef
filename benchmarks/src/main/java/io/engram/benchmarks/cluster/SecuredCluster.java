package io.engram.benchmarks.cluster;

import io.engram.benchmarks.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three nodes of Kafka, each broker and controller in a process of its own, as the release starts them. Clients come over SASL_SSL with SCRAM,
 * and nobody but the administrator may do what no ACL allows; brokers speak to each other on loopback. Who may be cut off has a listener of
 * its own on each, behind a {@link Wire}.
 */
final class SecuredCluster implements AutoCloseable {

  static final String ADMIN = "admin";

  private static final String CLIENTS = "CLIENTS";
  private static final int NODES = 3;
  private static final String ID = "QwNOqbOdRbSFp4Tv48uiMw";

  private final Path directory;
  private final Certificate certificate;
  private final List<Integer> clients = ports();
  private final List<Integer> internal = ports();
  private final List<Integer> controllers = ports();
  private final Map<String, List<Integer>> own = new TreeMap<>();
  private final Map<String, List<Wire>> wires = new TreeMap<>();
  private final List<Program> nodes = new ArrayList<>();

  /**
   * Starts all. Everybody's password is the name.
   *
   * @param users beside the administrator
   * @param wired those of them who can be cut off
   */
  SecuredCluster(Path directory, List<String> users, List<String> wired) {
    this.directory = directory;
    for (String user : wired) {
      List<Integer> listeners = ports();
      own.put(user, listeners);
      wires.put(user, listeners.stream().map(Wire::new).toList());
    }
    this.certificate = Certificate.make(directory);
    List<Path> properties = IntStream.range(0, NODES).mapToObj(this::properties).toList();
    List<Program> formats = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      formats.add(format(node, properties.get(node), users));
    }
    formats.forEach(Program::succeed);
    for (int node = 0; node < NODES; node++) {
      nodes.add(
          new Program(
              "broker " + (node + 1),
              jvm("384m"),
              "kafka.Kafka",
              List.of(properties.get(node).toString()),
              directory.resolve("broker-" + node + ".out")));
    }
  }

  /** Of the brokers' log, warnings alone. */
  private List<String> jvm(String heap) {
    Path logging = directory.resolve("logback.xml");
    write(
        logging,
        """
        <configuration>
          <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %p %c %m%n</pattern></encoder>
          </appender>
          <root level="WARN"><appender-ref ref="console"/></root>
        </configuration>
        """);
    return List.of("-Xmx" + heap, "-Dlogback.configurationFile=" + logging);
  }

  private static List<Integer> ports() {
    return IntStream.range(0, NODES).mapToObj(it -> Ports.free()).toList();
  }

  private Program format(int node, Path properties, List<String> users) {
    List<String> arguments =
        new ArrayList<>(List.of("format", "--cluster-id", ID, "--config", properties.toString()));
    List<String> all = new ArrayList<>(users);
    all.add(ADMIN);
    for (String user : all) {
      arguments.addAll(
          List.of("--add-scram", "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, user)));
    }
    return new Program(
        "format of broker " + (node + 1),
        jvm("128m"),
        "kafka.tools.StorageTool",
        arguments,
        directory.resolve("format-" + node + ".out"));
  }

  private Path properties(int node) {
    Map<String, String> all = new TreeMap<>();
    all.put("process.roles", "broker,controller");
    all.put("node.id", Integer.toString(node + 1));
    all.put("log.dirs", directory.resolve("node-" + node).toString());
    all.put(
        "controller.quorum.voters",
        IntStream.range(0, NODES)
            .mapToObj(it -> "%d@127.0.0.1:%d".formatted(it + 1, controllers.get(it)))
            .collect(Collectors.joining(",")));
    all.put("controller.listener.names", "CONTROLLER");
    Map<String, Integer> bound = new LinkedHashMap<>();
    bound.put(CLIENTS, clients.get(node));
    own.forEach((user, ports) -> bound.put(listener(user), ports.get(node)));
    Map<String, Integer> told = new LinkedHashMap<>(bound);
    wires.forEach((user, way) -> told.put(listener(user), way.get(node).port()));
    String between = ",INTERNAL://127.0.0.1:" + internal.get(node);
    all.put(
        "listeners",
        addresses(bound) + between + ",CONTROLLER://127.0.0.1:" + controllers.get(node));
    all.put("advertised.listeners", addresses(told) + between);
    all.put(
        "listener.security.protocol.map",
        bound.keySet().stream().map(it -> it + ":SASL_SSL,").collect(Collectors.joining())
            + "INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
    bound.keySet().forEach(it -> secure(it, all));
    all.put("inter.broker.listener.name", "INTERNAL");
    all.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    all.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    all.put("auto.create.topics.enable", "false");
    all.put("default.replication.factor", "3");
    all.put("min.insync.replicas", "2");
    all.put("offsets.topic.replication.factor", "3");
    all.put("offsets.topic.num.partitions", "3");
    all.put("transaction.state.log.replication.factor", "3");
    all.put("transaction.state.log.min.isr", "2");
    all.put("transaction.state.log.num.partitions", "3");
    all.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    all.put("group.initial.rebalance.delay.ms", "0");
    all.put("log.cleaner.dedupe.buffer.size", "4194304");
    Path file = directory.resolve("node-" + node + ".properties");
    write(
        file,
        all.entrySet().stream()
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining("\n")));
    return file;
  }

  private static String listener(String user) {
    return user.toUpperCase(Locale.ROOT);
  }

  private static String addresses(Map<String, Integer> ports) {
    return ports.entrySet().stream()
        .map(it -> "%s://127.0.0.1:%d".formatted(it.getKey(), it.getValue()))
        .collect(Collectors.joining(","));
  }

  private void secure(String listener, Map<String, String> all) {
    String name = "listener.name." + listener.toLowerCase(Locale.ROOT) + ".";
    all.put(
        name + "scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    all.put(name + "ssl.keystore.type", "PKCS12");
    all.put(name + "ssl.keystore.location", certificate.keyStore().toString());
    all.put(name + "ssl.keystore.password", Certificate.PASSWORD);
    all.put(name + "ssl.key.password", Certificate.PASSWORD);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Program> nodes() {
    return List.copyOf(nodes);
  }

  /** Between a user and all brokers. */
  List<Wire> wires(String user) {
    return wires.getOrDefault(user, List.of());
  }

  private String bootstrap(String user) {
    List<Wire> way = wires(user);
    return (way.isEmpty() ? clients.stream() : way.stream().map(Wire::port))
        .map(it -> "127.0.0.1:" + it)
        .collect(Collectors.joining(","));
  }

  /** What a user's clients need to connect. */
  Map<String, Object> clients(String user) {
    return Map.of(
        "bootstrap.servers",
        bootstrap(user),
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, user),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        certificate.trusted().toString());
  }

  /** The same as a file of configuration for the command. */
  Path config(String user, String settings) {
    String kafka =
        clients(user).entrySet().stream()
            .filter(it -> !it.getKey().equals("bootstrap.servers"))
            .map(
                it ->
                    "  kafka.%s = \"%s\""
                        .formatted(it.getKey(), it.getValue().toString().replace("\"", "\\\"")))
            .collect(Collectors.joining("\n"));
    Path file = directory.resolve(user + ".conf");
    write(
        file,
        "engram {\n  bootstrap = \"%s\"\n%s\n%s\n}\n".formatted(bootstrap(user), kafka, settings));
    return file;
  }

  @Override
  public void close() {
    wires.values().forEach(way -> way.forEach(Wire::close));
    nodes.forEach(Program::close);
  }
}
