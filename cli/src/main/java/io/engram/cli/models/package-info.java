/** {@code engram models}: what is registered, and who rules, over the registry's REST interface. */
@NullMarked
package io.engram.cli.models;

import org.jspecify.annotations.NullMarked;
