package dev.serverbackup.local.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class UnansweredTest {
    private static final Place ON_AWS = new Place("audit", Optional.of("eu-central-1"), Optional.empty());
    private static final Place HERE =
            new Place("audit", Optional.empty(), Optional.of(URI.create("http://127.0.0.1:8001")));

    @Test
    void a_table_that_is_not_there_is_named() {
        assertThat(Unanswered.why(ResourceNotFoundException.builder().build(), ON_AWS))
                .isEqualTo("There is no table audit in eu-central-1.");
    }

    @Test
    void a_refusal_is_told_in_the_words_of_aws() {
        assertThat(Unanswered.why(refusal("AccessDeniedException", "not authorized to perform: Query"), ON_AWS))
                .isEqualTo("The table audit in eu-central-1 may not be read:"
                        + " not authorized to perform: Query (AccessDeniedException)");
        assertThat(Unanswered.why(refusal("ExpiredTokenException", "The token\nexpired"), ON_AWS))
                .isEqualTo("The table audit in eu-central-1 can't be read:"
                        + " The token\\u000Aexpired (ExpiredTokenException)");
    }

    @Test
    void a_local_cloud_that_is_not_up_is_guessed() {
        assertThat(Unanswered.why(unreachable(), HERE))
                .isEqualTo(
                        "The table audit at http://127.0.0.1:8001 can't be reached: java.net.ConnectException: no. Is"
                                + " the local cloud up? mvn -q test-compile exec:exec@cloud starts it.");
        assertThat(Unanswered.why(unreachable(), ON_AWS))
                .isEqualTo("The table audit in eu-central-1 can't be reached: java.net.ConnectException: no.");
    }

    @Test
    void missing_credentials_and_regions_are_told_without_the_list_of_where_they_were_sought() {
        assertThat(Unanswered.why(client("Unable to load credentials from any of: [1, 2]"), ON_AWS))
                .isEqualTo("The table audit in eu-central-1 can't be read: there are no AWS credentials in the"
                        + " environment, nor in the profile.");
        assertThat(Unanswered.why(client("Unable to load region from any of: [1, 2]"), ON_AWS))
                .isEqualTo("The table audit in eu-central-1 can't be read: no region is set; give -Dregion=… or"
                        + " AWS_REGION.");
    }

    @Test
    void anything_else_is_told_as_the_sdk_tells_it() {
        assertThat(Unanswered.why(client("cut off"), ON_AWS))
                .isEqualTo("The table audit in eu-central-1 can't be read: cut off");
    }

    private static SdkException refusal(String code, String message) {
        return DynamoDbException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    private static SdkException unreachable() {
        return SdkClientException.create("Unable to execute HTTP request", new ConnectException("no"));
    }

    private static SdkException client(String message) {
        return SdkClientException.create(message);
    }
}
