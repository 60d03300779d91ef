/** People's own tables: many small related prediction problems, one a key, and what cheap answers to them are worth. */
@NullMarked
package io.engram.experiments.tables;

import org.jspecify.annotations.NullMarked;
