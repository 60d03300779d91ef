package io.engram.benchmarks.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a few tasks of each case with each one's meta-gradient for the peer, which computes them, too: {@code sample.bin} holds little-endian
 * float32, {@code sample.json} says what lies where.
 */
final class SampleStep implements Step {

  static final String HEADER = "sample.json";
  private static final String FLOATS = "sample.bin";
  private static final int TASKS = 6;

  @Override
  public void run(StepContext context) {
    List<Map<String, Object>> headers = new ArrayList<>();
    try (WritableByteChannel out =
        Channels.newChannel(Files.newOutputStream(context.places().work().resolve(FLOATS)))) {
      Floats floats = new Floats(out);
      for (DeviceCase workload : DeviceCase.ALL) {
        headers.add(write(context, workload, floats));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the sample for the peer", e);
    }
    Path header = context.places().work().resolve(HEADER);
    try {
      new ObjectMapper().writeValue(header.toFile(), Map.of("floats", FLOATS, "cases", headers));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + header, e);
    }
    context.say().accept("sample for the peer: " + header);
  }

  private static Map<String, Object> write(StepContext context, DeviceCase workload, Floats floats)
      throws IOException {
    List<Episode> episodes = new NoiseTasks(workload, TASKS).batch(0);
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("case", workload.name());
    header.put("network", workload.network());
    header.put("ways", workload.ways());
    header.put("tasks", TASKS);
    header.put("support", workload.support());
    header.put("query", workload.query());
    header.put("inner_steps", workload.innerSteps());
    header.put("step_size", workload.stepSize());
    header.put("inputs", workload.spec().input().size());
    header.put("theta", floats.add(workload.theta()));
    header.put("support_x", addInputs(floats, episodes, true));
    header.put("support_y", addLabels(floats, episodes, true));
    header.put("query_x", addInputs(floats, episodes, false));
    header.put("query_y", addLabels(floats, episodes, false));
    Map<String, Object> gradients = new LinkedHashMap<>();
    try (MetaProgram program = context.open().compile(workload.spec())) {
      for (MetaRule rule : MetaRule.values()) {
        if (program.capabilities().runs(workload.loop(), rule)) {
          long from = floats.written;
          for (Episode episode : episodes) {
            floats.add(AgreementStep.gradient(program, workload, List.of(episode), rule));
          }
          gradients.put(RuleName.of(rule), List.of(from, floats.written - from));
        }
      }
    }
    header.put("gradients", gradients);
    return header;
  }

  private static List<Long> addInputs(Floats floats, List<Episode> episodes, boolean support)
      throws IOException {
    long from = floats.written;
    for (Episode episode : episodes) {
      floats.add(set(episode, support).inputs());
    }
    return List.of(from, floats.written - from);
  }

  private static List<Long> addLabels(Floats floats, List<Episode> episodes, boolean support)
      throws IOException {
    long from = floats.written;
    for (Episode episode : episodes) {
      int[] classes = ((Targets.Classes) set(episode, support).targets()).classes();
      float[] values = new float[classes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = classes[i];
      }
      floats.add(values);
    }
    return List.of(from, floats.written - from);
  }

  private static ExampleSet set(Episode episode, boolean support) {
    return support ? episode.support() : episode.query();
  }

  /** Floats one after another; each addition says from where on and how many. */
  private static final class Floats {
    private final WritableByteChannel out;
    private long written;

    Floats(WritableByteChannel out) {
      this.out = out;
    }

    List<Long> add(float[] values) throws IOException {
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      long from = written;
      written += values.length;
      return List.of(from, (long) values.length);
    }
  }
}
