package io.engram.embeddedkafka;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;

/** Watches the metadata for the registration that this node's last life left behind. */
final class Predecessor implements MetadataPublisher {

  private final int nodeId;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  Predecessor(int nodeId) {
    this.nodeId = nodeId;
  }

  /** Completes once the node is fenced, so that it leads no partition, or was never registered. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  @Override
  public String name() {
    return "embedded-kafka-predecessor";
  }

  @Override
  public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
    BrokerRegistration registration = image.cluster().broker(nodeId);
    if (registration == null || registration.fenced()) {
      gone.complete(null);
    }
  }

  /** Nothing to release. Declared without an exception, unlike what it overrides. */
  @Override
  public void close() {
    gone.cancel(false);
  }
}
