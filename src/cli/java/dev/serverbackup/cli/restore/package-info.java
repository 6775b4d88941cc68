/** Restores a server from one of its backups, and keeps a row of it in the audit table. */
package dev.serverbackup.cli.restore;
