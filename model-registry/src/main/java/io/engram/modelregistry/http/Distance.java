package io.engram.modelregistry.http;

import io.engram.modelregistry.image.ModelVersion;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.TensorEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far apart the parameters of two versions are: the Euclidean norm of θ_b − θ_a. */
final class Distance {

  private Distance() {}

  /** Null where the two are not of one shape or not of FLOAT32. */
  static @Nullable Double between(
      ModelVersion a, byte[] parametersA, ModelVersion b, byte[] parametersB) {
    Optional<FloatBuffer> first = theta(a, parametersA);
    Optional<FloatBuffer> second = theta(b, parametersB);
    if (first.isEmpty()
        || second.isEmpty()
        || first.get().remaining() != second.get().remaining()) {
      return null;
    }
    double sum = 0;
    while (first.get().hasRemaining()) {
      double difference = second.get().get() - first.get().get();
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private static Optional<FloatBuffer> theta(ModelVersion version, byte[] parameters) {
    if (version.manifest().getTensors().isEmpty()) {
      return Optional.empty();
    }
    TensorEntry entry = version.manifest().getTensors().get(0);
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
