/** AWS JSON 1.1 over HTTP: the front that every service of the local cloud answers through. */
package dev.serverbackup.local.http;
