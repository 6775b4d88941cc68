/** For people at a terminal: asks an audit table, the local one or one on AWS. Nothing else depends on this. */
package dev.serverbackup.local.people;
