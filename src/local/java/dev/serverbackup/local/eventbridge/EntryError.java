package dev.serverbackup.local.eventbridge;

/** Why one entry of a PutEvents call is refused while others may be accepted; the codes are the API's. */
public record EntryError(String code, String message) {

    public static final EntryError THROTTLING = new EntryError("ThrottlingException", "Rate exceeded.");
    public static final EntryError INTERNAL_FAILURE = new EntryError("InternalFailure", "The event was not accepted.");
    static final EntryError MALFORMED_DETAIL = new EntryError("MalformedDetail", "Detail is malformed.");
    static final EntryError FOREIGN_SOURCE =
            new EntryError("NotAuthorizedForSourceException", "Not authorized for the source.");

    static EntryError missing(String member) {
        return new EntryError(
                "InvalidArgument",
                "Parameter %s is not valid. Reason: %s is a required argument.".formatted(member, member));
    }
}
