/** Keys and certificates that OpsWorks CM hands out, made for real: a client that parses or checks them can. */
package dev.serverbackup.local.opsworkscm.pki;
