/**
 * The durable ledger of a study, found by {@link java.util.ServiceLoader}: events in an encoding of
 * their own, each under a checksum, written through Akka Persistence to an SQLite database and read
 * row by row, so that damage costs what is damaged and nothing else.
 */
@NullMarked
package dev.troupe.ledger;

import org.jspecify.annotations.NullMarked;
