/**
 * The durable ledger of a study, found by {@link java.util.ServiceLoader}: event-sourced storage on
 * SQLite and PostgreSQL. Until it exists, studies are kept in memory by the actors module.
 */
@NullMarked
package dev.troupe.ledger;

import org.jspecify.annotations.NullMarked;
