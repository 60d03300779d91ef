/**
 * The walls between modules and packages, as tests. They stand here because only the command sees
 * every module.
 */
@NullMarked
package io.engram.cli.architecture;

import org.jspecify.annotations.NullMarked;
