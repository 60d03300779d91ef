package io.engram.core.network;

import io.engram.core.network.Layer.Function;
import io.engram.core.network.Layer.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The canonical text form of a network: words separated by spaces, {@code input(…)} first, a head last.
 *
 * <pre>
 * input(784) | input(channels,height,width)
 * dense(units)  conv(filters,kernel,stride=s,same|valid)  maxpool(kernel,stride=s)  avgpool(kernel,stride=s)
 * batchnorm[(epsilon)]  layernorm[(epsilon)]  flatten  relu  leakyrelu  tanh  identity
 * softmax | mse
 * </pre>
 */
final class NetworkText {

  private static final float DEFAULT_EPSILON = 1e-5f;
  private static final Pattern WORD = Pattern.compile("([a-z0-9]+)(?:\\(([^)]*)\\))?");
  private static final Map<String, Head> HEADS =
      Map.of("softmax", Head.SOFTMAX_CROSS_ENTROPY, "mse", Head.MEAN_SQUARED_ERROR);
  private static final Map<String, Function> FUNCTIONS =
      Map.of(
          "relu", Function.RELU,
          "leakyrelu", Function.LEAKY_RELU,
          "tanh", Function.TANH,
          "identity", Function.IDENTITY);

  private NetworkText() {}

  static NetworkSpec parse(String text) {
    List<String> words = List.of(text.strip().split("\\s+(?![^(]*\\))"));
    if (words.size() < 3) {
      throw error(text, "it needs input(…), at least one layer and a head (softmax or mse)");
    }
    Head head = HEADS.get(words.get(words.size() - 1));
    if (head == null) {
      throw error(
          text,
          "its last word must be softmax or mse, found '" + words.get(words.size() - 1) + "'");
    }
    List<Layer> layers = new ArrayList<>();
    for (String word : words.subList(1, words.size() - 1)) {
      layers.add(layer(text, word));
    }
    return new NetworkSpec(input(text, words.get(0)), layers, head);
  }

  static String format(NetworkSpec network) {
    String layers =
        network.layers().stream().map(NetworkText::format).collect(Collectors.joining(" "));
    return format(network.input()) + " " + layers + " " + keyOf(HEADS, network.head());
  }

  static String format(Layer layer) {
    return layer.on(new Words());
  }

  /** The word of each kind. */
  private static final class Words implements Layer.Cases<String> {

    @Override
    public String dense(Layer.Dense dense) {
      return "dense(" + dense.units() + ")";
    }

    @Override
    public String conv2d(Layer.Conv2d conv) {
      return "conv(%d,%d,stride=%d,%s)"
          .formatted(
              conv.filters(),
              conv.kernel(),
              conv.stride(),
              conv.padding().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String batchNorm(Layer.BatchNorm norm) {
      return "batchnorm" + epsilon(norm.epsilon());
    }

    @Override
    public String layerNorm(Layer.LayerNorm norm) {
      return "layernorm" + epsilon(norm.epsilon());
    }

    @Override
    public String maxPool(Layer.MaxPool pool) {
      return "maxpool(%d,stride=%d)".formatted(pool.kernel(), pool.stride());
    }

    @Override
    public String averagePool(Layer.AveragePool pool) {
      return "avgpool(%d,stride=%d)".formatted(pool.kernel(), pool.stride());
    }

    @Override
    public String flatten(Layer.Flatten flatten) {
      return "flatten";
    }

    @Override
    public String activation(Layer.Activation activation) {
      return keyOf(FUNCTIONS, activation.function());
    }
  }

  private static String format(Shape input) {
    String sizes = input.toString();
    return "input(" + sizes.substring(1, sizes.length() - 1) + ")";
  }

  private static String epsilon(float epsilon) {
    return epsilon == DEFAULT_EPSILON ? "" : "(" + epsilon + ")";
  }

  private static <T> String keyOf(Map<String, T> words, T value) {
    return words.entrySet().stream()
        .filter(entry -> entry.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static Shape input(String text, String word) {
    Arguments arguments = arguments(text, word);
    if (!arguments.name.equals("input")) {
      throw error(text, "its first word must be input(…), found '" + word + "'");
    }
    return switch (arguments.positional.size()) {
      case 1 -> new Shape.Vector(arguments.integer(0));
      case 3 -> new Shape.Image(arguments.integer(0), arguments.integer(1), arguments.integer(2));
      default -> throw error(text, "input takes (size) or (channels,height,width)");
    };
  }

  private static Layer layer(String text, String word) {
    Arguments arguments = arguments(text, word);
    Function function = FUNCTIONS.get(arguments.name);
    if (function != null) {
      return new Layer.Activation(function);
    }
    return switch (arguments.name) {
      case "dense" -> new Layer.Dense(arguments.integer(0));
      case "conv" ->
          new Layer.Conv2d(
              arguments.integer(0), arguments.integer(1), arguments.stride(1), arguments.padding());
      case "maxpool" ->
          new Layer.MaxPool(arguments.integer(0), arguments.stride(arguments.integer(0)));
      case "avgpool" ->
          new Layer.AveragePool(arguments.integer(0), arguments.stride(arguments.integer(0)));
      case "batchnorm" -> new Layer.BatchNorm(arguments.epsilon());
      case "layernorm" -> new Layer.LayerNorm(arguments.epsilon());
      case "flatten" -> new Layer.Flatten();
      default ->
          throw error(
              text,
              "unknown layer '"
                  + arguments.name
                  + "'; known: dense conv maxpool avgpool batchnorm layernorm flatten relu leakyrelu tanh identity");
    };
  }

  private static Arguments arguments(String text, String word) {
    Matcher matcher = WORD.matcher(word);
    if (!matcher.matches()) {
      throw error(text, "'" + word + "' is not of the form name or name(arguments)");
    }
    List<String> positional = new ArrayList<>();
    List<String> options = new ArrayList<>();
    String inside = matcher.group(2) == null ? "" : matcher.group(2);
    for (String argument : inside.isBlank() ? List.<String>of() : List.of(inside.split(","))) {
      String trimmed = argument.strip();
      (Character.isDigit(trimmed.isEmpty() ? 'x' : trimmed.charAt(0)) ? positional : options)
          .add(trimmed);
    }
    return new Arguments(text, word, matcher.group(1), positional, options);
  }

  private static IllegalArgumentException error(String text, String problem) {
    return new IllegalArgumentException("network '" + text + "': " + problem);
  }

  private record Arguments(
      String text, String word, String name, List<String> positional, List<String> options) {

    int integer(int index) {
      if (index >= positional.size()) {
        throw error(text, "'" + word + "' needs " + (index + 1) + " number(s)");
      }
      try {
        return Integer.parseInt(positional.get(index));
      } catch (NumberFormatException e) {
        throw error(
            text, "'" + positional.get(index) + "' in '" + word + "' is not a whole number");
      }
    }

    float epsilon() {
      if (positional.isEmpty()) {
        return DEFAULT_EPSILON;
      }
      try {
        return Float.parseFloat(positional.get(0));
      } catch (NumberFormatException e) {
        throw error(text, "'" + positional.get(0) + "' in '" + word + "' is not a number");
      }
    }

    int stride(int otherwise) {
      for (String option : options) {
        if (option.startsWith("stride=")) {
          try {
            return Integer.parseInt(option.substring("stride=".length()));
          } catch (NumberFormatException e) {
            throw error(text, "'" + option + "' in '" + word + "' is not a whole number");
          }
        }
      }
      return otherwise;
    }

    Padding padding() {
      return options.contains("valid") ? Padding.VALID : Padding.SAME;
    }
  }
}
