package io.engram.benchmarks.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.benchmarks.BenchReport.Case;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerComparisonTest {

  @Test
  void setsOurTimeBesideThePeersBestAndTheCardsLimit() throws Exception {
    String peer =
        """
        {"limits": [{"name": "sgemm fp32, TF32 off", "value": 50.0, "unit": "TFLOP/s"}],
         "checks": [{"case": "mlp", "rule": "maml", "variant": "", "difference": 3e-6, "same": true}],
         "timings": [
           {"case": "mlp", "tasks": 1024, "rule": "maml", "ms": 9.0, "tf32": false, "variant": "graph"},
           {"case": "mlp", "tasks": 1024, "rule": "maml", "ms": 6.0, "tf32": false, "variant": "compiled"},
           {"case": "mlp", "tasks": 1024, "rule": "maml", "ms": 1.0, "tf32": true, "variant": "graph"}],
         "failures": ["conv4 32 maml: out of memory"]}
        """;
    List<Case> cases = new ArrayList<>(PeerStep.lines(new ObjectMapper().readTree(peer)));
    cases.add(Case.of("mlp 1024 maml", FiguresStep.PREPARED, 2, "ms", ""));
    cases.add(Case.of("mlp 1024 maml", FiguresStep.RATE, 30, "TFLOP/s", ""));

    List<Case> compared = PeerComparison.of(cases);

    assertThat(compared)
        .extracting(Case::metric, Case::ratio, Case::met)
        .containsExactly(tuple("speed", 3.0, true), tuple("nominal arithmetic", 0.6, true));
    assertThat(FigureTable.of(cases)).contains("mlp 1024 maml").contains("3.00").contains("0.60");
  }
}
