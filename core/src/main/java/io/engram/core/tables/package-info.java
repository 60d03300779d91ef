/**
 * A model of people's tables: experts fitted on the support set, linear models and boosted trees that see a row through its support
 * set, and how far each is trusted. Closed form and trees only; deterministic.
 */
@NullMarked
package io.engram.core.tables;

import org.jspecify.annotations.NullMarked;
