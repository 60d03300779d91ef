package io.engram.cli.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.TreeMap;

/** A configuration as dotted keys and leaf values. */
final class Flat {

  private Flat() {}

  static Map<String, ConfigValue> of(Config config) {
    Map<String, ConfigValue> leaves = new TreeMap<>();
    config
        .entrySet()
        .forEach(
            leaf ->
                leaves.put(String.join(".", ConfigUtil.splitPath(leaf.getKey())), leaf.getValue()));
    return leaves;
  }
}
