package dev.serverbackup.local.dynamodb;

/** The template can't be read, or says something of the table that can't be had locally; the message says where. */
public final class InvalidTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidTemplateException(String message) {
        super(message);
    }

    InvalidTemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
