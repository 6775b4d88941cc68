package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.RUN_ID;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * When a row expires. DynamoDB removes an expired row only within days; until then every read and every condition here
 * treats it as absent.
 */
final class Expiry {
    /** The table's time-to-live attribute: epoch seconds. */
    static final String EXPIRES_AT = "expiresAt";

    /** The placeholder for the time that both conditions compare with. */
    static final String NOW = ":now";

    static final String IS_ABSENT = "(attribute_not_exists(" + RUN_ID + ") OR " + EXPIRES_AT + " <= " + NOW + ")";
    static final String IS_NOT_EXPIRED =
            "(attribute_not_exists(" + EXPIRES_AT + ") OR " + EXPIRES_AT + " > " + NOW + ")";

    private Expiry() {}

    static AttributeValue seconds(Instant instant) {
        return AttributeValue.fromN(Long.toString(instant.getEpochSecond()));
    }

    static boolean isExpired(Map<String, AttributeValue> item, Instant now) {
        return item.containsKey(EXPIRES_AT)
                && Long.parseLong(item.get(EXPIRES_AT).n()) <= now.getEpochSecond();
    }
}
