package io.engram.deploy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code Dockerfile}, as far as tests ask: instructions in order. */
record Dockerfile(List<Instruction> instructions) {

  record Instruction(String name, String arguments) {}

  static Dockerfile read() {
    String joined = Repository.text("Dockerfile").replaceAll("\\\\\\n\\s*", "");
    return new Dockerfile(
        joined
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split(" ", 2))
            .map(words -> new Instruction(words[0], words[1]))
            .toList());
  }

  /** The arguments of every instruction of this name. */
  Stream<String> all(String name) {
    return instructions.stream().filter(it -> it.name().equals(name)).map(Instruction::arguments);
  }

  List<String> entrypoint() {
    return Tree.texts(Tree.parse(all("ENTRYPOINT").findFirst().orElseThrow()));
  }

  Map<String, String> environment() {
    return all("ENV")
        .map(it -> it.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }
}
