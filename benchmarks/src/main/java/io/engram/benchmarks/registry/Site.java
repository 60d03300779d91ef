package io.engram.benchmarks.registry;

import io.engram.benchmarks.OwnBroker;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** A broker and registries on it. */
final class Site extends OwnBroker {

  /** A registry that promotes every candidate. */
  RegistryService registry(Topics topics) {
    return RegistryService.start(
        RegistryConfig.in(directory(topics.prefix() + "registry"))
            .withPromotion(PromotionPolicy.parse("always")),
        topics,
        kafka(),
        new SimpleMeterRegistry());
  }
}
