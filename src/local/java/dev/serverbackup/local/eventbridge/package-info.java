/** EventBridge: the one operation that notifications need, after the service's public documents. */
package dev.serverbackup.local.eventbridge;
