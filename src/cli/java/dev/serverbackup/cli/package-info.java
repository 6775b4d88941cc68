/** The command-line program {@code ./server-backup}: reads the audit, sends requests, and runs the local cloud. */
package dev.serverbackup.cli;
