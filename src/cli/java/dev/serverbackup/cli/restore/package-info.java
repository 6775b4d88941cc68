/** Restores a server from one of its backups, and records that in the audit table. */
package dev.serverbackup.cli.restore;
