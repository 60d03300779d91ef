package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Settings;
import io.engram.cli.role.SigningSettings;
import io.engram.cli.role.SigningSettings.Signer;
import io.engram.schemas.signing.KeyDirectory;
import io.engram.schemas.signing.SigningKey;
import io.engram.schemas.signing.TrustedKeys;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The keys that versions and candidates are signed with. */
@Command(
    name = "keys",
    description = "The keys that versions, events and candidates are signed with.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram keys show registry > registry-keys        for those who take versions: signing.trusted-registry",
      "  engram keys rotate registry                      then start the registry anew"
    })
final class KeysCommand implements Runnable {

  private static final Map<String, Signer> SIGNERS =
      Map.of("registry", Signer.REGISTRY, "learner", Signer.LEARNER);

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
  }

  @Command(
      name = "show",
      description = "Prints the public keys of a signer, one a line, the one that signs now last.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "SIGNER", description = "registry or learner") String signer,
      @Mixin ConfigOptions options) {
    KeyDirectory keys = keys(signer, options);
    if (!keys.exists()) {
      throw new InvalidSettings(
          "the %s has no key yet; it is made at its first start with signing.%s=auto, or by 'engram keys rotate %s'"
              .formatted(signer, signer, signer));
    }
    SigningKey now = keys.signing();
    keys.trusted().byId().values().stream()
        .filter(key -> !TrustedKeys.id(key).equals(now.id()))
        .forEach(key -> out().println(TrustedKeys.line(key)));
    out().println(TrustedKeys.line(now.publicKey()));
    out().flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "rotate",
      description = {
        "Makes another key, which signs from the next start on. Give those who check signatures the new public key first: "
            + "what it signs is refused by who does not know it. The keys before stay good for what they signed."
      },
      mixinStandardHelpOptions = true)
  int rotate(
      @Parameters(paramLabel = "SIGNER", description = "registry or learner") String signer,
      @Mixin ConfigOptions options) {
    KeyDirectory keys = keys(signer, options);
    out().println(TrustedKeys.line(keys.rotate().publicKey()));
    out().flush();
    return ExitCodes.OK;
  }

  private static KeyDirectory keys(String signer, ConfigOptions options) {
    Signer found = SIGNERS.get(signer);
    if (found == null) {
      throw new InvalidSettings("found '%s', expected registry or learner".formatted(signer));
    }
    return SigningSettings.read(Settings.load(options.layers(System.getenv()))).keys(found);
  }

  private PrintWriter out() {
    return requireNonNull(spec).commandLine().getOut();
  }
}
