package io.engram.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.schemas.kafka.TraceHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void whatIsWrittenIsRead() {
    TraceContext context =
        new TraceContext(PARENT, "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7", List.of(parent(7)));
    RecordHeaders headers = new RecordHeaders();
    headers.add(TraceContext.PARENT, "another".getBytes(StandardCharsets.UTF_8));
    TraceHeaders.write(headers, context);

    assertThat(TraceHeaders.read(headers)).contains(context);
    assertThat(headers.toArray()).hasSize(3);
    assertThat(context.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more"
      })
  void whatIsMalformedIsDropped(String parent) {
    assertThat(read(Map.of(TraceContext.PARENT, parent))).isEmpty();
  }

  @Property(tries = 300)
  void noBytesAreAnError(@ForAll byte[] parent, @ForAll byte[] state, @ForAll byte[] links) {
    Map<String, byte[]> any =
        Map.of(TraceContext.PARENT, parent, TraceContext.STATE, state, TraceContext.LINKS, links);
    assertThat(TraceContext.read(any::get)).isEmpty();
    Map<String, byte[]> sound =
        Map.of(
            TraceContext.PARENT,
            PARENT.getBytes(StandardCharsets.US_ASCII),
            TraceContext.STATE,
            state,
            TraceContext.LINKS,
            links);
    assertThat(TraceContext.read(sound::get).orElseThrow().parent()).isEqualTo(PARENT);
  }

  @Test
  void aLaterVersionIsReadAsThisOne() {
    String later = "cc" + PARENT.substring(2) + "-what-the-future-brings";
    assertThat(read(Map.of(TraceContext.PARENT, later)).orElseThrow().parent()).isEqualTo(PARENT);
  }

  @Test
  void aMalformedOrHugeStateIsDroppedAlone() {
    for (String state : List.of("no member", "a=1\u0007", "a=" + "1".repeat(600))) {
      assertThat(read(Map.of(TraceContext.PARENT, PARENT, TraceContext.STATE, state)))
          .contains(new TraceContext(PARENT, "", List.of()));
    }
  }

  @Test
  void anEventKeepsTheContextThatItCameWith() {
    assertThat(read(Map.of("ce_traceparent", PARENT, "ce_tracestate", "a=1")))
        .contains(new TraceContext(PARENT, "a=1", List.of()));
  }

  @Test
  void manyRecordsLeadToTheLastWithABoundedNumberOfLinks() {
    List<TraceContext> twenty =
        IntStream.rangeClosed(1, 20)
            .mapToObj(i -> new TraceContext(parent(i), "", List.of()))
            .toList();
    TraceContext closing = TraceContext.closing(twenty).orElseThrow();

    assertThat(closing.parent()).isEqualTo(parent(20));
    assertThat(closing.links())
        .containsExactlyElementsOf(
            IntStream.range(0, TraceContext.MOST_LINKS).mapToObj(i -> parent(19 - i)).toList());
    assertThat(TraceContext.closing(List.of())).isEmpty();
    assertThat(TraceContext.closing(List.of(twenty.get(0), twenty.get(0))).orElseThrow().links())
        .isEmpty();
  }

  @Test
  void linksAreHandedOn() {
    TraceContext task = new TraceContext(parent(1), "", List.of(parent(2), parent(3)));
    TraceContext next = new TraceContext(parent(3), "", List.of(parent(4)));

    assertThat(TraceContext.closing(List.of(task, next)))
        .contains(new TraceContext(parent(3), "", List.of(parent(1), parent(4), parent(2))));
  }

  private static String parent(int trace) {
    return "00-%032x-00f067aa0ba902b7-01".formatted(trace);
  }

  private static Optional<TraceContext> read(Map<String, String> headers) {
    return TraceContext.read(
        name ->
            Optional.ofNullable(headers.get(name))
                .map(it -> it.getBytes(StandardCharsets.ISO_8859_1))
                .orElse(null));
  }
}
