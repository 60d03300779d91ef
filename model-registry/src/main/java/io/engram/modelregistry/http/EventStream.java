package io.engram.modelregistry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegistryImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events to one client: {@code id} counts the registry's events, {@code event} is the kind, {@code data} the event as in
 * the history. A client that is too slow misses nothing: what it is sent is always the difference between the image it has
 * seen and the newest.
 */
final class EventStream implements Stream {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final long HEARTBEAT_SECONDS = 15;
  private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private final RegistryService registry;
  private final long after;
  private final OutputStream out;
  private final BlockingQueue<Boolean> news = new ArrayBlockingQueue<>(1);
  private final Map<String, Integer> seen = new HashMap<>();

  /**
   * To a client that was never sent anything.
   *
   * @param after number of registry events the client knows already
   */
  EventStream(RegistryService registry, long after, OutputStream out) {
    this.registry = registry;
    this.after = after;
    this.out = out;
  }

  @Override
  public void run(BooleanSupplier open) throws IOException, InterruptedException {
    RegistryService.Registration registration = registry.onChange(image -> wake());
    try {
      out.write(HEARTBEAT);
      out.flush();
      long sent = send(registry.image(), after);
      while (open.getAsBoolean()) {
        if (news.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS) == null) {
          out.write(HEARTBEAT);
          out.flush();
        }
        sent = send(registry.image(), sent);
      }
    } finally {
      registration.close();
    }
  }

  @Override
  public void wake() {
    if (!news.offer(true)) {
      LOG.trace("it will look anyway");
    }
  }

  private record Entry(ModelEvent event, int sequence) {}

  private long send(RegistryImage image, long sent) throws IOException {
    List<Entry> fresh = fresh(image);
    // Events of several models are in the order of their time; those known already are passed over.
    fresh.sort(Comparator.comparing(entry -> entry.event().at()));
    long id = image.events() - fresh.size();
    for (Entry entry : fresh) {
      if (++id > sent) {
        write(id, entry);
      }
    }
    out.flush();
    return image.events();
  }

  private List<Entry> fresh(RegistryImage image) {
    List<Entry> fresh = new ArrayList<>();
    for (ModelImage model : image.models().values()) {
      int from = seen.getOrDefault(model.name(), 0);
      for (int i = from; i < model.chronicle().history().size(); i++) {
        fresh.add(new Entry(model.chronicle().history().get(i), i + 1));
      }
      seen.put(model.name(), model.chronicle().history().size());
    }
    return fresh;
  }

  private void write(long id, Entry entry) throws IOException {
    String data;
    try {
      data = Answer.JSON.writeValueAsString(Views.event(entry.event(), entry.sequence()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event cannot be written as JSON", e);
    }
    String kind = entry.event().change().getClass().getSimpleName();
    out.write(
        "id: %d\nevent: %s\ndata: %s\n\n"
            .formatted(id, kind, data)
            .getBytes(StandardCharsets.UTF_8));
  }
}
