package dev.serverbackup.local.people;

import dev.serverbackup.request.SafeText;
import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Why a table did not answer, on one line. */
final class Unanswered {
    private static final int LONGEST = 300;

    private Unanswered() {}

    static String why(SdkException e, Place place) {
        if (e instanceof ResourceNotFoundException) {
            return "There is no " + place + ".";
        }
        if (e instanceof DynamoDbException refused && refused.awsErrorDetails() != null) {
            return refused(refused.awsErrorDetails(), place);
        }
        if (e.getCause() instanceof IOException cause) {
            return "The %s can't be reached: %s.%s".formatted(place, shown(cause.toString()), advice(place));
        }
        return "The %s can't be read: %s".formatted(place, shown(unasked(String.valueOf(e.getMessage()))));
    }

    private static String refused(AwsErrorDetails details, Place place) {
        String code = String.valueOf(details.errorCode());
        String verb = code.equals("AccessDeniedException") ? "may not" : "can't";
        String message = shown(String.valueOf(details.errorMessage()));
        return "The %s %s be read: %s (%s)".formatted(place, verb, message, shown(code));
    }

    private static String advice(Place place) {
        return place.isOnThisMachine() ? " Is the local cloud up? mvn -q test-compile exec:exec@cloud starts it." : "";
    }

    /** The SDK lists every place where it has looked in vain. */
    private static String unasked(String message) {
        if (message.startsWith("Unable to load region")) {
            return "no region is set; give -Dregion=… or AWS_REGION.";
        }
        if (message.startsWith("Unable to load credentials")) {
            return "there are no AWS credentials in the environment, nor in the profile.";
        }
        return message;
    }

    private static String shown(String message) {
        return SafeText.shown(message, LONGEST);
    }
}
