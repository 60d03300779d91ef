package io.engram.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.cli.ask.AnswerText;
import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Settings;
import io.engram.cli.role.TopicSettings;
import io.engram.client.Answers;
import io.engram.schemas.avro.Answer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks from the shell, and says later how it was. */
@Command(
    name = "ask",
    description = {
      "Asks about one row of numbers and prints the answer; or says, with --label, how a question came out. The role 'predict' answers, which "
          + "'engram run' has."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram ask station-7 3.5,12,0.25                     a question of the key station-7",
      "  engram ask station-7 3.5,12,0.25 --id monday         one that can be spoken of later",
      "  engram ask station-7 --id monday --label 17.5        how it came out",
      "  engram ask shop-3 --id order-9 --label spam          a class"
    })
final class AskCommand implements Callable<Integer> {

  @Mixin private RoleOptions options = new RoleOptions();

  @Parameters(index = "0", paramLabel = "KEY", description = "The task key.")
  private String key = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NUMBERS",
      description = "The features, with commas between them, as they stand in the examples.")
  private @Nullable String numbers;

  @Option(names = "--id", description = "Names the question (default: a random id).")
  private @Nullable String id;

  @Option(
      names = "--label",
      description =
          "How the question --id came out: numbers with commas between them are numbers, anything else is a class.")
  private @Nullable String label;

  @Option(
      names = "--class",
      description = "The label is a class even where it looks like a number.")
  private boolean ofClass;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long the answer may take (default: ${DEFAULT-VALUE}).")
  private int seconds = 30;

  @Option(names = "--json", description = "Print a line of JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Settings settings = Settings.load(options.layers(System.getenv()));
    float @Nullable [] features = numbers == null ? null : requireNumbers(numbers);
    String asked = id == null ? UUID.randomUUID().toString() : id;
    if (features == null && label == null) {
      throw new InvalidSettings(
          "nothing is asked: give the features, such as 3.5,12,0.25, or --id and --label");
    }
    if (label != null && id == null) {
      throw new InvalidSettings("--label needs --id: which question came out so?");
    }
    try (Answers answers =
        Answers.open(
            TopicSettings.read(settings),
            RoleProcess.cluster(settings),
            Duration.ofSeconds(seconds))) {
      if (features != null && !answer(answers, asked, features)) {
        return ExitCodes.FAILURE;
      }
      if (label != null) {
        label(answers, asked, label);
      }
      answers.flush();
    }
    return ExitCodes.OK;
  }

  private boolean answer(Answers answers, String asked, float[] features)
      throws InterruptedException, ExecutionException {
    Answer answer;
    try {
      answer = answers.ask(key, asked, features).get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      requireNonNull(spec)
          .commandLine()
          .getErr()
          .printf(
              "no answer came within %d s: is the role 'predict' there, has a version been published, and was '%s' not asked before?%n",
              seconds, asked);
      return false;
    }
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    out.println(json ? AnswerText.json(new ObjectMapper(), answer) : AnswerText.forPeople(answer));
    out.flush();
    return true;
  }

  private void label(Answers answers, String asked, String text) {
    float @Nullable [] values = ofClass ? null : numbers(text);
    if (values == null) {
      answers.label(key, asked, text);
    } else {
      answers.label(key, asked, values);
    }
  }

  private static float[] requireNumbers(String text) {
    float @Nullable [] numbers = numbers(text);
    if (numbers == null) {
      throw new InvalidSettings(
          "found '%s', expected finite numbers with commas between them, such as 3.5,12,0.25"
              .formatted(text));
    }
    return numbers;
  }

  private static float @Nullable [] numbers(String text) {
    String[] parts = text.split(",", -1);
    float[] numbers = new float[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        numbers[i] = Float.parseFloat(parts[i].trim());
        if (!Float.isFinite(numbers[i])) {
          return null;
        }
      }
      return numbers;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
