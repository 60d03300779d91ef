package io.engram.cli;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.SourceSettings;
import io.engram.cli.role.SourceSettings.Opened;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * The settings of a run with its opened source. They depend on each other: the settings name the source, its preset and its data
 * fill in settings that the user left open.
 */
record RunSettings(Settings settings, Opened opened) {

  static RunSettings load(Layers layers, InputStream standardInput, Consumer<String> progress) {
    Settings withPreset = withPreset(layers);
    Layers preset = layers.withPreset(SourceSettings.kind(withPreset).name());
    Opened opened = SourceSettings.open(withPreset, standardInput, progress);
    return new RunSettings(Settings.load(preset.withDerived(opened.derived())), opened);
  }

  /** With the preset of the source, but nothing that its data would tell. */
  static Settings withPreset(Layers layers) {
    String preset = SourceSettings.kind(Settings.load(layers)).name();
    return Settings.load(layers.withPreset(preset));
  }
}
