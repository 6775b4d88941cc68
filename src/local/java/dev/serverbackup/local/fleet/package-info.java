/** What the local cloud begins with: limits, servers, backups, and what goes wrong. Read from the fleet file. */
package dev.serverbackup.local.fleet;
