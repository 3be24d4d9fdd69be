/** What an installation is told: where its Kafka, its PostgreSQL and its clusters are. */
@NullMarked
package dev.shiplog.server.config;

import org.jspecify.annotations.NullMarked;
