/**
 * Slots on other machines: workers that join a daemon over Akka Cluster and pull trials from it,
 * and the language that both speak. The daemon is a {@link dev.troupe.Troupe} like any other.
 */
@NullMarked
package dev.troupe.cluster;

import org.jspecify.annotations.NullMarked;
