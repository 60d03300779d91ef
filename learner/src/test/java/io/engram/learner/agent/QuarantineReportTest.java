package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuarantineReportTest {

  @Test
  void aKeyIsOneShortLineOfText() {
    assertThat(QuarantineReport.printable("k\n\u001b[31mred\r")).isEqualTo("k??[31mred?");
    assertThat(QuarantineReport.printable("x".repeat(5000))).hasSize(101).endsWith("…");
    assertThat(QuarantineReport.printable("Straße 7")).isEqualTo("Straße 7");
  }
}
