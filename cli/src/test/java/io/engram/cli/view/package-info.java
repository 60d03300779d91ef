@NullMarked
package io.engram.cli.view;

import org.jspecify.annotations.NullMarked;
