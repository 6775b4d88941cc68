package dev.serverbackup.local.http;

/** What goes back to the client. */
sealed interface Reply {

    /** An answer in the form of AWS JSON 1.1. */
    @SuppressWarnings("ArrayRecordComponent") // written once and never compared
    record Answer(String requestId, int status, byte[] body) implements Reply {}

    /** Nothing: the connection is closed. */
    record Closed() implements Reply {}
}
