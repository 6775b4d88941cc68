/** AWS OpsWorks CM, API 2016-11-01: each operation is a class of its own, under the name that the API gives it. */
package dev.serverbackup.local.opsworkscm;
