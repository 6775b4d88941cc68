package dev.serverbackup.local.dynamodb;

/** The template can't be read, or the table has a property that the local one can't have; the message says where. */
public final class InvalidTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidTemplateException(String message) {
        super(message);
    }

    InvalidTemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
