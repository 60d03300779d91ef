/**
 * Configuration: one documented reference file, and over it a source's preset, the user's file, the environment and the command
 * line. Every key is known; every error is one line that names the key, where its value came from, the value and what is allowed.
 */
@NullMarked
package io.engram.cli.config;

import org.jspecify.annotations.NullMarked;
