package io.engram.ingest.kafka;

import io.engram.ingest.domain.RecordHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Between Kafka's headers and those of the domain. */
final class KafkaHeaders {

  private KafkaHeaders() {}

  static List<RecordHeader> of(Headers headers) {
    List<RecordHeader> list = new ArrayList<>();
    for (Header header : headers) {
      list.add(new RecordHeader(header.key(), header.value()));
    }
    return list;
  }

  static Headers of(List<RecordHeader> headers) {
    Headers made = new RecordHeaders();
    headers.forEach(header -> made.add(header.key(), header.value()));
    return made;
  }
}
