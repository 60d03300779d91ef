package io.engram.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.schemas.Rejected;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RejectedHeadersTest {

  private final RecordHeaders headers = new RecordHeaders();

  @Test
  void aRejectionFromALogComesBack() {
    Rejected rejected =
        new Rejected("undecodable", "found ü", new Rejected.Source.Log("examples", 3, 99L));
    headers.add("trace", new byte[] {1});
    RejectedHeaders.write(headers, rejected);
    assertThat(RejectedHeaders.read(headers)).contains(rejected);
    assertThat(headers.lastHeader("trace").value()).containsExactly(1);
  }

  @Test
  void aRejectionFromAFileComesBack() {
    Rejected rejected = new Rejected("csv", "no label", new Rejected.Source.File("a.csv", 17));
    RejectedHeaders.write(headers, rejected);
    assertThat(RejectedHeaders.read(headers)).contains(rejected);
  }

  @Test
  void headersOfSomebodyElseAreNoRejection() {
    assertThat(RejectedHeaders.read(headers)).isEmpty();
    headers.add(RejectedHeaders.REASON, "r".getBytes(StandardCharsets.UTF_8));
    headers.add(RejectedHeaders.SOURCE_FILE, "f".getBytes(StandardCharsets.UTF_8));
    headers.add(RejectedHeaders.SOURCE_ROW, "many".getBytes(StandardCharsets.UTF_8));
    assertThat(RejectedHeaders.read(headers)).isEmpty();
  }

  @Test
  void aRecordThatIsSentAgainIsAsItCameButForItsAttempts() {
    headers.add("trace", new byte[] {1});
    assertThat(RejectedHeaders.attempts(headers)).isZero();
    RejectedHeaders.write(
        headers, new Rejected("no-key", "none", new Rejected.Source.Log("examples", 0, 1L)));
    RejectedHeaders.writeAttempts(headers, 2);
    RejectedHeaders.remove(headers);
    assertThat(headers.toArray())
        .extracting(Header::key)
        .containsExactly("trace", RejectedHeaders.ATTEMPT);
    assertThat(RejectedHeaders.attempts(headers)).isEqualTo(2);
  }
}
