package dev.serverbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"InvalidStateException", "ThrottlingException", "NotSent"})
    void what_says_nothing_about_the_server_or_the_request_may_be_tried_again(String type) {
        assertThat(new ErrorType(type).isRetryable()).isTrue();
        assertThat(new ErrorType(type).isAboutCaller()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AuthFailure",
                "ExpiredToken",
                "ExpiredTokenException",
                "IncompleteSignature",
                "InvalidClientTokenId",
                "InvalidSignatureException",
                "MissingAuthenticationToken",
                "RequestExpired",
                "RequestInTheFuture",
                "RequestTimeTooSkewed",
                "SignatureDoesNotMatch",
                "TokenRefreshRequired",
                "UnrecognizedClientException"
            })
    void a_refusal_of_credentials_or_clock_is_about_the_caller_and_may_be_tried_again(String type) {
        assertThat(new ErrorType(type).isRetryable()).isTrue();
        assertThat(new ErrorType(type).isAboutCaller()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LimitExceededException",
                "ResourceNotFoundException",
                "ValidationException",
                "AccessDeniedException",
                "BackupFailed",
                "OptInRequired"
            })
    void what_is_about_the_server_the_request_or_a_permission_is_final(String type) {
        assertThat(new ErrorType(type).isRetryable()).isFalse();
        assertThat(new ErrorType(type).isAboutCaller()).isFalse();
    }

    @Test
    void each_type_that_the_code_speaks_of_is_in_the_runbooks_table() throws IOException {
        List<String> named = Arrays.stream(ErrorType.class.getFields())
                .filter(field -> field.getType() == ErrorType.class)
                .map(ErrorTypeTest::nameOf)
                .toList();

        assertThat(Pattern.compile("(?m)^\\| \\[?`(\\w+)`")
                        .matcher(Files.readString(Path.of("docs/runbook.md")))
                        .results()
                        .map(row -> row.group(1)))
                .containsAll(named);
    }

    private static String nameOf(Field constant) {
        try {
            return ((ErrorType) constant.get(null)).name();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
