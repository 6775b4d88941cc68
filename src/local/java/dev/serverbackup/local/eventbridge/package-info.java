/** EventBridge: the one operation that notices need, after the service's public documents. */
package dev.serverbackup.local.eventbridge;
