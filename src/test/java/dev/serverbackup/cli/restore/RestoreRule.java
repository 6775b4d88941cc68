package dev.serverbackup.cli.restore;

/** What keeps the promises of restores. The simulation switches each off once. */
public enum RestoreRule {
    ROW_BEFORE_THE_CALL("restore: the row before the call"),
    LAST_ONE_HAS_ENDED("restore: none is sent while the last one is open"),
    ONE_ROW_OF_A_NUMBER("restore: a row is written only if there is none of its number"),
    WRITES_NAME_THE_STATUS("restore: a write names the status that it replaces"),
    NEVER_SENT_AGAIN("restore: what is in doubt is never sent again"),
    LOOKED_FOR_UNTIL_SHOWN("restore: it is looked for until it would be shown"),
    SERVERS_LOCK("restore: the document takes the server's lock"),
    ARTEFACT_STAYS("restore: the document only reads the artefact");

    private final String words;

    RestoreRule(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
