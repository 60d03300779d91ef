package io.engram.engine;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.EngineKind.Availability;
import io.engram.core.compute.episode.Capabilities.Feature;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Runs a contract once for every engine on the class path that is available on this machine; of streams, for those that have them. */
final class EnginesHere implements ClassTemplateInvocationContextProvider {

  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<Contract> provideClassTemplateInvocationContexts(ExtensionContext context) {
    boolean streams = StreamProgramContract.class.isAssignableFrom(context.getRequiredTestClass());
    return Engines.kinds().stream()
        .filter(kind -> kind.availability() instanceof Availability.Here)
        .map(kind -> new Contract(kind.name(), kind))
        .filter(it -> !streams || it.engine().capabilities().offers(Feature.STREAMS));
  }

  /** The contract for one engine, which the test's constructor is given. */
  record Contract(String name, EngineKind kind)
      implements ClassTemplateInvocationContext, ParameterResolver {

    ComputeEngine engine() {
      return kind.open(1);
    }

    @Override
    public String getDisplayName(int invocationIndex) {
      return name;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ComputeEngine.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return engine();
    }
  }
}
