package dev.serverbackup.local.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A well-formed request: which operation of which target, and its input. */
record Invocation(String prefix, String operation, ObjectNode input) {}
