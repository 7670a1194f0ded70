/**
 * Slots on other machines, found by {@link java.util.ServiceLoader}: workers that join a daemon and
 * pull trials from it. Until it exists, all slots are threads of one JVM.
 */
@NullMarked
package dev.troupe.cluster;

import org.jspecify.annotations.NullMarked;
