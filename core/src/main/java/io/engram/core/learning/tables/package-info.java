/** Learning from tasks on tables: a model of experts and trees, fitted again and again to what is remembered. */
@NullMarked
package io.engram.core.learning.tables;

import org.jspecify.annotations.NullMarked;
