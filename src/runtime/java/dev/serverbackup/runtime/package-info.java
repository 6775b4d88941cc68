/**
 * Lambda on this machine: its own Java runtime, in a process, with the files that are deployed. The bench measures the
 * function here, and tests look at it as its callers do, stop it and lose its connections.
 */
package dev.serverbackup.runtime;
