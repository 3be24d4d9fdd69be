/**
 * Deployments: the arithmetic of a rollout as pure functions, one file per word, and the controller that carries it out.
 */
@NullMarked
package dev.shiplog.localcluster.deployment;

import org.jspecify.annotations.NullMarked;
