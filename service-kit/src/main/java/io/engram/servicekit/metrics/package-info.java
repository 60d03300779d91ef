/** What a program exports to Prometheus: each metric declared once, and registered by what it declares. */
@NullMarked
package io.engram.servicekit.metrics;

import org.jspecify.annotations.NullMarked;
