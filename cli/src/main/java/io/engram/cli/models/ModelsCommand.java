package io.engram.cli.models;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.cli.adapt.FewShotSupport;
import io.engram.model.ManifestFields;
import io.engram.schemas.avro.ModelManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is registered, and who rules. */
@Command(
    name = "models",
    description =
        "Lists, shows and compares versions; promotes, rolls back, names and exports them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram models list default",
      "  engram models compare default 3 champion",
      "  engram models rollback default --reason 'it drifts'",
      "  engram models export default champion --format npz --output model.npz"
    })
public final class ModelsCommand implements Runnable {

  private static final int ALL = 500;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
  }

  @Command(
      name = "list",
      description = "All models, or the newest versions of one.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Connection connection,
      @Parameters(paramLabel = "MODEL", arity = "0..1") @Nullable String model,
      @Option(names = "--limit", defaultValue = "20", description = "Versions at most.")
          int limit) {
    return model == null
        ? print(connection, connection.open().get("/v1/models"), Reports::models)
        : print(
            connection,
            connection.open().get(RegistryClient.path(model, "versions") + "?limit=" + limit),
            Reports::versions);
  }

  @Command(
      name = "show",
      description = "All that is known about a version.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin Connection connection,
      @Parameters(paramLabel = "MODEL") String model,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "champion")
          String version) {
    return print(
        connection,
        connection.open().get(RegistryClient.path(model, "versions", version)),
        Reports::fields);
  }

  @Command(
      name = "history",
      description = "Which version was champion when, put there by whom and why.",
      mixinStandardHelpOptions = true)
  int history(
      @Mixin Connection connection,
      @Parameters(paramLabel = "MODEL") String model,
      @Option(names = "--all", description = "Everything that happened, refusals included.")
          boolean all) {
    RegistryClient registry = connection.open();
    if (!all) {
      return print(
          connection, registry.get(RegistryClient.path(model, "champions")), Reports::champions);
    }
    JsonNode page;
    long after = 0;
    do {
      page =
          registry.get(RegistryClient.path(model, "history") + "?limit=" + ALL + "&after=" + after);
      page.path("events").forEach(event -> line(connection, event));
      after = page.path("next").asLong();
    } while (!page.path("next").isNull());
    return 0;
  }

  @Command(
      name = "compare",
      description = "Two versions side by side.",
      mixinStandardHelpOptions = true)
  int compare(
      @Mixin Connection connection,
      @Parameters(paramLabel = "MODEL") String model,
      @Parameters(paramLabel = "VERSION") String a,
      @Parameters(paramLabel = "VERSION") String b) {
    String query = "?a=" + RegistryClient.encode(a) + "&b=" + RegistryClient.encode(b);
    return print(
        connection,
        connection.open().get(RegistryClient.path(model, "compare") + query),
        Reports::comparison);
  }

  @Command(
      name = "promote",
      description = "Makes a version champion, whatever the gate said.",
      mixinStandardHelpOptions = true)
  int promote(
      @Mixin Connection connection,
      @Mixin Why why,
      @Parameters(paramLabel = "MODEL") String model,
      @Parameters(paramLabel = "VERSION") long version) {
    return change(
        connection,
        "POST",
        RegistryClient.path(model, "promote"),
        why.and(ManifestFields.VERSION, version));
  }

  @Command(
      name = "rollback",
      description =
          "Makes the champion before this one, or a given earlier one, champion again. What was learned on from"
              + " the versions rolled back is not promoted by itself.",
      mixinStandardHelpOptions = true)
  int rollback(
      @Mixin Connection connection,
      @Mixin Why why,
      @Parameters(paramLabel = "MODEL") String model,
      @Parameters(paramLabel = "VERSION", arity = "0..1") @Nullable Long version) {
    return change(
        connection,
        "POST",
        RegistryClient.path(model, "rollback"),
        version == null ? why.alone() : why.and(ManifestFields.VERSION, version));
  }

  @Command(
      name = "alias",
      description = "Gives a version a name, or frees the name where no version is given.",
      mixinStandardHelpOptions = true)
  int alias(
      @Mixin Connection connection,
      @Mixin Why why,
      @Parameters(paramLabel = "MODEL") String model,
      @Parameters(paramLabel = "ALIAS") String alias,
      @Parameters(paramLabel = "VERSION", arity = "0..1") @Nullable Long version) {
    String path = RegistryClient.path(model, "aliases", alias);
    return version == null
        ? change(connection, "DELETE", path, why.alone())
        : change(connection, "PUT", path, why.and(ManifestFields.VERSION, version));
  }

  @Command(
      name = "pin",
      description = "Keeps the champion until it is unpinned.",
      mixinStandardHelpOptions = true)
  int pin(
      @Mixin Connection connection,
      @Mixin Why why,
      @Parameters(paramLabel = "MODEL") String model,
      @Option(names = "--off", description = "Unpins: lets the gate decide again.") boolean off) {
    return change(
        connection, "POST", RegistryClient.path(model, off ? "unpin" : "pin"), why.alone());
  }

  @Command(
      name = "export",
      description = "Writes a version's parameters to a file.",
      mixinStandardHelpOptions = true)
  int export(
      @Mixin Connection connection,
      @Parameters(paramLabel = "MODEL") String model,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "champion") String version,
      @Option(
              names = "--format",
              defaultValue = "npz",
              description =
                  "npz, for Python; dl4j, a zip for MultiLayerNetwork.load; onnx, for ONNX runtimes; raw, the bytes as published.")
          ExportFormat format,
      @Option(names = "--output", required = true, paramLabel = "FILE") Path file,
      @Mixin ExportedRows rows)
      throws IOException {
    RegistryClient registry = connection.open();
    String path = RegistryClient.path(model, "versions", version);
    ModelManifest known = RegistryClient.manifest(registry.get(path));
    byte[] bytes = registry.download(path + "/parameters");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    Optional<FewShotSupport> support = rows.support();
    if (support.isPresent()) {
      format.write(known, bytes, support.get(), whole);
    } else {
      format.write(known, bytes, whole);
    }
    Files.write(file, whole.toByteArray());
    out().println("version " + known.getVersion() + " written to " + file);
    out().flush();
    return 0;
  }

  @Command(
      name = "watch",
      description = "Prints every change as it happens, until Ctrl-C.",
      mixinStandardHelpOptions = true)
  int watch(@Mixin Connection connection) {
    connection.open().watch(event -> line(connection, event));
    return 0;
  }

  /** Who wants it, and why; both stand in the history. */
  static final class Why {

    @Option(names = "--reason", description = "Why; stands in the history.")
    private @Nullable String reason;

    @Option(names = "--actor", description = "Who; stands in the history.")
    private @Nullable String actor;

    Map<String, Object> alone() {
      Map<String, Object> body = new HashMap<>();
      if (reason != null) {
        body.put("reason", reason);
      }
      if (actor != null) {
        body.put("actor", actor);
      }
      return body;
    }

    Map<String, Object> and(String name, Object value) {
      Map<String, Object> body = alone();
      body.put(name, value);
      return body;
    }
  }

  private int change(Connection connection, String method, String path, Map<String, ?> body) {
    return print(connection, connection.open().change(method, path, body), Reports::fields);
  }

  private int print(
      Connection connection, JsonNode answer, BiConsumer<JsonNode, PrintWriter> table) {
    if (connection.json()) {
      out().println(answer);
      out().flush();
    } else {
      table.accept(answer, out());
    }
    return 0;
  }

  private void line(Connection connection, JsonNode event) {
    out().println(connection.json() ? event.toString() : Reports.event(event));
    out().flush();
  }

  private PrintWriter out() {
    return requireNonNull(spec).commandLine().getOut();
  }
}
