package io.engram.cli.view;

import java.nio.file.Path;

/**
 * What a run is about.
 *
 * @param source what it learns from
 * @param state where its state lies
 * @param bootstrap where its broker listens
 * @param metrics address of the metrics, or "off"
 * @param resumedAt records sent by earlier starts
 */
public record RunInfo(
    String source, Path state, String bootstrap, String metrics, long resumedAt) {}
