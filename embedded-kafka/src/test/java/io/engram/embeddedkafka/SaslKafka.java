package io.engram.embeddedkafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;

/** A broker that knows its users by SASL/PLAIN, each one's password being the name, and lets nobody do what no ACL allows. */
public final class SaslKafka implements AutoCloseable {

  /** May do everything. */
  public static final String ADMIN = "admin";

  private final SingleNode server;
  private final NodePorts ports;

  private SaslKafka(SingleNode server, NodePorts ports) {
    this.server = server;
    this.ports = ports;
  }

  /** Starts one in an empty directory. */
  public static SaslKafka start(Path directory, List<String> users) {
    NodePorts ports = NodePorts.choose(0, 0);
    Storage.format(directory);
    Map<String, String> properties =
        BrokerProperties.of(directory, ports.broker(), ports.controller(), Map.of());
    String address = "SASL_PLAINTEXT://127.0.0.1:" + ports.broker();
    properties.put("listeners", address + ",CONTROLLER://127.0.0.1:" + ports.controller());
    properties.put("advertised.listeners", address);
    properties.put(
        "listener.security.protocol.map", "SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("inter.broker.listener.name", "SASL_PLAINTEXT");
    properties.put("sasl.enabled.mechanisms", "PLAIN");
    properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    properties.put("listener.name.sasl_plaintext.plain.sasl.jaas.config", login(ADMIN, users));
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    SingleNode server = new SingleNode(new KafkaConfig(properties, false));
    server.startup();
    return new SaslKafka(server, ports);
  }

  /** What a user's clients need to connect. */
  public Map<String, Object> clients(String user) {
    return Map.of(
        "bootstrap.servers",
        "127.0.0.1:" + ports.broker(),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        login(user, List.of()));
  }

  private static String login(String user, List<String> users) {
    String known =
        users.stream().map(it -> " user_%s=\"%s\"".formatted(it, it)).collect(Collectors.joining());
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\" user_%s=\"%s\"%s;"
        .formatted(user, user, ADMIN, ADMIN, known);
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
