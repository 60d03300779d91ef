package io.engram.cli.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.ingest.kafka.rejected.Reason;
import io.engram.ingest.kafka.rejected.RejectedRecord;
import io.engram.schemas.Rejected;
import io.engram.schemas.kafka.RejectedHeaders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RejectedReportTest {

  private final StringWriter text = new StringWriter();

  private static RejectedRecord record() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "examples.rejected",
            2,
            17,
            "k\n".getBytes(StandardCharsets.UTF_8),
            new byte[] {'a', '\\', 0, -1});
    RejectedHeaders.write(
        record.headers(),
        new Rejected(
            "undecodable", "no \u001b[2J Avro", new Rejected.Source.Log("examples", 2, 5)));
    RejectedHeaders.writeAttempts(record.headers(), 2);
    return RejectedRecord.of(record);
  }

  @Test
  void bytesThatAreNotPrintableAreSpelledOut() {
    new RejectedReport(new PrintWriter(text), false).record(record(), 3);
    assertThat(text.toString())
        .contains("position   2:17")
        .contains("attempts   2")
        .contains("source     topic examples, partition 2, offset 5")
        .contains("key        k\\x0a")
        .contains("value      a\\\\\\x00… (4 bytes)")
        .doesNotContain("\u001b");
  }

  @Test
  void aReasonIsALineOfJson() throws Exception {
    new RejectedReport(new PrintWriter(text), true)
        .reasons(List.of(new Reason("undecodable", 3, 1, record(), record())));
    JsonNode line = new ObjectMapper().readTree(text.toString());
    assertThat(line.get("reason").asText()).isEqualTo("undecodable");
    assertThat(line.get("count").asLong()).isEqualTo(3);
    assertThat(line.get("waiting").asLong()).isEqualTo(1);
    assertThat(line.get("example").asText()).isEqualTo("2:17");
  }
}
