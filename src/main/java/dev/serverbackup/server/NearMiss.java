package dev.serverbackup.server;

import dev.serverbackup.request.ServerName;

/**
 * A server of which a tag looks like what the selector names and is not: probably mistyped.
 *
 * @param reason which tag, fit to be shown
 */
public record NearMiss(ServerName name, String reason) {}
