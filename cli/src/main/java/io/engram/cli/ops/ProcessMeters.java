package io.engram.cli.ops;

import io.engram.servicekit.metrics.Meters;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.nio.file.Path;

/** The meters of one process: of the JVM from the start, of the parts of Engram as they are started. */
public final class ProcessMeters {

  private ProcessMeters() {}

  /**
   * Meters that already count memory, collections, threads, processor use, uptime and the room on a disk, and say which version this is.
   *
   * @param version of Engram
   * @param state directory whose disk is looked at
   */
  // Collections are listened to until the process ends.
  @SuppressWarnings("resource")
  public static PrometheusMeterRegistry create(String version, Path state) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new Conventions());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
    File disk = state.toFile();
    Meters own = new Meters(registry);
    own.gauge(
        ProcessMetrics.BUILD, 1, Integer::doubleValue, version, System.getProperty("java.version"));
    own.gauge(ProcessMetrics.STATE_FREE, disk, File::getUsableSpace);
    own.gauge(ProcessMetrics.STATE_SIZE, disk, File::getTotalSpace);
    return registry;
  }
}
