package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.audit.Entry;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Entries as the table holds them, for tests of what reads the table. */
public final class EntryItems {
    private EntryItems() {}

    public static Map<String, AttributeValue> of(Entry entry) {
        return EntryItem.of(entry);
    }
}
