/**
 * Deterministic simulation: the real {@code BackupRun} and {@code FollowUp} in several workers at once, on a clock that
 * leaps, against a table and a service that fail in every way that docs/reliability.md names. A seed gives a run.
 */
package dev.serverbackup.simulation;
