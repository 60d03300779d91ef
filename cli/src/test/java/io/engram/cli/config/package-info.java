@NullMarked
package io.engram.cli.config;

import org.jspecify.annotations.NullMarked;
