/** Questions to an audit table: each is answered by a key of the table or of an index, none by a Scan. */
package dev.serverbackup.cli.audit;
