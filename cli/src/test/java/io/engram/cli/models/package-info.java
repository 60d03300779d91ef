@NullMarked
package io.engram.cli.models;

import org.jspecify.annotations.NullMarked;
