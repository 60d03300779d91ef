package io.engram.cli.topics;

import picocli.CommandLine.Option;

/** How something is written down instead of done. */
public final class WritingOptions {

  /** Whom it is written for. */
  enum Format {
    TEXT,
    STRIMZI,
    SCRIPTS
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text, strimzi (custom resources) or scripts (command lines of Kafka's own); the last two ask no broker (default: text).")
  private Format format = Format.TEXT;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      defaultValue = "kafka",
      description = "With --format strimzi: the name of the Kafka resource (default: kafka).")
  private String cluster = "kafka";

  /** Whether it is for people, of what was found. */
  public boolean isText() {
    return format == Format.TEXT;
  }

  /**
   * What writes it.
   *
   * @param bootstrap the brokers
   */
  public Writing writing(String bootstrap) {
    return format == Format.STRIMZI ? new StrimziYaml(cluster) : new KafkaScripts(bootstrap);
  }
}
