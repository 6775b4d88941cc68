/** Commands that read the audit table: each uses a key of the table or of an index, none a Scan. */
package dev.serverbackup.cli.audit;
