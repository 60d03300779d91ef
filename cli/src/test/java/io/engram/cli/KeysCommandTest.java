package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.schemas.signing.TrustedKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {

  @TempDir Path state;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void keysAreShownAndRotated() {
    assertThat(engram("keys", "show", "registry")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("the registry has no key yet");

    assertThat(engram("keys", "rotate", "registry")).isEqualTo(ExitCodes.OK);
    assertThat(engram("keys", "rotate", "registry")).isEqualTo(ExitCodes.OK);
    List<String> made = out.toString().lines().toList();
    assertThat(engram("keys", "show", "registry")).isEqualTo(ExitCodes.OK);
    List<String> shown = out.toString().lines().skip(2).toList();

    assertThat(shown).isEqualTo(made);
    assertThat(TrustedKeys.parse(shown).byId()).hasSize(2);
    assertThat(Files.exists(state.resolve("keys/registry/signing.key"))).isTrue();
    assertThat(out.toString()).doesNotContain("private");
  }

  @Test
  void anUnknownSignerIsNamed() {
    assertThat(engram("keys", "show", "nobody")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("found 'nobody', expected registry or learner");
  }

  private int engram(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--state";
    all[arguments.length + 1] = state.toString();
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
