package io.engram.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.dl4j.Dl4jEngine;
import io.engram.engine.nd4j.Nd4jEngine;
import io.engram.engine.reference.Problems;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamRefusalTest {

  static Stream<ComputeEngine> enginesWithoutStreams() {
    return Stream.of(new Nd4jEngine(), new Dl4jEngine());
  }

  @ParameterizedTest
  @MethodSource("enginesWithoutStreams")
  void anEngineWithoutStreamProgramsSaysWhichHasThem(ComputeEngine engine) {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    assertThatThrownBy(() -> engine.compileStream(network))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining(engine.name())
        .hasMessageContaining("use the engine fused");
  }
}
