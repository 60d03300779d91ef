package io.engram.cli.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.Engines;
import io.engram.engine.fused.FusedKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineTrialTest {

  private final EngineTrial trial =
      new EngineTrial(new SmokeWorkload(Duration.ZERO, Duration.ZERO), new FusedKind(), 2);

  @ParameterizedTest
  @ValueSource(strings = {"fused", "nd4j", "dl4j"})
  void enginesThatRunAgreeWithTheFusedOne(String name) {
    EngineReport report = trial.of(Engines.kind(name));
    assertThat(report)
        .isInstanceOfSatisfying(
            EngineReport.Runs.class,
            runs -> {
              assertThat(runs.microsPerTaskStep()).isPositive();
              assertThat(runs.difference()).isBetween(0.0, 1e-4);
            });
    assertThat(report.json().path("here").asBoolean()).isTrue();
    assertThat(report.json().path("microsPerTaskStep").asDouble()).isPositive();
    assertThat(report.inWords()).contains("µs a task-step");
  }

  @Test
  void oneThatIsNotHereSaysWhy() {
    EngineReport report = trial.of(new Absentee());
    assertThat(report.inWords()).isEqualTo("not here: it is on holiday");
    assertThat(report.json())
        .hasToString(
            "{\"engine\":\"absentee\",\"rank\":3,\"here\":false,\"reason\":\"it is on holiday\"}");
  }

  @Test
  void oneThatCannotRunTheWorkloadDoesNotKeepTheOthersFromBeingListed() {
    EngineReport report = trial.of(new Grouch());
    assertThat(report.inWords())
        .isEqualTo("a corner: does not run the smoke workload: no dense layers today");
    assertThat(report.json().path("reason").asText()).isEqualTo("no dense layers today");
  }

  @Test
  void aDifferenceIsAPartOfTheLargestElement() {
    SmokeFigure fused = new SmokeFigure(1, new float[] {4, -8, 0});
    assertThat(new SmokeFigure(1, new float[] {4, -8, 0.004f}).differenceFrom(fused))
        .isEqualTo(0.0005, within(1e-9));
    assertThat(new SmokeFigure(1, new float[] {4, Float.NaN, 0}).differenceFrom(fused)).isNaN();
  }

  private record Absentee() implements EngineKind {

    @Override
    public String name() {
      return "absentee";
    }

    @Override
    public int rank() {
      return 3;
    }

    @Override
    public Availability availability() {
      return new Availability.Absent("it is on holiday");
    }

    @Override
    public ComputeEngine open(int threads) {
      throw new UnsupportedNetworkException("it is on holiday");
    }
  }

  private record Grouch() implements EngineKind {

    @Override
    public String name() {
      return "grouch";
    }

    @Override
    public int rank() {
      return 3;
    }

    @Override
    public Availability availability() {
      return new Availability.Here("a corner");
    }

    @Override
    public ComputeEngine open(int threads) {
      return new ComputeEngine() {

        @Override
        public String name() {
          return "grouch";
        }

        @Override
        public Capabilities capabilities() {
          return Capabilities.firstOrder();
        }

        @Override
        public MetaProgram compile(NetworkSpec network) {
          throw new UnsupportedNetworkException("no dense layers today");
        }
      };
    }
  }
}
