/** What OpsWorks CM keeps for one account in one region: servers, backups, their tags and their states in time. */
package dev.serverbackup.local.opsworkscm.account;
