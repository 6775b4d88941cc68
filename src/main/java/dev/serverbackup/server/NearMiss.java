package dev.serverbackup.server;

import dev.serverbackup.request.ServerName;

/**
 * A server with a tag that looks like one in the selector but differs: it is probably mistyped.
 *
 * @param reason which tag, safe to be shown
 */
public record NearMiss(ServerName name, String reason) {}
