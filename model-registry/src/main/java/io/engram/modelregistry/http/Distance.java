package io.engram.modelregistry.http;

import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.TensorEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How far apart two versions are: the Euclidean norm of b − a, tensor by tensor; the parts of θ, named by their layers, are among them. */
final class Distance {

  private Distance() {}

  /** By tensor name, in the order of b's manifest. What the two do not share in one shape of FLOAT32 is left out. */
  static Map<String, Double> between(
      RegisteredVersion a, byte[] parametersA, RegisteredVersion b, byte[] parametersB) {
    Map<String, TensorEntry> first = new LinkedHashMap<>();
    a.manifest().getTensors().forEach(entry -> first.put(entry.getName(), entry));
    Map<String, Double> distances = new LinkedHashMap<>();
    for (TensorEntry entry : b.manifest().getTensors()) {
      TensorEntry same = first.get(entry.getName());
      if (same != null && same.getShape().equals(entry.getShape())) {
        Optional<FloatBuffer> from = floats(same, parametersA);
        Optional<FloatBuffer> to = floats(entry, parametersB);
        if (from.isPresent() && to.isPresent()) {
          distances.put(entry.getName(), norm(from.get(), to.get()));
        }
      }
    }
    return distances;
  }

  private static double norm(FloatBuffer from, FloatBuffer to) {
    double sum = 0;
    while (to.hasRemaining()) {
      double difference = to.get() - from.get();
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private static Optional<FloatBuffer> floats(TensorEntry entry, byte[] parameters) {
    long length =
        4L * entry.getShape().stream().mapToLong(Integer::longValue).reduce(1, (x, y) -> x * y);
    if (entry.getElementType() != ElementType.FLOAT32
        || entry.getByteOffset() < 0
        || length < 0
        || entry.getByteOffset() + length > parameters.length) {
      return Optional.empty();
    }
    return Optional.of(
        ByteBuffer.wrap(parameters, (int) entry.getByteOffset(), (int) length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer());
  }
}
