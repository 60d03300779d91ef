package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code docker compose} on this checkout's file.
 *
 * @param docker the client, as a path or a name on the PATH
 * @param services those that are started
 */
record Compose(String docker, List<String> services) {

  Compose {
    services = List.copyOf(services);
  }

  /** Starts the services and returns when every health check has passed; fails when one does not. */
  void up() {
    List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--no-build"));
    arguments.addAll(List.of("--wait", "--wait-timeout", "240"));
    arguments.addAll(services);
    call(arguments);
  }

  /** Stops and removes the containers; the volumes stay. */
  void down() {
    call(List.of("down"));
  }

  /** Removes the containers and their state. */
  void clean() {
    call(List.of("down", "--volumes"));
  }

  /** What a command in a service's container prints. */
  String exec(String service, String... command) {
    return call(Stream.concat(Stream.of("exec", "-T", service), Stream.of(command)).toList());
  }

  /** State and health of every container, one a line, such as {@code learner running healthy}. */
  List<String> health() {
    return call(List.of("ps", "--all", "--format", "{{.Service}} {{.State}} {{.Health}}"))
        .lines()
        .toList();
  }

  private String call(List<String> arguments) {
    List<String> command =
        Stream.concat(
                Stream.of(
                    docker, "compose", "--file", Repository.path(ComposeFile.FILE).toString()),
                arguments.stream())
            .toList();
    try {
      // What it says of its progress goes to this process's own error stream.
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
