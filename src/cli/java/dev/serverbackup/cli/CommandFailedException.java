package dev.serverbackup.cli;

import dev.serverbackup.request.SafeText;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/** Why a command has no result, on one line, and what to do about it. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 300;

    private final String advice;

    /** @param advice what to do; may be empty */
    public CommandFailedException(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** @param asked what was called, such as {@code table server-backup-audit in eu-central-1} */
    static CommandFailedException of(SdkException e, String asked) {
        if (e instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            return refused(refused.awsErrorDetails(), asked);
        }
        Optional<Throwable> network = Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .findFirst();
        if (network.filter(JsonProcessingException.class::isInstance).isPresent()) {
            // A login page, for example.
            return notAws("HTTP status 200, but no JSON", asked);
        }
        if (network.isPresent()) {
            return new CommandFailedException(
                    "%s can't be reached: %s"
                            .formatted(asked, shown(network.get().toString())),
                    "Check the network, the region, and the endpoint if one is set.");
        }
        return unasked(String.valueOf(e.getMessage()), asked);
    }

    String advice() {
        return advice;
    }

    private static CommandFailedException refused(AwsErrorDetails details, String asked) {
        if (details.errorCode() == null) {
            return notAws("HTTP status " + details.sdkHttpResponse().statusCode(), asked);
        }
        String code = details.errorCode();
        boolean noStack = code.equals("ValidationError")
                && String.valueOf(details.errorMessage()).endsWith("does not exist");
        if (noStack || code.equals("ResourceNotFoundException")) {
            return new CommandFailedException(
                    "There is no " + asked + ".", "Check the name, the region and the account.");
        }
        return new CommandFailedException(
                "%s refuses the request: %s (%s)"
                        .formatted(asked, shown(String.valueOf(details.errorMessage())), shown(code)),
                code.startsWith("AccessDenied") ? "docs/security.md lists the permissions that are needed." : "");
    }

    private static CommandFailedException notAws(String seen, String asked) {
        return new CommandFailedException(
                "%s: the response is not from AWS (%s)".formatted(asked, seen),
                "Check the network and its proxies, and the endpoint if one is set.");
    }

    /** Replaces long messages of the SDK, which list every place that it has searched. */
    private static CommandFailedException unasked(String message, String asked) {
        if (message.startsWith("Unable to load region")) {
            return new CommandFailedException(
                    "No region is set.", "Give --region, AWS_REGION or a profile with a region.");
        }
        if (message.startsWith("Unable to load credentials")) {
            return new CommandFailedException(
                    "There are no AWS credentials in the environment, nor in the profile.",
                    "Log in, or give --profile.");
        }
        return new CommandFailedException("%s can't be called: %s".formatted(asked, shown(message)), "");
    }

    private static String shown(String message) {
        return SafeText.shown(message, LONGEST);
    }
}
