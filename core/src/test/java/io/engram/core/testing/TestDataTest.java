package io.engram.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class TestDataTest {

  @Test
  void absentDataSkipsTheTestAndNamesThePathAndTheKey() {
    assertThatThrownBy(() -> TestData.require("no/such/data-set"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("no/such/data-set")
        .hasMessageContaining("engram.data");
  }

  @Test
  void theBuildSaysWhereTheDataLies() {
    assertThat(System.getProperty("engram.data")).isNotBlank();
  }
}
