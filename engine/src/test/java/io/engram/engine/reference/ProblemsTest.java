package io.engram.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemsTest {

  /** The contract suite tries every kind of layer on every engine, so that none is quietly something else. */
  @Test
  void networksHaveEveryKindOfLayer() {
    Set<String> tried =
        Problems.networks().stream()
            .map(NetworkSpec::parse)
            .flatMap(network -> network.layers().stream())
            .map(layer -> layer.getClass().getName())
            .collect(Collectors.toSet());

    assertThat(tried)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Layer.class.getPermittedSubclasses()).map(Class::getName).toList());
  }
}
