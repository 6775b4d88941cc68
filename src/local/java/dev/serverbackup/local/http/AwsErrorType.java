package dev.serverbackup.local.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.stream.Stream;

/** The errors that the local cloud can answer, under the names and with the HTTP status that AWS documents. */
public enum AwsErrorType {
    ACCESS_DENIED("AccessDeniedException", 400),
    EXPIRED_TOKEN("ExpiredTokenException", 400),
    INCOMPLETE_SIGNATURE("IncompleteSignature", 400),
    INTERNAL_FAILURE("InternalFailure", 500),
    INVALID_ACTION("InvalidAction", 400),
    INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403),
    INVALID_DOCUMENT("InvalidDocument", 400),
    INVALID_DOCUMENT_VERSION("InvalidDocumentVersion", 400),
    INVALID_FILTER_KEY("InvalidFilterKey", 400),
    INVALID_INSTANCE_ID("InvalidInstanceId", 400),
    INVALID_NEXT_TOKEN("InvalidNextTokenException", 400),
    INVALID_PARAMETER("InvalidParameterException", 400),
    INVALID_PARAMETERS("InvalidParameters", 400),
    INVALID_SIGNATURE("InvalidSignatureException", 403),
    INVALID_STATE("InvalidStateException", 400),
    INVOCATION_DOES_NOT_EXIST("InvocationDoesNotExist", 400),
    LIMIT_EXCEEDED("LimitExceededException", 400),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403),
    NOT_AUTHORIZED("NotAuthorized", 400),
    OPT_IN_REQUIRED("OptInRequired", 403),
    PAGINATION_TOKEN_EXPIRED("PaginationTokenExpiredException", 400),
    REQUEST_EXPIRED("RequestExpired", 400),
    REQUEST_TOO_LARGE("RequestEntityTooLargeException", 413),
    RESOURCE_ALREADY_EXISTS("ResourceAlreadyExistsException", 400),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", 400),
    SERIALIZATION("SerializationException", 400),
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
    THROTTLED("ThrottledException", 400),
    THROTTLING("ThrottlingException", 400),
    UNKNOWN_OPERATION("UnknownOperationException", 400),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 400),
    VALIDATION("ValidationException", 400),
    VALIDATION_ERROR("ValidationError", 400);

    private final String shape;
    private final int status;

    AwsErrorType(String shape, int status) {
        this.shape = shape;
        this.status = status;
    }

    /** The type called {@code shape} on the wire, such as {@code ThrottlingException}. */
    public static Optional<AwsErrorType> named(String shape) {
        return Stream.of(values()).filter(type -> type.shape.equals(shape)).findFirst();
    }

    /** The bare shape name, as it stands in {@code __type}. */
    @JsonValue
    public String shape() {
        return shape;
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }
}
