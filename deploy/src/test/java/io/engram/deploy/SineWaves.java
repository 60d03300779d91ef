package io.engram.deploy;

import io.engram.cli.source.sinusoid.SinusoidSessions;
import io.engram.client.Example;
import io.engram.client.ExampleProducer;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.LabeledExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.CommonClientConfigs;

/** A stream for {@code deploy/engram.conf}: sine waves, 20 examples each. */
record SineWaves(int count) {

  private static final SinusoidSessions SESSIONS = new SinusoidSessions(10, 10, 2000, 1);

  int examples() {
    return count * SESSIONS.examplesPerSession();
  }

  /** Sends all of them, with one more that has no finite features; returns when the cluster has them. */
  void send(String bootstrap) {
    Map<String, Object> kafka = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    List<CompletableFuture<?>> deliveries = new ArrayList<>();
    try (ExampleProducer producer = ExampleProducer.open(new Topics(""), kafka)) {
      deliveries.add(producer.send(Example.of("bad", new float[] {Float.NaN}, 0)));
      for (int wave = 0; wave < count; wave++) {
        for (LabeledExample example : SESSIONS.examples(wave)) {
          deliveries.add(producer.send(new Example(SESSIONS.key(wave), example)));
        }
      }
    }
    deliveries.forEach(CompletableFuture::join);
  }
}
