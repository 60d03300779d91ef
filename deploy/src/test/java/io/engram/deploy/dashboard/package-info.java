/** Grafana's dashboards, as code: what they show and how that is written down. */
@NullMarked
package io.engram.deploy.dashboard;

import org.jspecify.annotations.NullMarked;
